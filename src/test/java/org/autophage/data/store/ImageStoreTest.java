package org.autophage.data.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.base.Telling;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.PixelSource;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Stores of a source that is one small file, each byte of which is an image of 2 × 3 pixels. */
public class ImageStoreTest {
    @TempDir
    private Path folder;

    @TempDir
    private Path cache;

    private final List<String> told = Collections.synchronizedList(new ArrayList<>());
    private final Work work = new Work(Telling.to(told), CheckpointStore.NONE, () -> false);
    private Path file;

    @BeforeEach
    void writeSource() throws IOException {
        file = Files.write(folder.resolve("source"), new byte[] {3, 1, 4, 1, 5});
    }

    /** Reads the file; counts how often. */
    private static class ByteImages implements StoreSource {
        private final Path file;
        private final String settings;
        private int readings;

        ByteImages(Path file, String settings) {
            this.file = file;
            this.settings = settings;
        }

        @Override
        public Path place() {
            return file;
        }

        @Override
        public String settings() {
            return settings;
        }

        @Override
        public String fingerprint() {
            return SourceFingerprint.of(file);
        }

        @Override
        public int countAtMost() {
            return 0;
        }

        @Override
        public int read(Progress progress, Consumer<Images> chunks) {
            readings++;
            try {
                for (byte value : Files.readAllBytes(file)) {
                    chunks.accept(new Images(2, 3, 1, 10, pixels(value), new int[] {value}));
                }
            } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
            return 2;
        }

        static byte[] pixels(int value) {
            byte[] pixels = new byte[6];
            for (int i = 0; i < 6; i++) {
                pixels[i] = (byte) (40 * i + value);
            }
            return pixels;
        }
    }

    private StoreFile open(StoreSource source) {
        return new ImageStore(source, cache).open(work);
    }

    @Test
    void aStoreHoldsWhatTheSourceGave() throws IOException {
        StoreFile store = open(new ByteImages(file, "plain"));
        assertThat(store.images().labels()).containsExactly(3, 1, 4, 1, 5);
        assertThat(store.images().classes()).isEqualTo(10);
        assertThat(store.images().describeSize()).isEqualTo("2x3x1");
        for (int i = 0; i < 5; i++) {
            assertThat(store.images().pixels(i))
                    .isEqualTo(ByteImages.pixels(store.images().labels()[i]));
        }
        assertThat(store.header().skipped()).isEqualTo(2);
        // By hand: the documented layout, and the hash of pixels and labels.
        byte[] bytes = Files.readAllBytes(store.path());
        assertThat(bytes).hasSize(4096 + 5 * 6 + 5 * 4);
        assertThat(new String(bytes, 0, 19, StandardCharsets.US_ASCII)).isEqualTo("autophage images 1 ");
        assertThat(bytes[4096 + 6]).isEqualTo((byte) 1);
        assertThat(bytes[4096 + 30 + 8]).isEqualTo((byte) 4);
        assertThat(store.header().content())
                .isEqualTo(Sha256.of(java.util.Arrays.copyOfRange(bytes, 4096, bytes.length)));
        assertThat(store.path().getParent()).isEqualTo(folder);
        assertThat(told)
                .containsExactly(
                        "converting " + file + " into " + store.path(), file + ": 2 bad pictures were left out");
    }

    @Test
    void theSecondOpenReadsNothingOfTheSource() {
        ByteImages source = new ByteImages(file, "plain");
        StoreFile first = open(source);
        StoreFile second = open(source);
        assertThat(source.readings).isEqualTo(1);
        assertThat(second.header()).isEqualTo(first.header());
        assertThat(second.images().pixels()).isEqualTo(first.images().pixels());
    }

    @Test
    void eachSettingHasAStore() throws IOException {
        open(new ByteImages(file, "one"));
        open(new ByteImages(file, "other"));
        open(new ByteImages(file, "one"));
        assertThat(names(folder)).hasSize(3);
    }

    @Test
    void aSourceThatChangedIsConvertedAgain() throws IOException {
        ByteImages source = new ByteImages(file, "plain");
        StoreFile before = open(source);
        FileTime time = Files.getLastModifiedTime(file);
        Files.write(file, new byte[] {9, 9, 9, 9, 9});
        Files.setLastModifiedTime(file, FileTime.from(time.toInstant().plusSeconds(1)));
        StoreFile after = open(source);
        assertThat(after.images().labels()).containsOnly(9);
        assertThat(after.header().content()).isNotEqualTo(before.header().content());
        assertThat(told).contains(after.path() + " is made again: " + file + " has changed since");
        // What was mapped before the change is still what it was.
        assertThat(before.images().pixels(0)).isEqualTo(ByteImages.pixels(3));
        assertThat(names(folder)).hasSize(2);
    }

    @Test
    void theSameContentIsTheSameWhereverItLies() throws IOException {
        Path other = Files.createDirectory(folder.resolve("elsewhere"));
        Files.copy(file, other.resolve("source"));
        String there =
                open(new ByteImages(other.resolve("source"), "plain")).header().content();
        assertThat(there).isEqualTo(open(new ByteImages(file, "plain")).header().content());
    }

