package org.autophage.loop;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.data.Samples;
import org.jspecify.annotations.Nullable;

/** Samples, and which of a model's draws each of them is. */
public final class Given {
    private final Samples samples;
    /** Null where sample i is draw i. */
    private final long @Nullable [] draws;

    /**
     * Some of a model's draws.
     *
     * @param samples the samples
     * @param draws for each of them its number among the model's draws, counted from 0
     */
    public Given(Samples samples, long[] draws) {
        if (samples.count() != draws.length) {
            throw new IllegalArgumentException(samples.count() + " samples, but " + draws.length + " draws");
        }
        this.samples = samples;
        this.draws = isInTurn(draws) ? null : draws.clone();
    }

    private Given(Samples samples) {
        this.samples = samples;
        this.draws = null;
    }

    /** The first of a model's draws, as many as there are samples. */
    public static Given inTurn(Samples samples) {
        return new Given(samples);
    }

    private static boolean isInTurn(long[] draws) {
        for (int i = 0; i < draws.length; i++) {
            if (draws[i] != i) {
                return false;
            }
        }
        return true;
    }

    public Samples samples() {
        return samples;
    }

    public int count() {
        return samples.count();
    }

    /** The number of the sample at this position among the model's draws. */
    public long draw(int position) {
        return draws == null ? position : draws[position];
    }

    /** Whether sample i is draw i throughout. */
    public boolean isInTurn() {
        return draws == null;
    }

    /** All samples of these parts, in order; there is at least one. */
    public static Given concatenate(List<Given> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        long[] draws = parts.stream()
                .flatMapToLong(part -> IntStream.range(0, part.count()).mapToLong(part::draw))
                .toArray();
        return new Given(Samples.concatenate(parts.stream().map(Given::samples).toList()), draws);
    }

    /**
     * Of samples in replicas, each replica's own choice; the numbers of the draws are then those of the first replica.
     *
     * @param positions for each replica which of its samples, all of them as many, in that order
     */
    public Given selectEach(int[][] positions) {
        return new Given(
                samples.selectEach(positions),
                Arrays.stream(positions[0]).mapToLong(this::draw).toArray());
    }

    /** The same samples made into others, one for one. */
    public Given with(Samples others) {
        if (others.count() != count()) {
            throw new IllegalArgumentException(others.count() + " samples in place of " + count());
        }
        return draws == null ? new Given(others) : new Given(others, draws);
    }

    /** The samples at some positions, in that order. */
    public Given select(int[] positions) {
        return new Given(
                samples.select(positions),
                Arrays.stream(positions).mapToLong(this::draw).toArray());
    }
}
