package org.autophage.metrics.suite;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.autophage.data.Samples;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;

/**
 * Samples of every replica beside the holdout, as features: of as many of a generation's samples as the spec asks for, the
 * first ones.
 */
final class ReplicaPairs implements AutoCloseable {
    private final MetricsSpec spec;
    private final Function<Samples, Features> extract;
    private final Instruments instruments;

    /** @param extract makes features of samples of one replica, a row each */
    ReplicaPairs(MetricsSpec spec, Device device, Function<Samples, Features> extract) {
        this.spec = spec;
        this.extract = extract;
        this.instruments = new Instruments(device, spec.neighbours(), spec.ball());
    }

    /**
     * What every replica can be compared with.
     *
     * @param holdout of one replica
     */
    MeasuredSet reference(Samples holdout) {
        return set("the holdout", holdout);
    }

    /** Samples of one replica, whose features are made when they are asked for. */
    MeasuredSet set(String name, Samples ofOneReplica) {
        return MeasuredSet.of(name, instruments, () -> extract.apply(ofOneReplica), Optional::empty);
    }

    /**
     * The samples that are looked at.
     *
     * @throws org.autophage.base.AutophageException (usage) if there are too few samples
     */
    Samples measured(Samples samples) {
        Samples measured = samples.count() > spec.samples() ? samples.first(spec.samples()) : samples;
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
            Samples measured,
            MeasuredGeneration generation,
            MeasuredSet reference,
            MeasuredSet first,
            List<SampleMetric> metrics) {
        List<List<Findings>> found = new ArrayList<>();
        metrics.forEach(metric -> found.add(new ArrayList<>()));
        for (int r = 0; r < measured.replicas(); r++) {
            int replica = r;
            MeasuredSet fake = set("the samples", measured.replica(replica));
            MeasuredSet training = MeasuredSet.of(
                    "the training set",
                    instruments,
                    () -> extract.apply(generation.training().replica(replica)),
                    Optional::empty);
            MeasuredPair pair =
                    MeasuredPair.of(reference, first, fake, training, Optional.empty(), Optional.empty(), generation);
            for (int i = 0; i < metrics.size(); i++) {
                found.get(i).add(metrics.get(i).of(pair));
            }
        }
        return found;
    }

    @Override
    public void close() {
        instruments.close();
    }
}
