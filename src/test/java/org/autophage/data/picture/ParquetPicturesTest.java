package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.Images;
import org.autophage.data.store.ImageStore;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Files that pyarrow 25.0 wrote: twelve pictures of 8 × 8, all pixels of picture k being 20 k, of class k modulo 3, with the
 * notes of Hugging Face's library.
 */
class ParquetPicturesTest {
    private static final int COUNT = 12;

    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private Map<String, byte[]> fixtures = Map.of();

    @BeforeEach
    void readFixtures() throws IOException {
        fixtures = ZippedFixtures.of("pyarrow.zip");
    }

    private Path file(String name) throws IOException {
        return Files.write(folder.resolve(name), Objects.requireNonNull(fixtures.get(name), name));
    }

    private Images open(Path place, @Nullable String label, @Nullable String picture, boolean skipBad) {
        return OpenedPictures.of(place, Colour.RGB, null, label, picture, skipBad, told);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hub-none",
                "hub-snappy",
                "hub-zstd",
                "hub-gzip",
                "hub-lz4",
                "v2",
                "plain",
                "delta",
                "pages",
                "unnamed"
            })
    void picturesAndClassesAreRead(String name) throws IOException {
        Images images = open(file(name + ".parquet"), null, null, false);
        assertThat(OpenedPictures.greys(images)).containsExactly(0, 20, 40, 60, 80, 100, 120, 140, 160, 180, 200, 220);
        assertThat(images.labels()).containsExactly(0, 1, 2, 0, 1, 2, 0, 1, 2, 0, 1, 2);
        assertThat(images.classNames().all())
                .containsExactlyElementsOf(
                        name.equals("unnamed") ? List.of("0", "1", "2") : List.of("cat", "dog", "eel"));
    }

    @Test
    void aColumnOfBytesAndWordsIsFoundByWhatItHolds() throws IOException {
        Images images = open(file("binary.parquet"), null, null, false);
        assertThat(images.count()).isEqualTo(COUNT);
        assertThat(images.classNames().all()).containsExactly("a", "b", "c");
    }

    @Test
    void severalFilesAreReadInTheOrderOfTheirNames() throws IOException {
        for (String name : List.of("hub-none", "hub-zstd", "v2")) {
            file(name + ".parquet");
        }
        Files.writeString(folder.resolve("README.md"), "x");
        assertThat(OpenedPictures.greys(open(folder, null, null, false)))
                .hasSize(3 * COUNT)
                .startsWith(0, 20)
                .endsWith(200, 220);
        assertThat(open(folder.resolve("hub-*.parquet"), null, null, false).count())
                .isEqualTo(2 * COUNT);
    }

    @Test
    void aPersonChoosesAmongColumns() throws IOException {
        Path file = file("two-labels.parquet");
        refused(
                () -> open(file, null, null, false),
                file + " has more than one column of labels, label, coarse_label: dataset.labelColumn must name one");
        assertThat(open(file, "coarse_label", null, false).classNames().all()).containsExactly("x", "y");
        refused(() -> open(file, "fine", null, false), "has no column fine of whole numbers or words");
        Path pictures = file("two-pictures.parquet");
        refused(
                () -> open(pictures, null, null, false),
                "has more than one column of pictures, image, other: dataset.pictureColumn must name one");
        assertThat(open(pictures, null, "other", false).count()).isEqualTo(COUNT);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "nulls | nulls.parquet, row 4: its row has no picture; dataset.skipBad: true leaves such files out",
                "no-bytes | no-bytes.parquet, row 5: it is corrupt: it does not begin like a picture",
                "unlabelled | row 7: it has the label -1 in",
                "null-label | row 7: it has no label in"
            })
    void badRowsAreNamedOrLeftOut(String name, String message) throws IOException {
        Path file = file(name + ".parquet");
        refused(() -> open(file, null, null, false), message);
        assertThat(open(file, null, null, true).count()).isEqualTo(COUNT - 1);
        assertThat(told).contains(file + ": 1 bad pictures were left out");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "no-pictures | has no column of pictures: it has id (int64), text (string)",
                "listed | has no column of pictures: it has images.list.element (binary, in a list)",
                "too-many | has the label 5, and names of 3 classes: must be 0 to 2",
                "empty | has no rows"
            })
    void whatHasNoPicturesIsRefused(String name, String message) throws IOException {
        Path file = file(name + ".parquet");
        refused(() -> open(file, null, null, false), message);
        refused(() -> open(file, null, null, true), message);
        assertNothingIsLeft();
    }

    private void assertNothingIsLeft() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.filter(left -> !left.toString().endsWith(".parquet")))
                    .isEmpty();
        }
    }

    @Test
    void whatIsNoneIsNamed() throws IOException {
        byte[] whole = Objects.requireNonNull(fixtures.get("hub-none.parquet"));
        Path file = folder.resolve("x.parquet");
        Files.writeString(file, "a,b\n1,2\n");
        refused(() -> open(file, null, null, false), file + " is no Parquet file: it does not begin with PAR1");
        Files.write(file, Arrays.copyOf(whole, whole.length - 100));
        refused(() -> open(file, null, null, false), file + " is truncated: ");
        byte[] encrypted = whole.clone();
        System.arraycopy("PARE".getBytes(StandardCharsets.US_ASCII), 0, encrypted, whole.length - 4, 4);
        Files.write(file, encrypted);
        refused(() -> open(file, null, null, false), file + " is encrypted: Parquet files without a key can be read");
        byte[] long32 = whole.clone();
        long32[whole.length - 5] = 0x7f;
        Files.write(file, long32);
        refused(() -> open(file, null, null, false), file + " is corrupt: it says that its footer has ");
        Files.write(file, new byte[0]);
        refused(() -> open(file, null, null, false), file + " is no Parquet file");
        assertNothingIsLeft();
    }

    /** Whatever bit is changed, there are pictures or one line. */
    @ParameterizedTest
    @ValueSource(strings = {"hub-snappy", "v2", "delta", "hub-gzip"})
    void damageOfAnyKindIsOneLine(String name) throws IOException {
        byte[] whole = Objects.requireNonNull(fixtures.get(name + ".parquet"));
        Path file = folder.resolve("x.parquet");
        Random random = new Random(7);
        for (int i = 0; i < 50; i++) {
            byte[] damaged = whole.clone();
            damaged[random.nextInt(whole.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, damaged);
            try {
                assertThat(open(file, null, null, true).count()).isBetween(1, COUNT);
            } catch (AutophageException e) {
                assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
                assertThat(e.getMessage()).doesNotContain("\n");
            }
            try (Stream<Path> stores = Files.list(folder)) {
                for (Path store : stores.filter(ImageStore::isOne).toList()) {
                    Files.delete(store);
                }
            }
        }
    }

    /** A fixture with other words of as many letters in its footer, which is not packed. */
    private void changed(String name, String as, String before, String now) throws IOException {
        String bytes = new String(Objects.requireNonNull(fixtures.get(name)), StandardCharsets.ISO_8859_1);
        assertThat(bytes).contains(before);
        assertThat(now).hasSameSizeAs(before);
        Files.write(folder.resolve(as), bytes.replace(before, now).getBytes(StandardCharsets.ISO_8859_1));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"cat\", \"dog\" | \"dog\", \"cat\" | %1$s calls class 0 of column label 'cat', and %2$s calls it 'dog': files of one set must have one list of classes",
                "\"dog\", \"eel\" | \"dog\", \"owl\" | %1$s calls class 2 of column label 'eel', and %2$s calls it 'owl': files of one",
                "label | class | %1$s has labels in column label, and %2$s in column class: files of one set must have them in one column",
                "label | words | %1$s has labels in column label, and %2$s in "
            })
    void filesWhoseNumbersStandForOtherClassesAreRefused(String before, String now, String message) throws IOException {
        Path first = file("hub-none.parquet");
        changed("hub-none.parquet", "other.parquet", before, now);
        Path other = folder.resolve("other.parquet");
        refused(() -> open(folder, null, null, false), message.formatted(first, other));
        refused(() -> open(folder, null, null, true), message.formatted(first, other));
        // each of them alone is a set
        assertThat(open(first, null, null, false).count()).isEqualTo(COUNT);
        assertThat(open(other, null, null, false).count()).isEqualTo(COUNT);
    }

    @Test
    void aFileThatHasNamesOfNoClassesIsRefusedBesideOneThatHas() throws IOException {
        Path first = file("hub-none.parquet");
        Path other = file("unnamed.parquet");
        refused(
                () -> open(folder, "label", null, false),
                "%s calls class 0 of column label 'cat', and %s calls it nothing".formatted(first, other));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
