package org.autophage.metrics.points;

import java.util.Arrays;
import java.util.OptionalDouble;
import java.util.stream.IntStream;
import org.autophage.data.Density;
import org.autophage.data.PointLaw;
import org.autophage.data.Points;
import org.autophage.measure.Metrics;
import org.autophage.metrics.ReplicaMeans;

/** How likely held-out points are under what a model has learnt. */
public final class HeldOutLikelihood {
    private final Points holdout;
    private final OptionalDouble ofTruth;

    public HeldOutLikelihood(PointLaw law, Points holdout) {
        this.holdout = holdout;
        OptionalDouble[] densities = IntStream.range(0, holdout.count())
                .mapToObj(i -> law.logDensity(holdout.values(), i * holdout.dimensions()))
                .toArray(OptionalDouble[]::new);
        this.ofTruth = Arrays.stream(densities).allMatch(OptionalDouble::isPresent)
                ? Arrays.stream(densities)
                        .mapToDouble(OptionalDouble::getAsDouble)
                        .average()
                : OptionalDouble.empty();
    }

    /**
     * Adds {@code logLikelihood}, the mean logarithm of the density at the held-out points in nats a point, and, where
     * the truth has a density, {@code kullbackLeibler}: how much less it is than the truth's, which estimates the
     * divergence of the learnt law from the truth (and may fall a little below 0, being an estimate).
     */
    public void measure(Density learnt, ReplicaMeans means) {
        double[] all = learnt.logDensity(holdout);
        double[] likelihoods = new double[all.length / holdout.count()];
        Arrays.setAll(
                likelihoods, replica -> Arrays.stream(all, replica * holdout.count(), (replica + 1) * holdout.count())
                        .average()
                        .orElseThrow());
        means.add(Metrics.LOG_LIKELIHOOD, likelihoods);
        ofTruth.ifPresent(truth -> means.add(
                Metrics.KULLBACK_LEIBLER,
                Arrays.stream(likelihoods).map(learned -> truth - learned).toArray()));
    }
}
