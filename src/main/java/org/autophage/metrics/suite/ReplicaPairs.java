package org.autophage.metrics.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autophage.data.Points;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;

/**
 * Points of every replica beside the holdout, with their coordinates as features: of as many of a generation's samples as
 * the spec asks for, the first ones.
 */
final class ReplicaPairs implements AutoCloseable {
    private final MetricsSpec spec;
    private final Instruments instruments;

    ReplicaPairs(MetricsSpec spec, Device device) {
        this.spec = spec;
        this.instruments = new Instruments(device, spec.neighbours(), spec.ball());
    }

    /**
     * What every replica can be compared with.
     *
     * @param holdout of one replica
     */
    MeasuredSet reference(Points holdout) {
        return MeasuredSet.of("the holdout", instruments, features(holdout));
    }

    /**
     * The samples that are looked at.
     *
     * @throws org.autophage.base.AutophageException (usage) if there are too few samples
     */
    Points measured(Points samples) {
        Points measured = samples.count() > spec.samples() ? samples.first(spec.samples()) : samples;
        spec.requireEnough("the number of samples", measured.count());
        return measured;
    }

    /**
     * What metrics find of samples.
     *
     * @param generation that the samples are of
     * @param reference what they are compared with
     * @param first the same as it was at generation 1
     * @return a list a metric, of one each a replica
     */
    List<List<Findings>> of(
            Points measured,
            MeasuredGeneration generation,
            MeasuredSet reference,
            MeasuredSet first,
            List<SampleMetric> metrics) {
        List<List<Findings>> found = new ArrayList<>();
        metrics.forEach(metric -> found.add(new ArrayList<>()));
        for (int r = 0; r < measured.replicas(); r++) {
            int replica = r;
            MeasuredSet fake = MeasuredSet.of("the samples", instruments, features(measured.replica(replica)));
            MeasuredSet training = MeasuredSet.of(
                    "the training set",
                    instruments,
                    () -> features(generation.training().points().orElseThrow().replica(replica)),
                    Optional::empty);
            MeasuredPair pair =
                    MeasuredPair.of(reference, first, fake, training, Optional.empty(), Optional.empty(), generation);
            for (int i = 0; i < metrics.size(); i++) {
                found.get(i).add(metrics.get(i).of(pair));
            }
        }
        return found;
    }

    private static Features features(Points ofOneReplica) {
        return Features.ofRows(ofOneReplica.dimensions(), ofOneReplica.values());
    }

    @Override
    public void close() {
        instruments.close();
    }
}
