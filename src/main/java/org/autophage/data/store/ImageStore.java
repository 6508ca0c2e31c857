package org.autophage.data.store;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.CacheFolder;
import org.autophage.base.DiskErrors;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.base.Work;
import org.autophage.data.Images;

/**
 * Converts a source of images once into a {@link StoreFile} and finds that file ever after. It lies beside the source,
 * or in the cache folder where that cannot be written to; its name says the source and a hash of the settings, its header
 * which content it was made from. A source that has changed, or a store that is not whole, is converted again. Two
 * processes that convert at once do the same work twice, and either result stays.
 */
public final class ImageStore {
    private static final String SUFFIX = ".images";
    private static final int KEY_DIGITS = 12;

    /** A conversion that has not written anything for so long was killed. */
    private static final Duration ABANDONED = Duration.ofHours(1);

    private final StoreSource source;
    private final Path besideFolder;
    private final Path beside;
    private final Path cache;
    private final Path cached;

    /** @param cache the folder for stores of sources whose own folder cannot be written to */
    public ImageStore(StoreSource source, Path cache) {
        this.source = source;
        Path place = source.place().toAbsolutePath().normalize();
        besideFolder = Objects.requireNonNull(place.getParent(), "a source is no root of a file system");
        beside = besideFolder.resolve(name(place, source.settings()));
        this.cache = cache;
        cached = cache.resolve(name(place, place + "\n" + source.settings()));
    }

    private static String name(Path place, String key) {
        // a pattern of files is no name of one everywhere
        String plain = String.valueOf(place.getFileName()).replaceAll("[*?]", "_");
        return "%s-%s%s".formatted(plain, Sha256.of(key).substring(0, KEY_DIGITS), SUFFIX);
    }

    /**
     * The images of a source, from its store, which is made if need be.
     *
     * @throws AutophageException (usage) if the source is missing or bad, (failed) if the disk refuses the store or the
     *     source changes meanwhile, (interrupted) when asked to stop
     */
    public static StoreFile open(StoreSource source, Work work) {
        return new ImageStore(source, CacheFolder.standard().resolve("images")).open(work);
    }

    /** What was left out is told every time: it is easily forgotten, and changes what is measured. */
    private Optional<StoreFile> told(StoreFile store, Progress progress) {
        if (store.header().skipped() > 0) {
            progress.message("%s: %d bad pictures were left out"
                    .formatted(source.place(), store.header().skipped()));
        }
        if (store.header().notes() != null) {
            store.header().notes().forEach(progress::message);
        }
        return Optional.of(store);
    }

    /** Whether a file is called like a store. */
    public static boolean isOne(Path file) {
        return file.toString().endsWith(SUFFIX) && Files.isRegularFile(file);
    }

    /**
     * Reads every byte of a store.
     *
     * @return how many images it has
     * @throws AutophageException (usage) if it is corrupt
     */
    public static int check(Path file) {
        return images(file).count();
    }

    /**
     * The images of a store, every byte of which is read once and checked.
     *
     * @throws AutophageException (usage) if it is corrupt
     */
    public static Images images(Path file) {
        try {
            StoreFile store = StoreFile.open(file);
            store.check();
            return store.images();
        } catch (StoreFile.CorruptException e) {
            throw AutophageException.usage(
                    "%s is no whole store: %s; delete it, and it is made again".formatted(file, e.getMessage()));
        }
    }

    public StoreFile open(Work work) {
        String fingerprint = source.fingerprint();
        for (Path file : List.of(beside, cached)) {
            Optional<StoreFile> found = find(file, fingerprint, work.progress());
            if (found.isPresent()) {
                return found.get();
            }
        }
        boolean writable = isWritable(besideFolder);
        Path target = writable ? beside : cached;
        if (!writable) {
            work.progress()
                    .message("%s cannot be written to: the images of %s are kept in %s"
                            .formatted(besideFolder, source.place(), cache));
        }
        deleteAbandoned(writable ? besideFolder : cache, target);
        work.progress().message("converting %s into %s".formatted(source.place(), target));
        convert(target, fingerprint, work);
        return find(target, fingerprint, work.progress())
                .orElseThrow(() -> AutophageException.failed(source.place() + " changes all the time: "
                        + "its images can be converted when nobody writes to it"));
    }

    /** Whom permissions do not stop, root, obeys them here too: a folder that nobody may write to is to stay as it is. */
    private static boolean isWritable(Path folder) {
        try {
            return Files.isWritable(folder)
                    && Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OWNER_WRITE);
        } catch (UnsupportedOperationException e) {
            return true; // a file system without such permissions
        } catch (IOException e) {
            throw DiskErrors.cannotRead(folder, e);
        }
    }

    private Optional<StoreFile> find(Path file, String fingerprint, Progress progress) {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        String reason;
        try {
            StoreFile store = StoreFile.open(file);
            if (store.header().fingerprint().equals(fingerprint)
                    && store.header().settings().equals(source.settings())) {
                return told(store, progress);
            }
            reason = source.place() + " has changed since";
        } catch (StoreFile.CorruptException e) {
            reason = String.valueOf(e.getMessage());
        }
        progress.message("%s is made again: %s".formatted(file, reason));
        return Optional.empty();
    }

    private void convert(Path target, String fingerprint, Work work) {
        AtomicFiles.write(target, temporary -> {
            try (StoreWriter writer = new StoreWriter(temporary)) {
                int skipped = source.read(work.progress(), chunk -> {
                    if (work.stop().requested()) {
                        throw new AutophageException(
                                ExitCode.INTERRUPTED,
                                "interrupted while converting %s; that starts again next time"
                                        .formatted(source.place()));
                    }
                    add(writer, chunk);
                });
                if (!source.fingerprint().equals(fingerprint)) {
                    throw AutophageException.failed(
                            "%s changed while its images were converted: run the same command again when nobody writes to it"
                                    .formatted(source.place()));
                }
                writer.finish(source, fingerprint, skipped);
            }
        });
    }

    private static void add(StoreWriter writer, Images chunk) {
        try {
            writer.add(chunk);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Deletes what conversions into this store left that were killed. */
    private static void deleteAbandoned(Path folder, Path store) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (Stream<Path> siblings = Files.list(folder)) {
            for (Path sibling : (Iterable<Path>) siblings::iterator) {
                String name = String.valueOf(sibling.getFileName());
                if (name.startsWith(store.getFileName() + ".")
                        && name.endsWith(AtomicFiles.TEMPORARY_SUFFIX)
                        && Files.getLastModifiedTime(sibling)
                                .toInstant()
                                .isBefore(Instant.now().minus(ABANDONED))) {
                    Files.deleteIfExists(sibling);
                }
            }
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(folder, e);
        }
    }
}
