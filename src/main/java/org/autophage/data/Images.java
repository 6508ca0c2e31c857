package org.autophage.data;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.base.Sha256;
import org.autophage.data.store.ImageStore;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/**
 * Labelled 8-bit images of one size. Their pixels lie in an array or in a mapped file, see {@link ImageStore}; choosing
 * and joining copies none of them, so that a set may be larger than the heap. Immutable by convention: whoever hands an
 * array over does not write to it again.
 */
public final class Images implements Samples {
    private final int height;
    private final int width;
    private final int channels;
    private final ClassNames classNames;
    private final PixelSource source;
    private final int[] labels;

    /**
     * @param height rows of an image, pixels
     * @param width columns of an image, pixels
     * @param channels 1 for grey, 3 for RGB
     * @param classes number of classes; labels lie in [0, classes)
     * @param pixels unsigned bytes in NHWC layout, {@code labels.length * height * width * channels} of them
     * @param labels one label an image
     */
    public Images(int height, int width, int channels, int classes, byte[] pixels, int[] labels) {
        this(height, width, channels, ClassNames.numbered(classes), pixels, labels);
    }

    /** The same with classes that have names. */
    public Images(int height, int width, int channels, ClassNames classNames, byte[] pixels, int[] labels) {
        this(height, width, channels, classNames, new PixelSource.InArray(pixels, height * width * channels), labels);
        if ((long) labels.length * height * width * channels != pixels.length) {
            throw new IllegalArgumentException("%d labels of %d x %d x %d images do not fit %d bytes"
                    .formatted(labels.length, height, width, channels, pixels.length));
        }
    }

    /** Images of any source that has as many as there are labels. */
    public Images(int height, int width, int channels, int classes, PixelSource source, int[] labels) {
        this(height, width, channels, ClassNames.numbered(classes), source, labels);
    }

    public Images(int height, int width, int channels, ClassNames classNames, PixelSource source, int[] labels) {
        this.height = height;
        this.width = width;
        this.channels = channels;
        this.classNames = classNames;
        this.source = source;
        this.labels = labels;
    }

    @Override
    public int count() {
        return labels.length;
    }

    public int height() {
        return height;
    }

    public int width() {
        return width;
    }

    public int channels() {
        return channels;
    }

    public int classes() {
        return classNames.count();
    }

    /** What the classes are called. */
    public ClassNames classNames() {
        return classNames;
    }

    /** How many images there are of each class. */
    public int[] classCounts() {
        int[] counts = new int[classes()];
        for (int label : labels) {
            counts[label]++;
        }
        return counts;
    }

    /** The same images with those classes only that there are images of, in the same order. */
    public Images withClassesThatOccur() {
        BitSet occurring = new BitSet();
        Arrays.stream(labels).forEach(occurring::set);
        if (occurring.cardinality() == classes()) {
            return this;
        }
        int[] old = occurring.stream().toArray();
        int[] renumbered = Arrays.stream(labels)
                .map(label -> Arrays.binarySearch(old, label))
                .toArray();
        return new Images(height, width, channels, classNames.select(old), source, renumbered);
    }

    /** The same images with other labels, of classes of these names. */
    public Images labelled(ClassNames names, int[] others) {
        if (others.length != count()) {
            throw new IllegalArgumentException(others.length + " labels for " + count() + " images");
        }
        return new Images(height, width, channels, names, source, others);
    }

    /** The same images with other names of their classes. */
    public Images called(ClassNames names) {
        if (names.count() != classes()) {
            throw new IllegalArgumentException(names.count() + " names of " + classes() + " classes");
        }
        return new Images(height, width, channels, names, source, labels);
    }

    /**
     * All pixels at once, unsigned bytes in NHWC layout, for sets below 2 GiB; not to be written to. Training sets are
     * too large for that: {@link #onDevice} and {@link #copy} take them piece by piece.
     */
    public byte[] pixels() {
        if (source instanceof PixelSource.InArray array) {
            return array.bytes();
        }
        ByteBuffer all = ByteBuffer.allocate(Math.multiplyExact(count(), imageBytes()));
        copy(0, count(), all);
        return all.array();
    }

