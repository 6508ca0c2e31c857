package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.Shuffle;
import org.autophage.data.TrainingSet;
import org.autophage.loop.DataMix;
import org.autophage.loop.SetStage;
import org.autophage.metrics.classifier.SoftmaxProbe;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/**
 * Importance resampling by a detector of synthetic samples (Drayson et al., arXiv 2502.15654): a set as large as before, of which a
 * sample is expected in proportion to qᵇ, q the calibrated probability that it is real, and at most so many times. With a calibrated
 * detector and b = 1 the weighted law is exactly that of the real samples; the paper's b = 10 over-corrects a Gaussian.
 *
 * <p>The detector is a logistic regression that is told the true origins of one half of the set and judges the other, and the other way
 * round, so that it has seen no sample that it judges. It is an oracle in that its examples are the set's own.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription(
        "Resamples a set by how probably each sample is real, says a detector that is told origins of others")
public record OracleImportance(
        @JsonPropertyDescription(
                        "b: the power of the probability, in [0, 100], or a list; 0 keeps all alike, 1 corrects exactly")
                Strength power,
        @JsonPropertyDescription("How many times a sample is kept at most, 1 to 1000000") int copies,
        @JsonPropertyDescription(SetFeatures.DESCRIPTION) @Nullable String features,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements SetRemedy {
    /** The exact power; the paper's number of copies. */
    public static final OracleImportance DEFAULTS = new OracleImportance(Strength.of(1), 3, null, null);

    private static final double LARGEST_POWER = 100;
    private static final int MOST_COPIES = 1_000_000;
    private static final int FEWEST_EXAMPLES = 10;
    /** Coordinates whose products a detector of points sees; of more it sees their squares. */
    private static final int MOST_WITH_PRODUCTS = 16;

    private static final long HALVES = 0;
    private static final long COMB = 1;

    public OracleImportance {
        SetFeatures.checkName(features);
        power.check("power", Range.closed(0, LARGEST_POWER));
        Checks.within("copies", copies, Range.wholeFrom(1, MOST_COPIES));
    }

    @Override
    public void check(Setting setting) {
        SetFeatures.check(features, setting);
        DataMix mix = setting.plan().spec().dataMix();
        for (int t = 2; t <= setting.plan().spec().generations(); t++) {
            long real = (long) mix.fixedReal().at(t) + mix.freshReal().at(t);
            long synthetic = mix.gathered(t) - real;
            if (Math.min(real, synthetic) < FEWEST_EXAMPLES) {
                throw AutophageException.usage(
                        "generation %d has %d real and %d synthetic samples: a detector needs at least %d of each to learn from"
                                .formatted(t, real, synthetic, FEWEST_EXAMPLES));
            }
        }
    }

    @Override
    public Cost cost(Setting setting) {
        return new Cost(0, 0, "each later training set is judged by a logistic regression, and resampled");
    }

    @Override
    public SetStage choice(RemedyContext context) {
        Function<Samples, Features> of = SetFeatures.of(features, context);
        return (set, turn, random) -> {
            Features rows = of.apply(set.samples());
            rows = set.samples().points().isPresent() ? withSquares(rows) : rows;
            boolean[] real = real(set);
            double[] logOdds = logOdds(rows, real, random.random(HALVES));
            DetectorCalibration calibration = DetectorCalibration.of(logOdds, real);
            double[] weights = weights(logOdds, calibration, power.at(turn.generation()));
            int[] positions = Resampling.of(weights, weights.length, copies)
                    .positions(random.random(COMB).nextDouble());
            Map<String, Number> told = new LinkedHashMap<>();
            told.put("temperature", calibration.temperature());
            told.put("calibrationError", calibration.error());
            told.put("effectiveSampleSize", Resampling.effective(weights));
            told.put("different", Arrays.stream(positions).distinct().count());
            told.put("mostCopies", mostCopies(positions));
            return new SetStage.Choice(positions, told);
        };
    }

    private static boolean[] real(TrainingSet set) {
        boolean[] real = new boolean[set.origins().count()];
        for (int i = 0; i < real.length; i++) {
            real[i] = set.origins().generation(i) == Origins.REAL;
        }
        return real;
    }

    /** qᵇ relative to the largest. */
    private static double[] weights(double[] logOdds, DetectorCalibration calibration, double b) {
        double[] logs = Arrays.stream(logOdds)
                .map(each -> b * calibration.logProbability(each))
                .toArray();
        double largest = Arrays.stream(logs).max().orElse(0);
        return Arrays.stream(logs).map(log -> Math.exp(log - largest)).toArray();
    }

    /** For each row the log-odds of being real, from a detector that has learnt from the other half of them. */
    private static double[] logOdds(Features rows, boolean[] real, SplittableRandom random) {
        int[][] halves = halves(real, random);
        double[] odds = new double[real.length];
        for (int half = 0; half < 2; half++) {
            int[] learnt = halves[1 - half];
            int[] labels = Arrays.stream(learnt).map(i -> real[i] ? 1 : 0).toArray();
            SoftmaxProbe detector = SoftmaxProbe.fit(rows.select(learnt), labels, 2);
            int[] asked = new int[halves[half].length];
            Arrays.fill(asked, 1);
            double[] judged = detector.logOdds(rows.select(halves[half]), asked);
            for (int i = 0; i < judged.length; i++) {
                odds[halves[half][i]] = judged[i];
            }
        }
        return odds;
    }

    /** Two halves, each with half of the real samples and half of the others. */
    private static int[][] halves(boolean[] real, SplittableRandom random) {
        int[] order = Shuffle.permutation(real.length, random);
        IntStream[] halves = {IntStream.empty(), IntStream.empty()};
        for (boolean kind : new boolean[] {true, false}) {
            int[] of = Arrays.stream(order).filter(i -> real[i] == kind).toArray();
            halves[0] = IntStream.concat(halves[0], Arrays.stream(of, 0, of.length / 2));
            halves[1] = IntStream.concat(halves[1], Arrays.stream(of, of.length / 2, of.length));
        }
        return new int[][] {halves[0].sorted().toArray(), halves[1].sorted().toArray()};
    }

    /** Coordinates with their products, in which the log-odds of two Gaussians are linear. */
    private static Features withSquares(Features rows) {
        int d = rows.width();
        boolean products = d <= MOST_WITH_PRODUCTS;
        int width = products ? d + d * (d + 1) / 2 : 2 * d;
        double[] values = new double[Math.multiplyExact(rows.count(), width)];
        int at = 0;
        for (int i = 0; i < rows.count(); i++) {
            for (int j = 0; j < d; j++) {
                values[at++] = rows.value(i, j);
            }
            for (int j = 0; j < d; j++) {
                for (int k = j; k < (products ? d : j + 1); k++) {
                    values[at++] = rows.value(i, j) * rows.value(i, k);
                }
            }
        }
        return Features.ofRows(width, values);
    }

    private static int mostCopies(int[] positions) {
        int most = 0;
        for (int i = 0, first = 0; i < positions.length; i++) {
            first = positions[i] == positions[first] ? first : i;
            most = Math.max(most, i - first + 1);
        }
        return most;
    }
}
