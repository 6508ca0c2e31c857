package org.autophage.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;

/**
 * Labelled images in one .npz file: {@code images} uint8 in NHWC layout, {@code labels} int64 of shape (N), and
 * {@code classes}, an int64 scalar.
 */
public final class ImageArchive {
    private ImageArchive() {}

    /** Writes the file whole or not at all; equal images give equal bytes. */
    public static void write(Images images, Path file) {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put(
                "images",
                NpyArray.ofBytes(images.pixels(), images.count(), images.height(), images.width(), images.channels()));
        arrays.put(
                "labels",
                NpyArray.ofLongs(Arrays.stream(images.labels()).asLongStream().toArray(), images.count()));
        arrays.put("classes", NpyArray.ofLongs(new long[] {images.classes()}));
        Npz.write(file, arrays);
    }

    /**
     * Reads images, also such as others made: grey ones may lack the channel axis, {@code labels} may be missing (all
     * are then of class 0), and {@code classes} too (then one more than the largest label).
     *
     * @throws AutophageException (usage) when the file is missing, truncated, or holds no such arrays
     */
    public static Images read(Path file) {
        return of(Npz.read(file), file);
    }

    /** The images of a file's arrays. */
    static Images of(Map<String, NpyArray> arrays, Path file) {
        NpyArray images = arrays.get("images");
        if (images == null) {
            throw AutophageException.usage("%s has no array 'images': it has %s"
                    .formatted(file, arrays.isEmpty() ? "none" : String.join(", ", arrays.keySet())));
        }
        int[] shape = images.shape();
        if (images.type() != NpyArray.Type.UINT8 || shape.length < 3 || shape.length > 4) {
            throw AutophageException.usage(
                    "%s:images is %s of shape %s: must be uint8 of shape (N, height, width, channels)"
                            .formatted(file, images.type(), Arrays.toString(shape)));
        }
        NpyArray labelArray = arrays.get("labels");
        int[] labels = labelArray == null ? new int[shape[0]] : labels(labelArray, shape[0], file);
        NpyArray classArray = arrays.get("classes");
        int largest = Arrays.stream(labels).max().orElse(0);
        int classes = classArray == null ? largest + 1 : classes(classArray, largest, file);
        return new Images(shape[1], shape[2], shape.length == 4 ? shape[3] : 1, classes, images.data(), labels);
    }

    private static int[] labels(NpyArray array, int count, Path file) {
        if (!array.isWhole() || array.shape().length != 1 || array.elements() != count) {
            throw AutophageException.usage("%s:labels is %s of shape %s: must be int64 of shape (%d)"
                    .formatted(file, array.type(), Arrays.toString(array.shape()), count));
        }
        return Arrays.stream(array.toLongs())
                .mapToInt(label -> {
                    if (label < 0 || label >= Integer.MAX_VALUE) {
                        throw AutophageException.usage("%s:labels has %d: must be 0 or more".formatted(file, label));
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
