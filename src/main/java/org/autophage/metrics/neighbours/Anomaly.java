package org.autophage.metrics.neighbours;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.data.Shuffle;
import org.autophage.metrics.features.Features;
import org.autophage.statistics.MannWhitney;

/**
 * How anomalous generated samples are beside real ones: the score is the distance to the k-th nearest sample of one half of the real
 * set, which neither the generated samples nor the other half's are in, so that both are asked the same. Either half is the judge once;
 * figures are means of the two.
 *
 * @param area the probability that a generated sample is farther away than a held-out real one (AUROC): ½ where the laws are one,
 *     below ½ where samples keep to where real ones are dense
 * @param beyond the share of generated samples that are farther away than 95% of the held-out real ones; .05 where the laws are one
 */
public record Anomaly(double area, double beyond) {
    /** Which real samples are in which half. */
    private static final long SEED = 20_264;

    private static final double INSIDE = .95;

    /** Whether so many real samples are enough. */
    public static boolean isPossible(int real, int neighbours) {
        return real / 2 >= neighbours && real >= 2;
    }

    /**
     * Scores samples.
     *
     * @param neighbours k
     * @throws org.autophage.base.AutophageException (usage) if half of the real samples are fewer than k, or the two do not have the
     *     same number of features
     */
    public static Anomaly of(NeighbourSearch search, Features real, Features fake, int neighbours) {
        int[] order = Shuffle.permutation(real.count(), new SplittableRandom(SEED));
        int half = real.count() / 2;
        Features first = real.select(Arrays.copyOf(order, half));
        Features second = real.select(Arrays.copyOfRange(order, half, real.count()));
        Anomaly one = of(search, first, second, fake, neighbours);
        Anomaly other = of(search, second, first, fake, neighbours);
        return new Anomaly((one.area + other.area) / 2, (one.beyond + other.beyond) / 2);
    }

    private static Anomaly of(NeighbourSearch search, Features judge, Features heldOut, Features fake, int neighbours) {
        double[] reals = search.between(heldOut, judge, neighbours).distancesTo(neighbours);
        double[] fakes = search.between(fake, judge, neighbours).distancesTo(neighbours);
        Arrays.sort(reals);
        // Of n held-out samples and a further one of their law, the further one is past the j-th with probability 1 −
        // j/(n + 1).
        int rank = (int) Math.ceil(INSIDE * (reals.length + 1));
        double edge = rank > reals.length ? Double.POSITIVE_INFINITY : reals[rank - 1];
        long past = Arrays.stream(fakes).filter(distance -> distance > edge).count();
        return new Anomaly(MannWhitney.of(fakes, reals).share(), (double) past / fakes.length);
    }
}
