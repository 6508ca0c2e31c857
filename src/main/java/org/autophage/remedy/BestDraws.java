package org.autophage.remedy;

import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.StopSignal;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;

/**
 * The draws with the highest scores, out of so many times as many as are asked for, in the order in which they were drawn. Of every
 * class there are as many as its share of all draws, to one, so that classes keep the shares that were asked for.
 */
final class BestDraws implements Draws {
    /** A smaller share would make every generation draw more than a thousand times as many. */
    private static final double LEAST_KEPT = 1e-3;

    private final Draws draws;
    private final StopSignal stop;
    private final double keep;
    private final Function<Samples, double[]> scores;
    private final Map<String, Number> known;
    private long drawn;
    private long given;
    private double least = Double.POSITIVE_INFINITY;
    private double sumOfDrawn;
    private double sumOfGiven;

    /**
     * @param stop at which a ranking is given up, which keeps nothing
     * @param keep the share of the draws that is kept, in (0, 1]
     * @param scores of samples, higher is better; equal ones are taken as they were drawn
     * @param known what is to be told besides, the same for every generation
     */
    BestDraws(
            Draws draws, StopSignal stop, double keep, Function<Samples, double[]> scores, Map<String, Number> known) {
        this.draws = draws;
        this.stop = stop;
        this.keep = keep;
        this.scores = scores;
        this.known = known;
    }

    /** The classes that images were asked to be of; one class where there are none. */
    private static int[] classes(Samples samples) {
        return samples.images().map(Images::labels).orElseGet(() -> new int[samples.count()]);
    }

    /**
     * Refuses a share of the draws that cannot be kept.
     *
     * @throws AutophageException with USAGE
     */
    static void checkKeep(double keep) {
        if (!(keep >= LEAST_KEPT && keep <= 1)) {
            throw AutophageException.usage(
                    "keep is %s: must be in [%s, 1], the share of the draws that is kept".formatted(keep, LEAST_KEPT));
        }
    }

    /**
     * Refuses an experiment that has no samples to choose.
     *
     * @throws AutophageException with USAGE
     */
    static void check(Setting setting) {
        if (setting.plan().spec().synthetic() < 1) {
            throw AutophageException.usage("loop.synthetic is 0: there are no samples to choose");
        }
    }

    /** What such a choice costs a generation. */
    static Remedy.Cost cost(double keep, Setting setting) {
        int given = setting.plan().spec().synthetic();
        long drawn = drawn(given, keep);
        return new Remedy.Cost(
                Math.max(0, drawn - setting.plan().samplesPerGeneration()),
                0,
                "each model draws %d samples for the %d that it gives".formatted(drawn, given));
    }

    /** How many are drawn for so many. */
    static long drawn(int count, double keep) {
        return (long) Math.ceil(count / keep - 1e-9); // a keep of .1 is a little more than a tenth
    }

    @Override
    public Given next(int count) {
        Given all = draws.next(Math.toIntExact(drawn(count, keep)));
        double[] score = Interruptible.until(stop, () -> scores.apply(all.samples()));
        int[] chosen = best(score, classes(all.samples()), count);
        drawn += all.count();
        given += chosen.length;
        sumOfDrawn += Arrays.stream(score).sum();
        for (int position : chosen) {
            sumOfGiven += score[position];
            least = Math.min(least, score[position]);
        }
        return all.select(chosen);
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

    @Override
    public Map<String, Number> told() {
        Map<String, Number> told = new LinkedHashMap<>();
        told.put("drawn", drawn);
        told.put("given", given);
        told.put("meanOfDrawn", sumOfDrawn / drawn);
        told.put("meanOfGiven", sumOfGiven / given);
        told.put("leastOfGiven", least);
        told.putAll(known);
        return told;
    }
}
