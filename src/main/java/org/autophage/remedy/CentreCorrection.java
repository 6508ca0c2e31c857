package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.autophage.base.Checks;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Range;
import org.autophage.base.Seeds;
import org.autophage.data.Samples;
import org.autophage.loop.PoolStage;
import org.autophage.statistics.KMeans;
import org.jspecify.annotations.Nullable;

/**
 * Self-correction after Gillman et al. (arXiv 2402.07087): every draw goes to the nearest of K centres of real samples, of its own class where
 * there are classes. The centres are found once, on real samples that the records count. No loop with it collapses wholly; what is
 * left of the spread is that of the centres.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Moves draws to the nearest of K centres of real samples, class by class")
public record CentreCorrection(
        @JsonPropertyDescription("K: centres of each class, 1 to 10000") int centres,
        @JsonPropertyDescription(
                        "Real samples that the centres are found on, at least 1; not more than the dataset has")
                int samples,
        @JsonPropertyDescription(
                        "gamma, above 0, or a list: draws go gamma/(1 + gamma) of the way to their centre; left out, all the way")
                @Nullable
                Strength strength)
        implements PoolRemedy {
    /** Sixteen a class, as for the digits of the paper. */
    public static final CentreCorrection DEFAULTS = new CentreCorrection(16, 10_000, null);

    private static final int MOST_CENTRES = 10_000;
    private static final long SEED = 20_240_207;

    public CentreCorrection {
        Checks.within("centres", centres, Range.wholeFrom(1, MOST_CENTRES));
        Checks.within("samples", samples, Range.atLeast(centres), "the number of centres");
        if (strength != null) {
            strength.check("strength", Range.above(0));
        }
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
        setting.requireVectors();
    }

    @Override
    public Cost cost(Setting setting) {
        return new Cost(0, 0, "the samples given go to %d centres a class".formatted(centres))
                .knowing(RealSamples.known(samples, setting.available()));
    }

    @Override
    public PoolStage open(RemedyContext context) {
        Samples real = RealSamples.of(context.dataset(), samples);
        TreeMap<Integer, double[]> found = new TreeMap<>();
        Map<String, Number> known = Map.of("centresKnow", real.count());
        return (draws, turn) -> new Correction(
                draws,
                turn,
                drawn -> {
                    if (found.isEmpty()) {
                        found.putAll(ofClasses(real));
                    }
                    return moved(drawn, found, way(turn.generation()));
                },
                () -> known);
    }

    /** The centres of each class, in the coordinates of {@link Samples#vector}; of points those of the first replica, for all. */
    private TreeMap<Integer, double[]> ofClasses(Samples real) {
        int[] classes = real.labels();
        TreeMap<Integer, double[]> all = new TreeMap<>();
        for (int each : IntStream.of(classes).distinct().toArray()) {
            double[][] members = IntStream.range(0, classes.length)
                    .filter(i -> classes[i] == each)
                    .mapToObj(i -> real.vector(0, i))
                    .toArray(double[][]::new);
            double[] flat =
                    Arrays.stream(members).flatMapToDouble(Arrays::stream).toArray();
            all.put(
                    each,
                    KMeans.centres(
                            flat,
                            members[0].length,
                            Math.min(centres, members.length),
                            new Seeds(SEED).random(0, Phase.SELECT, each)));
        }
        return all;
    }

    private double way(int generation) {
        if (strength == null) {
            return 1;
        }
        double gamma = strength.at(generation);
        return gamma / (1 + gamma);
    }

    private static Samples moved(Samples drawn, TreeMap<Integer, double[]> ofClasses, double way) {
        int[] classes = drawn.labels();
        return drawn.withVectors((replica, position, vector) -> {
            Interruptible.proceed();
            double[] own = ofClasses.get(classes[position]);
            if (own != null) { // a class without real samples has no centres: its draws stay
                move(vector, own, way);
            }
        });
    }

    private static void move(double[] vector, double[] centres, double way) {
        int nearest = KMeans.nearest(centres, vector, 0, vector.length) * vector.length;
        for (int k = 0; k < vector.length; k++) {
            double centre = centres[nearest + k];
            vector[k] = way == 1 ? centre : vector[k] + way * (centre - vector[k]);
        }
    }
}
