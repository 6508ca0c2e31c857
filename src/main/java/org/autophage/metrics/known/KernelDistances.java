package org.autophage.metrics.known;

import java.util.List;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.distance.KernelDistance;
import org.autophage.metrics.features.Features;

/** The kernel distance over all pairs and, where there are enough samples, over subsets as peers report it. */
final class KernelDistances implements SampleMetric {
    /** What papers report as KID: the mean over so many subsets of so many samples. */
    private static final int SUBSETS = 100;

    private static final int SUBSET = 1000;

    @Override
    public String name() {
        return Metrics.KERNEL_DISTANCE.key();
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.KERNEL_DISTANCE, Metrics.KERNEL_DISTANCE_OF_SUBSETS, Metrics.KERNEL_DISTANCE_DEVIATION);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        KernelDistance kernel = pair.instruments().of(KernelDistance.class, KernelDistance::new);
        Features reals = pair.real().features();
        Features fakes = pair.fake().features();
        Findings.Builder findings = Findings.builder()
                .add(Finding.of(
                        Metrics.KERNEL_DISTANCE, kernel.full(reals, fakes), "(x·y/d + 1)³, unbiased, over all pairs"));
        if (Math.min(reals.count(), fakes.count()) >= SUBSET) {
            KernelDistance.Subsets subsets = kernel.subsets(reals, fakes, SUBSETS, SUBSET, 0);
            findings.add(Finding.of(
                                    Metrics.KERNEL_DISTANCE_OF_SUBSETS,
                                    subsets.mean(),
                                    "mean and deviation of %d subsets of %d, as torch-fidelity's"
                                            .formatted(subsets.count(), subsets.size()))
                            .varyingBy(Metrics.KERNEL_DISTANCE_DEVIATION, subsets.deviation()))
                    .add(Basis.SUBSETS, subsets.count())
                    .add(Basis.SUBSET_SIZE, subsets.size());
        }
        return findings.build();
    }
}
