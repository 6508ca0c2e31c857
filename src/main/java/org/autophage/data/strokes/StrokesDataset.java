package org.autophage.data.strokes;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.base.Interruptible;
import org.autophage.base.Sha256;
import org.autophage.base.StopSignal;
import org.autophage.data.CounterRandom;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.jspecify.annotations.Nullable;

/**
 * An unlimited source of digit-like glyphs in ten classes, drawn from stroke skeletons under random
 * {@linkplain GlyphFactors factors}. Image i is a function of (seed, size, i) alone, on every machine. Its label is i
 * mod 10, so that any run of consecutive indices is balanced.
 *
 * <p>The holdout is drawn from a random stream of its own: no index leads to it.
 */
public final class StrokesDataset implements Dataset {
    /** Counts changes of the drawing that change images, so that the hash tells them apart. */
    private static final int DRAWING_VERSION = 1;

    private static final long REAL_STREAM = 1;
    private static final long HOLDOUT_STREAM = 2;

    /** Images that one task draws on one canvas. */
    private static final int CHUNK = 256;

    private final StrokesSpec spec;
    private @Nullable Images holdout;

    StrokesDataset(StrokesSpec spec) {
        this.spec = spec;
    }

    @Override
    public String name() {
        return StrokesSpec.KIND;
    }

    @Override
    public long available() {
        return UNLIMITED;
    }

    @Override
    public Images real(long[] indices) {
        for (long index : indices) {
            if (index < 0) {
                throw new IllegalArgumentException("image " + index + " of strokes: indices begin at 0");
            }
        }
        return paint(REAL_STREAM, indices);
    }

    /** Nothing is drawn for it. */
    @Override
    public int[] labels(long[] indices) {
        return Arrays.stream(indices).mapToInt(StrokesDataset::label).toArray();
    }

    private static int label(long index) {
        return (int) (index % GlyphSkeleton.CLASSES);
    }

    /** Drawn once: a run asks for it for its classifiers, its metrics and its guard against the holdout in training sets. */
    @Override
    public synchronized Images holdout() {
        if (holdout == null) {
            holdout = paint(
                    HOLDOUT_STREAM,
                    IntStream.range(0, spec.holdout()).asLongStream().toArray());
        }
        return holdout;
    }

    /** The generative factors of a real image, as {@link #real} draws it. */
    public GlyphFactors factors(long index) {
        return factors(REAL_STREAM, index);
    }

    /** The generative factors of the holdout, in its order. */
    public List<GlyphFactors> holdoutFactors() {
        return IntStream.range(0, spec.holdout())
                .mapToObj(position -> factors(HOLDOUT_STREAM, position))
                .toList();
    }

    @Override
    public String hash() {
        return Sha256.of("strokes %d size %d holdout %d seed %d"
                .formatted(DRAWING_VERSION, spec.size(), spec.holdout(), spec.seed()));
    }

    private GlyphFactors factors(long stream, long index) {
        return GlyphFactors.draw(label(index), new CounterRandom(spec.seed(), stream, index));
    }

    /** Draws on all cores, each task on its own canvas. */
    private Images paint(long stream, long[] indices) {
        int imageBytes = spec.size() * spec.size();
        byte[] pixels = new byte[Math.multiplyExact(indices.length, imageBytes)];
        int[] labels = new int[indices.length];
        int chunks = (indices.length + CHUNK - 1) / CHUNK;
        StopSignal stop = Interruptible.signal();
        IntStream.range(0, chunks).parallel().forEach(chunk -> {
            if (stop.requested()) {
                throw StopSignal.interrupted();
            }
            GlyphPainter painter = new GlyphPainter(spec.size());
            for (int i = chunk * CHUNK; i < Math.min(indices.length, (chunk + 1) * CHUNK); i++) {
                GlyphFactors factors = factors(stream, indices[i]);
                labels[i] = factors.label();
                painter.paint(factors, pixels, i * imageBytes);
            }
        });
        return new Images(spec.size(), spec.size(), 1, GlyphSkeleton.CLASSES, pixels, labels);
    }
}
