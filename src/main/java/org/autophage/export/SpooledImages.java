package org.autophage.export;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.data.ClassNames;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.PixelSource;

/** Images that come in parts and are kept outside the heap: in a file without a name, which is gone when it is closed. */
final class SpooledImages implements AutoCloseable {
    /** Bytes of the file that one map covers. */
    private static final long SEGMENT_BYTES = 1L << 30;

    private final Path file;
    private final ImageShape shape;
    private final FileChannel channel;
    private final IntStream.Builder labels = IntStream.builder();
    private ClassNames classNames;

    /**
     * @param beside the file that the images are for, on whose disk they are kept
     * @param count how many images there will be
     * @throws AutophageException with FAILED if the disk has no room for them
     */
    SpooledImages(Path beside, ImageShape shape, long count) {
        Path folder = beside.toAbsolutePath().getParent();
        this.file = beside.resolveSibling("%s.%d-0%s"
                .formatted(beside.getFileName(), ProcessHandle.current().pid(), AtomicFiles.TEMPORARY_SUFFIX));
        this.shape = shape;
        this.classNames = shape.classNames();
        try {
            if (folder != null) {
                AtomicFiles.makeFolder(folder);
                requireRoom(beside, folder, 2 * count * shape.bytes());
            }
            channel = FileChannel.open(
                    file,
                    StandardOpenOption.CREATE_NEW,
                    StandardOpenOption.READ,
                    StandardOpenOption.WRITE,
                    StandardOpenOption.DELETE_ON_CLOSE);
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(file, e);
        }
    }

    /** Once for the pixels as they are drawn, once for what is made of them. */
    private static void requireRoom(Path target, Path folder, long bytes) throws IOException {
        FileStore disk = Files.getFileStore(folder);
        long usable = disk.getUsableSpace();
        if (usable < bytes && disk.getTotalSpace() > 0) { // some file systems do not tell
            throw AutophageException.failed(String.format(
                    Locale.ROOT,
                    "cannot write %s: drawing takes about %.1f MiB of its disk, and %.1f MiB are free",
                    target,
                    bytes / (double) (1 << 20),
                    usable / (double) (1 << 20)));
        }
    }

    /** Adds images of this shape. */
    void add(Images part) {
        try {
            ByteBuffer pixels = ByteBuffer.wrap(part.pixels());
            while (pixels.hasRemaining()) {
                channel.write(pixels);
            }
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(file, e);
        }
        Arrays.stream(part.labels()).forEach(labels::add);
        classNames = part.classNames(); // one class where the model is told none
    }

    /** All images, until this is closed. */
    Images all() {
        int[] all = labels.build().toArray();
        int perSegment = (int) Math.max(1, SEGMENT_BYTES / shape.bytes());
        List<ByteBuffer> segments = new ArrayList<>();
        try {
            for (int from = 0; from < all.length; from += perSegment) {
                long images = Math.min(perSegment, all.length - from);
                segments.add(channel.map(
                        FileChannel.MapMode.READ_ONLY, (long) from * shape.bytes(), images * shape.bytes()));
            }
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
        PixelSource source = new PixelSource.InSegments(segments, perSegment, shape.bytes(), all.length);
        return new Images(shape.size(), shape.size(), shape.channels(), classNames, source, all);
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(file, e);
        }
    }
}
