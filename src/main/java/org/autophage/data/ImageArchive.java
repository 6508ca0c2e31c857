package org.autophage.data;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.NpyReader;
import org.autophage.data.npy.NpyValues;
import org.autophage.data.npy.Npz;
import org.autophage.data.npy.NpzMapping;
import org.jspecify.annotations.Nullable;

/**
 * Labelled images in one .npz file: {@code images} uint8 in NHWC layout, {@code labels} int64 of shape (N), and
 * {@code classes}, an int64 scalar.
 */
public final class ImageArchive {
    private static final String IMAGES = "images";
    private static final String LABELS = "labels";
    private static final String CLASSES = "classes";

    /** What numpy.savez calls arrays that were given no names: guided-diffusion's samples, and their labels. */
    private static final String FIRST = "arr_0";

    private static final String SECOND = "arr_1";

    /** Pixels of so many bytes and more stay in the file, mapped into memory: a pool of generations outgrows the heap. */
    private static final int WORTH_MAPPING = 16 << 20;

    private ImageArchive() {}

    /** Writes the file whole or not at all; equal images give equal bytes. */
    public static void write(Images images, Path file) {
        Map<String, NpyValues> arrays = new LinkedHashMap<>();
        arrays.put(IMAGES, new Pixels(images));
        arrays.put(
                LABELS,
                NpyArray.ofLongs(Arrays.stream(images.labels()).asLongStream().toArray(), images.count()));
        arrays.put(CLASSES, NpyArray.ofLongs(new long[] {images.classes()}));
        Npz.write(file, arrays);
    }

    /** The pixels of images, which are gone through a piece at a time: they may be more than the heap holds. */
    private record Pixels(Images images) implements NpyValues {
        private static final int PIECE_BYTES = 1 << 20;

        @Override
        public NpyArray.Type type() {
            return NpyArray.Type.UINT8;
        }

        @Override
        public int[] shape() {
            return new int[] {images.count(), images.height(), images.width(), images.channels()};
        }

        @Override
        public void writeTo(OutputStream out) throws IOException {
            int step = Math.max(1, PIECE_BYTES / Math.max(1, images.imageBytes()));
            ByteBuffer piece = ByteBuffer.allocate(Math.min(step, images.count()) * images.imageBytes());
            for (int from = 0; from < images.count(); from += step) {
                Interruptible.proceed();
                images.copy(from, Math.min(images.count(), from + step), piece.clear());
                out.write(piece.array(), 0, piece.position());
            }
        }
    }

    /**
     * Reads images, also such as others made: grey ones may lack the channel axis, {@code labels} may be missing (all
     * are then of class 0), and {@code classes} too (then one more than the largest label, or, where labels are ids of a
     * million and more, those that there are). Where there is no array {@code images}, {@code arr_0} and {@code arr_1} are
     * images and labels, as guided-diffusion writes them. All bytes are read once and
     * checked; those of many images are not kept in the heap, so that the file must stay as it is.
     *
     * @throws AutophageException (usage) when the file is missing, truncated, or holds no such arrays
     */
    public static Images read(Path file) {
        List<String> names = Npz.names(file);
        boolean unnamed = !names.contains(IMAGES) && names.contains(FIRST);
        if (!names.contains(IMAGES) && !unnamed) {
            throw AutophageException.usage("%s has no array 'images', nor 'arr_0': it has %s"
                    .formatted(file, names.isEmpty() ? "none" : String.join(", ", names)));
        }
        String array = unnamed ? FIRST : IMAGES;
        String labelArray = unnamed ? SECOND : LABELS;
        Stored images = Npz.read(file, array, reader -> Stored.of(reader, file, array));
        int[] shape = images.shape();
        int[] labels = names.contains(labelArray)
                ? labels(Npz.read(file, labelArray), shape[0], file + ":" + labelArray)
                : new int[shape[0]];
        int largest = Arrays.stream(labels).max().orElse(0);
        int classes = names.contains(CLASSES) ? classes(Npz.read(file, CLASSES), largest, file) : largest + 1;
        Images all = new Images(shape[1], shape[2], images.channels(), classes, images.source(file, array), labels);
        boolean ids = !names.contains(CLASSES) && classes > ClassNames.MOST_NUMBERS;
        return ids ? all.withClassesThatOccur() : all;
    }

