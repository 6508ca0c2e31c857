package org.autophage.metrics.classifier;

import java.util.Arrays;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.KnownFactors;
import org.autophage.metrics.features.ColumnScales;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.features.QuadraticTerms;
import org.autophage.statistics.Ridge;
import org.hipparchus.stat.correlation.PearsonsCorrelation;

/**
 * Estimates the factors that images were drawn from, by what real images, whose factors are known, show of them: class by class a
 * ridge regression on {@link ImageMoments} and their products. How good it is, and where the tenths of the real images lie, is told by
 * further real images that nothing was fitted to.
 */
public final class FactorEstimator implements AutoCloseable {
    /** Real images that it is fitted to. */
    private static final int LEARNT = 6000;

    /** Real images behind them that say how good it is. */
    private static final int TESTED = 20_000;

    private static final double TENTH = 0.1;

    /** Of the mean square of standardized moments; chosen once for strokes at 16 and 28 pixels. */
    private static final double PENALTY = 0.03;

    private final QuadraticTerms terms;
    private final Ridge[] ofClasses;
    private final Tested[] tested;

    /**
     * What further real images say of the estimates of a factor.
     *
     * @param correlation of the factor with its estimate
     * @param lowest the tenth of the lowest values
     * @param highest likewise
     */
    private record Tested(double correlation, Tail lowest, Tail highest) {
        static Tested of(double[] truth, double[] estimate) {
            return new Tested(
                    new PearsonsCorrelation().correlation(truth, estimate),
                    Tail.of(truth, estimate, false),
                    Tail.of(truth, estimate, true));
        }
    }

    /**
     * How a tenth of the real images looks to the estimator.
     *
     * @param edge estimates beyond are said to be of the tenth
     * @param upper whether beyond is above
     * @param ofTenth share of the tenth's images that are said to be of it
     * @param ofOthers share of the others that are
     */
    private record Tail(double edge, boolean upper, double ofTenth, double ofOthers) {
        static Tail of(double[] truth, double[] estimate, boolean upper) {
            double edgeOfTruth = edge(truth, upper);
            double edge = edge(estimate, upper);
            int ofTenth = 0;
            int said = 0;
            int wronglySaid = 0;
            for (int i = 0; i < truth.length; i++) {
                boolean is = isBeyond(truth[i], edgeOfTruth, upper);
                boolean beyond = isBeyond(estimate[i], edge, upper);
                ofTenth += is ? 1 : 0;
                said += is && beyond ? 1 : 0;
                wronglySaid += !is && beyond ? 1 : 0;
            }
            return new Tail(edge, upper, said / (double) ofTenth, wronglySaid / (double) (truth.length - ofTenth));
        }

        private static double edge(double[] values, boolean upper) {
            double[] sorted = values.clone();
            Arrays.sort(sorted);
            int tenth = (int) (TENTH * sorted.length);
            return upper ? sorted[sorted.length - tenth - 1] : sorted[tenth];
        }

        private static boolean isBeyond(double value, double edge, boolean upper) {
            return upper ? value > edge : value < edge;
        }

        boolean has(double estimate) {
            return isBeyond(estimate, edge, upper);
        }
    }

    /**
     * The share of samples that are of a tenth of the real ones.
     *
     * @param value such that the estimator would say of so many that they are of it as it does; at least 0
     * @param error standard error where nothing is lost, of the samples' and of the real images' finite number
     */
    public record Share(double value, double error) {}

    /**
     * Fits to the first real images.
     *
     * @param dataset images whose factors are known, which never run out
     */
    public FactorEstimator(Dataset dataset) {
        KnownFactors known = dataset.knownFactors().orElseThrow();
        Images learnt = images(dataset, 0, LEARNT);
        Features moments = ImageMoments.of(learnt);
        this.terms = new QuadraticTerms(ColumnScales.of(moments), true);
        double[][] shown = rows(terms.of(moments));
        double[][] factors = factors(known, 0, LEARNT);
        this.ofClasses = new Ridge[learnt.classes()];
        for (int c = 0; c < ofClasses.length; c++) {
            int label = c;
            int[] rows = IntStream.range(0, LEARNT)
                    .filter(i -> learnt.labels()[i] == label)
                    .toArray();
            ofClasses[c] = Ridge.fit(select(shown, rows), select(factors, rows), PENALTY);
        }
        Images further = images(dataset, LEARNT, TESTED);
        double[][] truth = factors(known, LEARNT, TESTED);
        double[][] estimate = estimate(further, further.labels());
        this.tested = new Tested[known.factors().size()];
        for (int f = 0; f < tested.length; f++) {
            tested[f] = Tested.of(column(truth, f), column(estimate, f));
        }
    }

    private static double[][] rows(Features features) {
        double[][] rows = new double[features.count()][features.width()];
        for (int row = 0; row < rows.length; row++) {
            int at = row;
            Arrays.setAll(rows[row], column -> features.value(at, column));
        }
        return rows;
    }

    private static Images images(Dataset dataset, int from, int count) {
        return dataset.real(LongStream.range(from, from + (long) count).toArray())
                .images()
                .orElseThrow();
    }

    private static double[][] factors(KnownFactors known, int from, int count) {
        return IntStream.range(from, from + count).mapToObj(known::of).toArray(double[][]::new);
    }

    private static double[][] select(double[][] rows, int[] chosen) {
        return Arrays.stream(chosen).mapToObj(row -> rows[row]).toArray(double[][]::new);
    }

    private static double[] column(double[][] rows, int column) {
        return Arrays.stream(rows).mapToDouble(row -> row[column]).toArray();
    }

    /**
     * The factors of images.
     *
     * @param classes of each
     * @return (images, factors)
     */
    public double[][] estimate(Images images, int[] classes) {
        double[][] shown = rows(terms.of(ImageMoments.of(images)));
        return IntStream.range(0, shown.length)
                .mapToObj(i -> ofClasses[classes[i]].at(shown[i]))
                .toArray(double[][]::new);
    }

    /** The correlation of a factor with its estimate, over real images that nothing was fitted to. */
    public double correlation(int factor) {
        return tested[factor].correlation;
    }

    /**
     * How many of samples are of a tenth of the real ones: the share s of which s · a + (1 − s) · b are said to be of it, where of the
     * real tenth a share a is, and of the others b.
     *
     * @param estimates of one factor, one a sample
     * @param upper whether the tenth of the highest values is meant
     */
    public Share share(int factor, boolean upper, double[] estimates) {
        Tail tail = upper ? tested[factor].highest : tested[factor].lowest;
        double said = Arrays.stream(estimates).filter(tail::has).count() / (double) estimates.length;
        double gain = tail.ofTenth - tail.ofOthers;
        double share = Math.max(0, (said - tail.ofOthers) / gain);
        double spread = TENTH * (1 - TENTH);
        return new Share(share, Math.sqrt(spread / estimates.length + spread / TESTED) / gain);
    }

    @Override
    public void close() {}
}
