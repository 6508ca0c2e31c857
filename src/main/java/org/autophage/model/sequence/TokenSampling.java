package org.autophage.model.sequence;

import java.util.stream.IntStream;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.CounterRandom;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;

/**
 * Draws sequences on all cores: sequence i of replica r has a stream of its own, keyed by its chunk's seed, the replica and its place in
 * the chunk.
 *
 * @param shape of a sequence
 * @param chunk sequences of every replica whose streams one seed keys
 */
record TokenSampling(TokenShape shape, int chunk) {
    /** Tokens between two looks at the stop signal. */
    private static final int BLOCK = 1 << 18;

    /** Draws one sequence. */
    @FunctionalInterface
    interface Draw {
        /** @param index of the sample, by which a token that is given is chosen */
        int[] sequence(int replica, int index, CounterRandom random);
    }

    Tokens run(int count, Seeds.Stream seeds, Work work, Draw draw) {
        return run("sampling", count, seeds, work, draw);
    }

    /**
     * Draws tokens of given sequences anew.
     *
     * @param draw gives the edited sequence of a replica and an index
     */
    Tokens edit(Tokens given, Seeds.Stream seeds, Work work, Draw draw) {
        return run("editing", given.count(), seeds, work, draw);
    }

    private Tokens run(String what, int count, Seeds.Stream seeds, Work work, Draw draw) {
        int replicas = shape.replicas();
        int[][] sequences = new int[Math.multiplyExact(replicas, count)][];
        long[] keys = IntStream.range(0, (count + chunk - 1) / chunk)
                .mapToLong(seeds::of)
                .toArray();
        try (Progress.Task task = work.progress().begin(what, sequences.length, "sequences")) {
            int block = Math.max(1, BLOCK / shape.length());
            for (int from = 0; from < sequences.length; from += block) {
                if (work.stop().requested()) {
                    throw StopSignal.interrupted();
                }
                int end = Math.min(sequences.length, from + block);
                IntStream.range(from, end).parallel().forEach(at -> {
                    int i = at % count;
                    CounterRandom random = new CounterRandom(keys[i / chunk], at / count, i % chunk);
                    sequences[at] = draw.sequence(at / count, i, random);
                });
                task.advanceTo(end, "");
            }
        }
        return Tokens.of(replicas, shape.vocabulary(), sequences);
    }
}