    /** Whether {@link #read} leaves so many images in their file rather than in the heap. */
    public static boolean isMapped(Images images) {
        return isMapped(images.count(), images.imageBytes());
    }

    private static boolean isMapped(int count, int imageBytes) {
        return (long) count * imageBytes >= WORTH_MAPPING;
    }

    /**
     * The array of images.
     *
     * @param shape (N, height, width) or (N, height, width, channels)
     * @param pixels null where they are many, which stay in the file
     */
    private record Stored(int[] shape, byte @Nullable [] pixels) {
        static Stored of(NpyReader reader, Path file, String array) throws IOException {
            Stored many = new Stored(ImageArchive.shape(reader, file + ":" + array), null);
            return isMapped(many.shape[0], many.imageBytes())
                    ? many
                    : new Stored(many.shape, reader.array().data());
        }

        int channels() {
            return shape.length == 4 ? shape[3] : 1;
        }

        int imageBytes() {
            return shape[1] * shape[2] * channels();
        }

        PixelSource source(Path file, String array) {
            int bytes = shape[0] * imageBytes();
            // What lies in front of an entry need not say the same of it as the directory.
            Optional<ByteBuffer> mapped = pixels == null ? NpzMapping.of(file, array) : Optional.empty();
            mapped = mapped.filter(values -> values.remaining() == bytes);
            return mapped.<PixelSource>map(
                            values -> new PixelSource.InSegments(List.of(values), shape[0], imageBytes(), shape[0]))
                    .orElseGet(() -> new PixelSource.InArray(
                            pixels == null ? Npz.read(file, array).data() : pixels, imageBytes()));
        }
    }

    private static int[] shape(NpyReader images, String what) {
        int[] shape = images.shape();
        if (images.type() != NpyArray.Type.UINT8 || shape.length < 3 || shape.length > 4) {
            throw AutophageException.usage("%s is %s of shape %s: must be uint8 of shape (N, height, width, channels)"
                    .formatted(what, images.type(), Arrays.toString(shape)));
        }
        if (shape.length == 4 && shape[3] != 1 && shape[3] != 3) {
            throw AutophageException.usage("%s has %d channels: must have 1 or 3, in the last dimension of shape %s"
                    .formatted(what, shape[3], Arrays.toString(shape)));
        }
        if (NpyArray.count(shape) > Integer.MAX_VALUE) {
            throw AutophageException.usage("%s has shape %s: at most %d bytes of images can be read"
                    .formatted(what, Arrays.toString(shape), Integer.MAX_VALUE));
        }
        return shape;
    }

    private static int[] labels(NpyArray array, int count, String what) {
        if (!array.isWhole() || array.shape().length != 1 || array.elements() != count) {
            throw AutophageException.usage("%s is %s of shape %s: must be int64 of shape (%d)"
                    .formatted(what, array.type(), Arrays.toString(array.shape()), count));
        }
        return Arrays.stream(array.toLongs())
                .mapToInt(label -> {
                    if (label < 0 || label >= Integer.MAX_VALUE) {
                        throw AutophageException.usage("%s has %d: must be 0 or more".formatted(what, label));
                    }
                    return (int) label;
                })
                .toArray();
    }

    private static int classes(NpyArray array, int largest, Path file) {
        long classes = array.isWhole() && array.elements() == 1 ? array.toLongs()[0] : -1;
        if (classes <= largest || classes > Integer.MAX_VALUE) {
            throw AutophageException.usage(
                    "%s:classes must be one whole number above the largest label, %d".formatted(file, largest));
        }
        return (int) classes;
    }
}
