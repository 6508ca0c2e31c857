package org.autophage.base;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to a folder, such as a run's, held by one process at a time. The operating system lets go of it when the process ends,
 * however it ends, so a lock is never stale. The file says who holds it; it stays when the lock is released, because
 * deleting it would let two processes lock two files of one name. While it is held, the folder is not made again if somebody
 * deletes it.
 */
public final class FolderLock implements AutoCloseable {
    public static final String FILE = "run.lock";

    /** Locked instead of the text, so that others can read the text on systems where locks are mandatory. */
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    /** Who only looks whether a lock is held has it for a moment; whoever wants it then tries for longer than that. */
    private static final Duration PATIENCE = Duration.ofMillis(500);

    private static final Duration PAUSE = Duration.ofMillis(20);

    private final Path folder;
    private final FileChannel channel;

    private FolderLock(Path folder, FileChannel channel) {
        this.folder = folder;
        this.channel = channel;
        AtomicFiles.keepFromReturning(folder);
    }

    /**
     * Takes the lock or fails within a second.
     *
     * @param folder made if it does not exist
     * @throws AutophageException with FAILED, naming the holder, if another process or another part of this one holds it
     */
    public static FolderLock acquire(Path folder) {
        return tryAcquire(folder)
                .orElseThrow(() -> AutophageException.failed("%s is locked by %s; wait for it to end or stop it"
                        .formatted(folder, holderOf(folder).orElse("a process that has just ended"))));
    }

    /**
     * Takes the lock; nothing where somebody else has held it for half a second.
     *
     * @param folder made if it does not exist
     */
    public static Optional<FolderLock> tryAcquire(Path folder) {
        AtomicFiles.makeFolder(folder);
        Path file = folder.resolve(FILE);
        FileChannel channel = null;
        try {
            PlainFiles.regular(file);
            channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            if (!tryPatiently(channel)) {
                return Optional.empty();
            }
            channel.truncate(0);
            channel.write(ByteBuffer.wrap((ProcessName.ofThis() + "\n").getBytes(StandardCharsets.UTF_8)), 0);
            FolderLock lock = new FolderLock(folder, channel);
            channel = null;
            return Optional.of(lock);
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(file, e);
        } finally {
            closeQuietly(channel);
        }
    }

    /**
     * Takes the lock, however long somebody else holds it, for what all of them need and one makes: made twice, it may not be
     * the same, since a GPU does not add up in the same order twice. Who gets the lock looks whether it is there by now.
     *
     * @param folder made if it does not exist
     * @param what is waited for, such as "the classifier lenet"; a message says it, and who trains it
     * @throws AutophageException INTERRUPTED if the work is to stop
     */
    public static FolderLock await(Path folder, String what, Work work) {
        Optional<FolderLock> lock = tryAcquire(folder);
        if (lock.isEmpty()) {
            work.progress()
                    .message("waits for %s, which %s trains"
                            .formatted(what, holderOf(folder).orElse("another process")));
        }
        while (lock.isEmpty()) {
            if (work.stop().requested()) {
                throw StopSignal.interrupted();
            }
            lock = tryAcquire(folder);
        }
        return lock.get();
    }

    /**
     * Who holds the lock, in words; empty if nobody does. Not for a process that may hold it itself, which would lose it.
     */
    public static Optional<String> holderOf(Path folder) {
        Path file = folder.resolve(FILE);
        try {
            return PlainFiles.regular(file).isPresent() ? holder(file) : Optional.empty();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    /** That a folder's lock is held, in words: "runs/map is being worked on by …". */
    public static String isWorkedOn(Path folder) {
        return "%s is being worked on by %s".formatted(folder, holderOf(folder).orElse("another process"));
    }

    private static boolean tryPatiently(FileChannel channel) throws IOException {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!tryLock(channel)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
        return true;
    }

    /** Whether the lock is ours now; the channel keeps it until it is closed. */
    private static boolean tryLock(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock(LOCKED_BYTE, 1, false);
            return lock != null;
        } catch (OverlappingFileLockException heldByThisProcess) {
            return false;
        }
    }

    private static Optional<String> holder(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            if (tryLock(channel)) {
                return Optional.empty();
            }
        }
        String text = PlainFiles.text(file).orElse("").strip();
        return Optional.of(text.isEmpty() ? "another process" : text);
    }

    private static void closeQuietly(@Nullable FileChannel channel) {
        try {
            if (channel != null) {
                channel.close();
            }
        } catch (IOException e) {
            // nothing was written through it that anybody needs
        }
    }

    /** Lets the next process have the folder. */
    @Override
    public void close() {
        AtomicFiles.letReturn(folder);
        closeQuietly(channel);
    }
}
