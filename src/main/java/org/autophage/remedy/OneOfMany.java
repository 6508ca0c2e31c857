package org.autophage.remedy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.Turn;
import org.jspecify.annotations.Nullable;

/** One of every so many draws that follow each other, by their scores; classes are not looked at and need not keep their shares. */
final class OneOfMany extends Selection {
    private final Draws draws;
    private final int of;
    private final SampleScores scores;
    private final String what;
    private final Chooser chooser;
    private SplittableRandom @Nullable [] chances;

    /** Chooses one of candidates that follow each other. */
    @FunctionalInterface
    interface Chooser {
        /**
         * The chosen one's number among them, counted from 0.
         *
         * @param scores of all candidates
         * @param from position of the first in the scores
         * @param count how many there are
         */
        int choose(double[] scores, int from, int count, SplittableRandom chance);
    }

    /**
     * @param kind of the remedy, for messages
     * @param control null for the chooser's
     * @param of K, at least 1
     * @param what the scores are called in messages
     * @param known what is to be told besides, the same for every generation
     */
    OneOfMany(
            Draws draws,
            Turn turn,
            String kind,
            @Nullable Control control,
            int of,
            SampleScores scores,
            String what,
            Chooser chooser,
            Map<String, Number> known) {
        super(turn, kind, control, known);
        this.draws = draws;
        this.of = of;
        this.scores = scores;
        this.what = what;
        this.chooser = chooser;
    }

    @Override
    Choice choose(int count) {
        Given all = draws.next(Math.multiplyExact(count, of));
        return interruptibly(() -> {
            int candidates = all.count();
            int replicas = all.samples().replicas();
            if (chances == null) {
                chances = chances(replicas);
            }
            SplittableRandom[] each = chances;
            double[] score = finite(scores.of(all.samples()), candidates, what);
            int[] positions = IntStream.range(0, candidates).toArray();
            List<Group> groups = IntStream.range(0, replicas)
                    .mapToObj(replica -> new Group(
                            replica,
                            positions,
                            IntStream.range(0, count)
                                    .map(i -> i * of
                                            + chooser.choose(score, replica * candidates + i * of, of, each[replica]))
                                    .toArray()))
                    .toList();
            return new Choice(all, groups, score);
        });
    }
}
