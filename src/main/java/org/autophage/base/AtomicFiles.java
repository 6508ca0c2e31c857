package org.autophage.base;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Files and folders that are either whole or not there: they are written under a temporary name, synced to the disk and
 * renamed. A process killed at any moment leaves the old content, or the new one, and at most a temporary name beside
 * it, which {@link #deleteTemporaries} removes.
 */
public final class AtomicFiles {
    /** How every temporary name ends. */
    public static final String TEMPORARY_SUFFIX = ".partial";

    private static final Pattern TEMPORARY_FILE =
            Pattern.compile(".+\\.(\\d{1,18})-\\d+" + Pattern.quote(TEMPORARY_SUFFIX));
    private static final AtomicLong SERIAL = new AtomicLong();

    /** Folders that are written to for as long as they are there, and never made again. */
    private static final Set<Path> STAYING = ConcurrentHashMap.newKeySet();

    private AtomicFiles() {}

    /**
     * From now on a folder, which exists, is not made again when somebody has deleted or moved it: writing below it fails.
     * Otherwise a run whose folder was deleted would leave a folder with the rest of it, which nothing can go on from.
     */
    public static void keepFromReturning(Path folder) {
        STAYING.add(folder.toAbsolutePath().normalize());
    }

    /** Ends {@link #keepFromReturning}. */
    public static void letReturn(Path folder) {
        STAYING.remove(folder.toAbsolutePath().normalize());
    }

    /** Writes what a file or folder is to contain. */
    @FunctionalInterface
    public interface Filler {
        void fill(Path temporary) throws IOException;
    }

    /** Writes or replaces a file of UTF-8 text. */
    public static void writeText(Path file, String text) {
        write(file, temporary -> Files.writeString(temporary, text, StandardCharsets.UTF_8));
    }

    /**
     * Writes or replaces a file; folders above it are made as needed.
     *
     * @param filler creates the file that it is given
     * @throws AutophageException with FAILED if the disk refuses
     */
    public static void write(Path file, Filler filler) {
        Path temporary = temporary(file);
        guarded(file, temporary, () -> {
            createFolders(file.getParent());
            filler.fill(temporary);
            sync(temporary);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            syncFolder(file.getParent());
        });
    }

    /** Process and serial number keep two writers of one name (a cache shared by runs) out of each other's way. */
    private static Path temporary(Path target) {
        String unique = "." + ProcessHandle.current().pid() + "-" + SERIAL.incrementAndGet();
        return target.resolveSibling(target.getFileName() + unique + TEMPORARY_SUFFIX);
    }

    /**
     * Writes a file where none is; what somebody else has put there while it was written stays as it is.
     *
     * @param filler creates the file that it is given
     * @throws AutophageException with FAILED if the disk refuses, with USAGE if there is something by then
     */
    public static void writeNew(Path file, Filler filler) {
        Path temporary = temporary(file);
        guarded(file, temporary, () -> {
            createFolders(file.getParent());
            filler.fill(temporary);
            sync(temporary);
            moveOntoNothing(temporary, file);
        });
    }

    /**
     * The same for a folder of any number of files that can be made again: whole or not there for whoever looks, but a machine that
     * loses its power within seconds may lose some of them, because they are not synced one by one. An empty folder is nothing, and a
     * link to one is followed.
     *
     * @param filler fills the folder that it is given, which exists and is empty
     * @throws AutophageException as {@link #writeNew} does
     */
    public static void writeNewFolder(Path folder, Filler filler) {
        Path target = followed(folder);
        Path temporary = temporary(target);
        guarded(folder, temporary, () -> {
            createFolders(temporary);
            filler.fill(temporary);
            moveOntoNothing(temporary, target);
        });
    }

    private static Path followed(Path folder) {
        try {
            return Files.isSymbolicLink(folder) ? folder.toRealPath() : folder;
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(folder, e);
        }
    }

    private static void moveOntoNothing(Path temporary, Path target) throws IOException {
        try {
            if (Files.isDirectory(temporary) && Files.isDirectory(target, LinkOption.NOFOLLOW_LINKS)) {
                Files.delete(target); // which refuses one that is not empty
            }
            Files.move(temporary, target);
        } catch (DirectoryNotEmptyException | FileAlreadyExistsException e) {
            throw new AutophageException(
                    ExitCode.USAGE,
                    "%s was made by somebody else while it was being written: it stays as it is; give another name"
                            .formatted(target),
                    e);
        }
        syncFolder(target.getParent());
    }

    /**
     * Writes a folder with everything in it; a folder of that name is replaced.
     *
     * @param filler fills the folder that it is given, which exists and is empty
     * @throws AutophageException with FAILED if the disk refuses
     */
    public static void writeFolder(Path folder, Filler filler) {
        Path temporary = folder.resolveSibling(folder.getFileName() + TEMPORARY_SUFFIX);
        guarded(folder, temporary, () -> {
            deleteTree(temporary);
            createFolders(temporary);
            filler.fill(temporary);
            syncTree(temporary);
            deleteTree(folder);
            Files.move(temporary, folder, StandardCopyOption.ATOMIC_MOVE);
            syncFolder(folder.getParent());
        });
    }

    /** Makes a folder and those above it, unless they exist. */
    public static void makeFolder(Path folder) {
        guarded(folder, null, () -> createFolders(folder));
    }

    /** Deletes a file or a folder with everything in it; nothing happens where there is none. */
    public static void delete(Path path) {
        guarded(path, null, () -> deleteTree(path));
    }

    /** Deletes what killed writers left in a folder. Only for folders that nobody else is writing to. */
    public static void deleteTemporaries(Path folder) {
        if (!Files.isDirectory(folder)) {
            return;
        }
        guarded(folder, null, () -> {
            List<Path> temporaries;
            try (Stream<Path> contents = Files.list(folder)) {
                temporaries = contents.filter(path -> path.toString().endsWith(TEMPORARY_SUFFIX))
                        .toList();
            }
            for (Path temporary : temporaries) {
                deleteTree(temporary);
            }
        });
    }

    /**
     * Deletes what killed writers left in a folder that others may be writing to: what is older than this process and of no
     * process that lives on this machine.
     */
    public static void deleteAbandoned(@Nullable Path folder) {
        if (folder == null || !Files.isDirectory(folder)) {
            return;
        }
        guarded(folder, null, () -> {
            List<Path> contents;
            try (Stream<Path> all = Files.list(folder)) {
                contents = all.toList();
            }
            for (Path path : contents) {
                Matcher name = TEMPORARY_FILE.matcher(path.getFileName().toString());
                if (name.matches() && isAbandoned(path, Long.parseLong(name.group(1)))) {
                    deleteTree(path);
                }
            }
        });
    }

    private static boolean isAbandoned(Path file, long writer) throws IOException {
        ProcessHandle own = ProcessHandle.current();
        Instant start = own.info().startInstant().orElse(Instant.MIN);
        boolean lives = writer != own.pid()
                && ProcessHandle.of(writer).map(ProcessHandle::isAlive).orElse(false);
        return !lives && isOlder(file, start);
    }

    /** Whether nothing was written since, in a folder at any depth: a writer on another machine may be at work there. */
    private static boolean isOlder(Path path, Instant since) throws IOException {
        boolean[] older = {true};
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path folder, BasicFileAttributes attributes) {
                return look(attributes);
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                return look(attributes);
            }

            private FileVisitResult look(BasicFileAttributes attributes) {
                older[0] = attributes.lastModifiedTime().toInstant().isBefore(since);
                return older[0] ? FileVisitResult.CONTINUE : FileVisitResult.TERMINATE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) {
                older[0] = false; // moved or deleted by whoever works there
                return FileVisitResult.TERMINATE;
            }
        });
        return older[0];
    }

    private interface FileAction {
        void run() throws IOException;
    }

    /** Runs an action; where it fails, removes the temporary path and says in one line what the disk refused. */
    private static void guarded(Path target, @Nullable Path temporary, FileAction action) {
        boolean done = false;
        try {
            action.run();
            done = true;
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(target, e);
        } catch (UncheckedIOException e) {
            throw DiskErrors.cannotWrite(target, Objects.requireNonNull(e.getCause()));
        } finally {
            if (!done && temporary != null) {
                deleteQuietly(temporary);
            }
        }
    }

    private static void createFolders(@Nullable Path folder) throws IOException {
        // createDirectories refuses symbolic links to folders, which are common for run folders on big disks
        if (folder != null && !Files.isDirectory(folder)) {
            refuseToReturn(folder.toAbsolutePath().normalize());
            Files.createDirectories(folder);
        }
    }

    private static void refuseToReturn(Path folder) throws IOException {
        for (Path above = folder; above != null; above = above.getParent()) {
            if (STAYING.contains(above) && !Files.isDirectory(above)) {
                throw new FileSystemException(
                        above.toString(), null, "%s was deleted or moved while it was written to".formatted(above));
            }
        }
    }

    private static void sync(Path file) throws IOException {
        // what others made may be read only, which Windows alone does not sync
        StandardOpenOption mode = Files.isWritable(file) ? StandardOpenOption.WRITE : StandardOpenOption.READ;
        try (FileChannel channel = FileChannel.open(file, mode)) {
            channel.force(true);
        }
    }

    private static void syncTree(Path folder) throws IOException {
        try (Stream<Path> contents = Files.walk(folder)) {
            for (Path path : (Iterable<Path>) contents::iterator) {
                if (Files.isDirectory(path)) {
                    syncFolder(path);
                } else {
                    sync(path);
                }
            }
        }
    }

    /** Makes renames inside a folder durable, where the system can open a folder at all (Windows cannot). */
    private static void syncFolder(@Nullable Path folder) throws IOException {
        if (folder == null || File.separatorChar == '\\') {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void deleteTree(Path path) throws IOException {
        if (!Files.exists(path, LinkOption.NOFOLLOW_LINKS)) {
            return;
        }
        Files.walkFileTree(path, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                Files.deleteIfExists(file);
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException failure) throws IOException {
                if (failure instanceof NoSuchFileException) {
                    return FileVisitResult.CONTINUE;
                }
                throw failure;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path folder, @Nullable IOException failure) throws IOException {
                if (failure != null) {
                    throw failure;
                }
                Files.deleteIfExists(folder);
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private static void deleteQuietly(Path path) {
        try {
            deleteTree(path);
        } catch (IOException alreadyFailing) {
            // the first failure is the one to tell; a leftover is removed on the next start
        }
    }
}
