package org.autophage.base;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Says in one line why the disk refused something. */
public final class DiskErrors {
    /** A disk that has so many bytes left is not full. */
    private static final long ROOM_FOR_A_FILE = 1 << 20;

    private DiskErrors() {}

    /** The error, with exit code 1, for a file or folder that could not be written, made or deleted. */
    public static AutophageException cannotWrite(Path target, IOException cause) {
        return new AutophageException(
                ExitCode.FAILED, "cannot write " + target + ": " + reasonForWriting(target, cause), cause);
    }

    /** The error, with exit code 2, for an input that is missing or cannot be read. */
    public static AutophageException cannotRead(Path source, IOException cause) {
        String reason = cause instanceof NoSuchFileException ? "there is no such file" : describe(cause);
        return new AutophageException(ExitCode.USAGE, "cannot read " + source + ": " + reason, cause);
    }

    /** Whether a write failed because the disk, or the user's share of it, is full. */
    public static boolean isFull(IOException failure) {
        return saysFull(describe(failure));
    }

    /** Whether the words of the system or of a library mean that a disk is full. */
    public static boolean saysFull(String words) {
        String text = words.toLowerCase(Locale.ROOT);
        return text.contains("no space left")
                || text.contains("not enough space on the disk")
                || text.contains("quota exceeded");
    }

    /** Why a file or folder could not be written, without its name. */
    public static String reasonForWriting(Path target, IOException cause) {
        if (isFull(cause)) {
            return full(takesAnotherFile(target) ? 0 : usableBytes(target));
        }
        Path obstacle = fileInTheWay(target);
        if (obstacle != null) {
            return obstacle + " is a file where a folder is needed";
        }
        if (cause instanceof NoSuchFileException) {
            return "its folder is not there, or was deleted or moved meanwhile";
        }
        return describe(cause);
    }

    /**
     * What a disk without space lacks: bytes, or only the means to name another file.
     *
     * @param usableBytes of the disk, for this user
     */
    static String full(long usableBytes) {
        return usableBytes < ROOM_FOR_A_FILE
                ? "the disk is full; free some space, then run the same command again"
                : String.format(
                        Locale.ROOT,
                        "no space is left for another file, although %.1f MiB are free: the disk's inodes (see df -i) or a"
                                + " quota are used up; delete some files, then run the same command again",
                        usableBytes / (double) (1 << 20));
    }

    /** Whether an empty file can still be made beside the target, so that bytes are what is lacking. */
    private static boolean takesAnotherFile(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        if (folder == null) {
            return false;
        }
        try {
            Files.delete(Files.createTempFile(folder, "probe", AtomicFiles.TEMPORARY_SUFFIX));
            return true;
        } catch (IOException full) {
            return false;
        }
    }

    private static long usableBytes(Path target) {
        Path folder = target.toAbsolutePath().getParent();
        while (folder != null && !Files.exists(folder)) {
            folder = folder.getParent();
        }
        try {
            return folder == null ? 0 : Files.getFileStore(folder).getUsableSpace();
        } catch (IOException unknown) {
            return 0;
        }
    }

    /** The nearest existing path above the target, if it is not a folder. */
    static @Nullable Path fileInTheWay(Path target) {
        for (Path above = target.toAbsolutePath().getParent(); above != null; above = above.getParent()) {
            if (Files.exists(above)) {
                return Files.isDirectory(above) ? null : above;
            }
        }
        return null;
    }

    private static String describe(IOException failure) {
        if (failure instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (failure instanceof FileSystemException refused && refused.getReason() != null) {
            return refused.getReason();
        }
        return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
    }
}
