package org.autophage.metrics.suite;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.autophage.data.Dataset;
import org.autophage.data.SampleLabels;
import org.autophage.data.Samples;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.hipparchus.stat.descriptive.StreamingStatistics;

/**
 * What real samples would give in place of a generation's, by the same computation: as many of them, and where a training set is looked at,
 * beside as many others. What depends on the number of samples is worth nothing without it. Measured once for every number.
 */
final class HonestSamples {
    /** Sets of real samples, where the source has so many. */
    private static final int DRAWS = 20;

    private static final int FEWEST = 2;

    private final Dataset dataset;
    private final Function<Samples, Measures> alone;
    private final BiFunction<Samples, Samples, Measures> beside;
    private final Map<Sizes, Measures> known = new HashMap<>();

    /** @param training 0 for samples alone */
    private record Sizes(int samples, int training) {}

    /**
     * @param alone gives figures of samples of one replica
     * @param beside gives figures of such samples beside a training set
     */
    HonestSamples(Dataset dataset, Function<Samples, Measures> alone, BiFunction<Samples, Samples, Measures> beside) {
        this.dataset = dataset;
        this.alone = alone;
        this.beside = beside;
    }

    /**
     * What is to be expected of every figure: mean and deviation over draws, and of samples alone how many these are.
     *
     * @param samples how many are measured
     * @param training how many their model learnt from
     * @return nothing where the source has not enough for two draws
     */
    Measures of(int samples, int training) {
        return Measures.builder()
                .addAll(known.computeIfAbsent(
                        new Sizes(samples, 0), sizes -> measure(sizes, (real, others) -> alone.apply(real))))
                .addAll(known.computeIfAbsent(new Sizes(samples, training), sizes -> measure(sizes, beside)))
                .build();
    }

    private Measures measure(Sizes sizes, BiFunction<Samples, Samples, Measures> measuring) {
        int replicas = dataset.shape(SampleLabels.BALANCED).replicas();
        int sets = (DRAWS + replicas - 1) / replicas;
        List<Samples> disjoint = SourceSamples.disjoint(dataset, sizes.training, sizes.samples, sets);
        Map<String, StreamingStatistics> values = new LinkedHashMap<>();
        int draws = 0;
        for (int set = 1; set < disjoint.size(); set++) {
            for (int replica = 0; replica < replicas && draws < DRAWS; replica++) {
                Measures measured = measuring.apply(
                        disjoint.get(set).replica(replica), disjoint.get(0).replica(replica));
                measured.values().forEach((key, value) -> values.computeIfAbsent(key, k -> new StreamingStatistics())
                        .addValue(value));
                draws++;
            }
        }
        Measures.Builder expected = Measures.builder();
        int all = draws;
        if (all >= FEWEST) {
            values.values().removeIf(each -> each.getN() < all);
            values.forEach(
                    (key, each) -> expected.expect(Metrics.of(key), each.getMean(), each.getStandardDeviation()));
            if (sizes.training == 0) {
                expected.add(Basis.REAL_DRAWS, all);
            }
        }
        return expected.build();
    }
}
