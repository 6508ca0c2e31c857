package org.autophage.remedy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Range;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The draws with the highest scores, out of so many times as many as are asked for, in the order in which they were drawn. Of every
 * class there are as many as its share of all draws, to one, so that classes keep the shares that were asked for.
 */
final class BestDraws extends Selection {
    /** A smaller share would make every generation draw more than a thousand times as many. */
    private static final double LEAST_KEPT = 1e-3;

    private final Draws draws;
    private final double keep;
    private final SampleScores scores;
    private final boolean tellsScores;

    /**
     * The best ones.
     *
     * @param kind of the remedy, for messages
     * @param keep the share of the draws that is kept, in (0, 1]
     * @param scores of samples, higher is better; equal ones are taken as they were drawn
     * @param known what is to be told besides, the same for every generation
     */
    BestDraws(Draws draws, Turn turn, String kind, double keep, SampleScores scores, Map<String, Number> known) {
        this(draws, turn, kind, null, keep, scores, known);
    }

    private BestDraws(
            Draws draws,
            Turn turn,
            String kind,
            @Nullable Control control,
            double keep,
            SampleScores scores,
            Map<String, Number> known) {
        super(turn, kind, control, known);
        this.draws = draws;
        this.keep = keep;
        this.scores = scores;
        this.tellsScores = control == null;
    }

    /** A share of the draws, chosen blindly. */
    static BestDraws blind(Draws draws, Turn turn, String kind, double keep) {
        return new BestDraws(
                draws,
                turn,
                kind,
                Control.RANDOM,
                keep,
                samples -> new double[samples.replicas() * samples.count()],
                Map.of());
    }

    /**
     * Refuses a share of the draws that cannot be kept.
     *
     * @throws AutophageException with USAGE
     */
    static void checkKeep(Strength keep) {
        keep.check("keep", Range.closed(LEAST_KEPT, 1), "the share of the draws that is kept");
    }

    /** What such a choice costs a generation, the dearest one. */
    static Remedy.Cost cost(Strength keep, Setting setting) {
        return Remedy.Cost.ofDraws(drawn(setting.given(), keep.least()), setting);
    }

    /** How many are drawn for so many. */
    static long drawn(int count, double keep) {
        return (long) Math.ceil(count / keep - 1e-9); // a keep of .1 is a little more than a tenth
    }

    @Override
    Choice choose(int count) {
        Given all = draws.next(Math.toIntExact(drawn(count, keep)));
        return interruptibly(() -> chosen(all, count));
    }

    private Choice chosen(Given all, int count) {
        int candidates = all.count();
        double[] score = finite(scores.of(all.samples()), candidates, "score");
        int[] classes = all.samples().labels();
        List<Group> groups = new ArrayList<>();
        for (int replica = 0; replica < all.samples().replicas(); replica++) {
            int[] best =
                    best(Arrays.copyOfRange(score, replica * candidates, (replica + 1) * candidates), classes, count);
            for (int each : IntStream.of(classes).distinct().toArray()) {
                groups.add(new Group(
                        replica,
                        IntStream.range(0, candidates)
                                .filter(i -> classes[i] == each)
                                .toArray(),
                        IntStream.of(best).filter(i -> classes[i] == each).toArray()));
            }
        }
        return new Choice(all, groups, tellsScores ? score : null);
    }

    /** Positions of the best, rising: of every group its share of the count. */
    static int[] best(double[] scores, int[] groups, int count) {
        TreeMap<Integer, int[]> members = new TreeMap<>();
        for (int group : IntStream.of(groups).distinct().toArray()) {
            members.put(
                    group,
                    IntStream.range(0, groups.length)
                            .filter(i -> groups[i] == group)
                            .boxed()
                            .sorted(Comparator.comparingDouble((Integer i) -> -scores[i]))
                            .mapToInt(i -> i)
                            .toArray());
        }
        return quotas(members, groups.length, count).entrySet().stream()
                .flatMapToInt(quota -> Arrays.stream(members.getOrDefault(quota.getKey(), new int[0]))
                        .limit(quota.getValue()))
                .sorted()
                .toArray();
    }

    /** The count shared among groups in proportion to their members; what is left goes to the largest remainders, low numbers first. */
    private static Map<Integer, Integer> quotas(TreeMap<Integer, int[]> members, int all, int count) {
        Map<Integer, Integer> quotas = new LinkedHashMap<>();
        members.forEach((group, positions) -> quotas.put(group, (int) ((long) positions.length * count / all)));
        int left = count - quotas.values().stream().mapToInt(quota -> quota).sum();
        members.entrySet().stream()
                .sorted(Comparator.comparingLong(
                        group -> -((long) group.getValue().length * count % all))) // stable: low numbers first
                .limit(left)
                .forEach(group -> quotas.merge(group.getKey(), 1, Integer::sum));
        return quotas;
    }
}