    /** The pixels of one image, unsigned bytes in HWC layout. */
    public byte[] pixels(int image) {
        ByteBuffer one = ByteBuffer.allocate(imageBytes());
        source.copy(image, one);
        return one.array();
    }

    @Override
    public double[] vector(int replica, int position) {
        byte[] bytes = pixels(position);
        double unit = 1 / vectorUnit();
        double[] vector = new double[bytes.length];
        Arrays.setAll(vector, i -> unit * (bytes[i] & 0xff));
        return vector;
    }

    @Override
    public Images withVectors(VectorChange change) {
        int size = imageBytes();
        byte[] changed = new byte[Math.multiplyExact(count(), size)];
        double unit = vectorUnit();
        for (int i = 0; i < count(); i++) {
            double[] vector = vector(0, i);
            change.change(0, i, vector);
            for (int k = 0; k < size; k++) {
                changed[i * size + k] = (byte) Math.max(0, Math.min(255, Math.round(unit * vector[k])));
            }
        }
        return new Images(height(), width(), channels(), classNames(), changed, labels());
    }

    private double vectorUnit() {
        return 255 * Math.sqrt(imageBytes());
    }

    /** Puts the pixels of the images from (inclusive) to to (exclusive) at a buffer's position, in NHWC layout. */
    public void copy(int from, int to, ByteBuffer target) {
        for (int image = from; image < to; image++) {
            source.copy(image, target);
        }
    }

    /** The pixels as a uint8 tensor (N, H, W, C), which may be larger than 2 GiB; the heap holds none of it. */
    public Tensor onDevice(Scope scope) {
        return scope.bytes(this::copy, count(), height, width, channels);
    }

    /** SHA-256 of all pixels in NHWC layout, hexadecimal; read image by image. */
    public String pixelHash() {
        MessageDigest digest = Sha256.digest();
        ByteBuffer one = ByteBuffer.allocate(imageBytes());
        for (int image = 0; image < count(); image++) {
            source.copy(image, one.clear());
            digest.update(one.array());
        }
        return Sha256.hex(digest);
    }

    @Override
    public SampleShape shape() {
        return new ImageShape(height, channels, classNames, LabelOrder.inTurn(classNames.count()));
    }

    @Override
    public Optional<Images> images() {
        return Optional.of(this);
    }

    @Override
    public int[] labels() {
        return labels;
    }

    /** Bytes of one image. */
    public int imageBytes() {
        return height * width * channels;
    }

    @Override
    public Images labelledAs(Samples others) {
        Images images = others.images().orElseThrow();
        return labelled(images.classNames, images.labels);
    }

    @Override
    public Images select(int[] positions) {
        int[] chosen =
                Arrays.stream(positions).map(position -> labels[position]).toArray();
        return new Images(height, width, channels, classNames, source.select(positions), chosen);
    }

    /** The images at positions from (inclusive) to to (exclusive). */
    public Images slice(int from, int to) {
        return select(IntStream.range(from, to).toArray());
    }

    @Override
    public Images joined(List<? extends Samples> parts) {
        List<Images> all = parts.stream().map(Images.class::cast).toList();
        for (Images part : all) {
            if (part.height != height || part.width != width || part.channels != channels) {
                throw new IllegalArgumentException("images of different sizes cannot be put together: " + describeSize()
                        + " and " + part.describeSize());
            }
        }
        return new Images(
                height,
                width,
                channels,
                classNames,
                PixelSource.Joined.of(all.stream().map(part -> part.source).toList()),
                all.stream().flatMapToInt(part -> Arrays.stream(part.labels)).toArray());
    }

    @Override
    public void write(Path file) {
        ImageArchive.write(this, file);
    }

    @Override
    public void draw(Path file) {
        ImageGrid.Layout.of(classes(), labels).write(this, file);
    }

    /** Height x width x channels, for messages. */
    public String describeSize() {
        return height + "x" + width + "x" + channels;
    }
}