    @Test
    void whatIsNoWholeStoreIsMadeAgain() throws IOException {
        ByteImages source = new ByteImages(file, "plain");
        Path store = open(source).path();
        byte[] good = Files.readAllBytes(store);
        corrupt(store, java.util.Arrays.copyOf(good, good.length - 1), "it has 4145 bytes, must have 4146");
        corrupt(store, new byte[0], "it does not begin like a store of images");
        corrupt(store, changed(good, 17, (byte) '7'), "it is of version 7, must be 1");
        corrupt(store, changed(good, 120, (byte) '!'), "the checksum of its header is wrong");
        corrupt(store, changed(good, good.length - 4, (byte) 9), "the checksum of its labels is wrong");
    }

    private void corrupt(Path store, byte[] bytes, String reason) throws IOException {
        Files.write(store, bytes);
        told.clear();
        assertThat(open(new ByteImages(file, "plain")).images().labels()).containsExactly(3, 1, 4, 1, 5);
        assertThat(told).first().isEqualTo(store + " is made again: " + reason);
    }

    @Test
    void changedPixelsAreFoundByReadingThem() throws IOException {
        Path store = open(new ByteImages(file, "plain")).path();
        assertThat(ImageStore.check(store)).isEqualTo(5);
        Files.write(store, changed(Files.readAllBytes(store), 4100, (byte) 77));
        assertThatThrownBy(() -> ImageStore.check(store))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(store + " is corrupt: SHA-256 of its images is ")
                .hasMessageEndingWith("; delete it, and it is made again")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void whereTheSourceCannotBeWrittenToTheCacheHasTheStore() throws IOException {
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("r-xr-xr-x"));
        try {
            ByteImages source = new ByteImages(file, "plain");
            StoreFile store = open(source);
            assertThat(store.path().getParent()).isEqualTo(cache);
            assertThat(told)
                    .first()
                    .isEqualTo(
                            "%s cannot be written to: the images of %s are kept in %s".formatted(folder, file, cache));
            assertThat(open(source).path()).isEqualTo(store.path());
            assertThat(source.readings).isEqualTo(1);
        } finally {
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
    }

    @Test
    void twoAtOnceDoNoHarm() throws Exception {
        CountDownLatch bothRead = new CountDownLatch(2);
        StoreSource slow = new ByteImages(file, "plain") {
            @Override
            public int read(Progress progress, Consumer<Images> chunks) {
                bothRead.countDown();
                try {
                    bothRead.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                return super.read(progress, chunks);
            }
        };
        List<StoreFile> stores = Collections.synchronizedList(new ArrayList<>());
        List<Thread> threads = Stream.generate(() -> new Thread(() -> stores.add(open(slow))))
                .limit(2)
                .toList();
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(stores)
                .hasSize(2)
                .allSatisfy(store -> assertThat(store.images().labels()).containsExactly(3, 1, 4, 1, 5));
        assertThat(names(folder)).hasSize(2);
    }

    @Test
    void anInterruptedConversionLeavesNothing() throws IOException {
        Work stopped = new Work(Progress.SILENT, CheckpointStore.NONE, () -> true);
        assertThatThrownBy(() -> new ImageStore(new ByteImages(file, "plain"), cache).open(stopped))
                .isInstanceOf(AutophageException.class)
                .hasMessage("interrupted while converting " + file + "; that starts again next time")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(names(folder)).containsExactly("source");
    }

    @Test
    void aSourceThatIsWrittenToMeanwhileIsRefused() throws IOException {
        StoreSource moving = new ByteImages(file, "plain") {
            @Override
            public int read(Progress progress, Consumer<Images> chunks) {
                int skipped = super.read(progress, chunks);
                try {
                    Files.write(file, new byte[9]);
                } catch (IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
                return skipped;
            }
        };
        assertThatThrownBy(() -> open(moving))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(" changed while its images were converted")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.FAILED);
        assertThat(names(folder)).containsExactly("source");
    }

    @Test
    void whatKilledConversionsLeftIsDeletedAfterAnHour() throws IOException {
        Path store = open(new ByteImages(file, "plain")).path();
        Files.delete(store);
        Path old = Files.createFile(folder.resolve(store.getFileName() + ".123-4.partial"));
        Path young = Files.createFile(folder.resolve(store.getFileName() + ".123-5.partial"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minusSeconds(4000)));
        open(new ByteImages(file, "plain"));
        assertThat(old).doesNotExist();
        assertThat(young).exists();
    }

    /** Segments are of whole images; here of two, with a last one of one. */
    @Test
    void imagesAreFoundInTheirSegments() {
        List<ByteBuffer> segments = List.of(
                ByteBuffer.wrap(new byte[] {1, 2, 3, 4}),
                ByteBuffer.wrap(new byte[] {5, 6, 7, 8}),
                ByteBuffer.wrap(new byte[] {9, 10}));
        Images images = new Images(1, 2, 1, 1, new PixelSource.InSegments(segments, 2, 2, 5), new int[5]);
        assertThat(images.pixels()).isEqualTo(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
        assertThat(images.select(new int[] {4, 1, 3}).pixels()).isEqualTo(new byte[] {9, 10, 3, 4, 7, 8});
        assertThat(images.select(IntStream.of(4, 1, 3).toArray()).slice(1, 3).pixels())
                .isEqualTo(new byte[] {3, 4, 7, 8});
    }

    private static byte[] changed(byte[] bytes, int position, byte value) {
        byte[] changed = bytes.clone();
        changed[position] = value;
        return changed;
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> String.valueOf(path.getFileName()))
                    .sorted()
                    .toList();
        }
    }
}
