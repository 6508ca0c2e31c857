package org.autophage.data.strokes;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.autophage.base.Interruptible;
import org.autophage.base.Sha256;
import org.autophage.base.StopSignal;
import org.autophage.data.CounterRandom;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.KnownFactors;
import org.jspecify.annotations.Nullable;

/**
 * An unlimited source of digit-like glyphs in ten classes, drawn from stroke skeletons under random
 * {@linkplain GlyphFactors factors}. Image i is a function of (seed, size, i) alone, on every machine. Its label is i
 * mod 10, so that any run of consecutive indices is balanced. Where factors move, image i of a later generation is the same
 * glyph with these factors moved.
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
    /** How many generations the law has moved for. */
    private final int moved;

    private @Nullable Images holdout;

    /** What was asked for last, whose holdout a generation needs more than once. */
    private @Nullable StrokesDataset later;

    StrokesDataset(StrokesSpec spec) {
        this(spec, 0);
    }

    private StrokesDataset(StrokesSpec spec, int moved) {
        this.spec = spec;
        this.moved = moved;
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

    @Override
    public Optional<KnownFactors> knownFactors() {
        return Optional.of(new StrokeFactors(this));
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
    public synchronized StrokesDataset at(int generation) {
        if (spec.drift() == null || generation == 1) {
            return this;
        }
        if (later == null || later.moved != generation - 1) {
            spec.drift().check(generation - 1);
            later = new StrokesDataset(spec, generation - 1);
        }
        return later;
    }

    @Override
    public StrokesDataset whole() {
        return spec.drift() == null
                ? this
                : new StrokesDataset(new StrokesSpec(spec.size(), spec.holdout(), spec.seed()));
    }

    /** Of the source, wherever its law is by now. */
    @Override
    public String hash() {
        return Sha256.of("strokes %d size %d holdout %d seed %d%s"
                .formatted(
                        DRAWING_VERSION,
                        spec.size(),
                        spec.holdout(),
                        spec.seed(),
                        spec.drift() == null ? "" : " drift " + spec.drift().steps()));
    }

    private GlyphFactors factors(long stream, long index) {
        GlyphFactors first = GlyphFactors.draw(label(index), new CounterRandom(spec.seed(), stream, index));
        return spec.drift() == null || moved == 0 ? first : spec.drift().after(moved, first);
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
