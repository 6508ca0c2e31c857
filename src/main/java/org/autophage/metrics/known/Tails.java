package org.autophage.metrics.known;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;

/**
 * Coverage (Naeem et al., arXiv 2002.09797) of the real law's tail alone: of the tenth of the real samples whose k-nearest-neighbour
 * balls are the largest, where the density that they estimate is the lowest.
 */
final class Tails implements SampleMetric {
    /** Of the real samples. */
    private static final double TAIL = 0.1;

    @Override
    public String name() {
        return "tails";
    }

    @Override
    public List<Metric> gives() {
        return List.of(Metrics.TAIL_COVERAGE);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        double[] radii = pair.real().balls().radii();
        double[] covered = pair.members().covered();
        int size = (int) Math.ceil(TAIL * radii.length);
        double share = IntStream.range(0, radii.length)
                        .boxed()
                        .sorted(Comparator.comparingDouble(i -> -radii[i]))
                        .limit(size)
                        .mapToDouble(i -> covered[i])
                        .sum()
                / size;
        return Findings.builder()
                .add(Finding.of(
                        Metrics.TAIL_COVERAGE,
                        share,
                        "%d of %d real samples, those of the largest balls".formatted(size, radii.length)))
                .build();
    }
}
