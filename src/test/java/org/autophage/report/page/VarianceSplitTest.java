package org.autophage.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;

class VarianceSplitTest {
    /** The table of {@code NestedVarianceTest}: by training √(25/3), by sampling √2, a share of 25/31 in .2227 to .9944. */
    @Test
    void aRowAMetricAndGenerationThatVaries() {
        SortedMap<Long, List<GenerationRecord>> seeds = new TreeMap<>();
        double[][] figures = {{1, 2, 3}, {3, 5, 7}, {7, 8, 9}};
        for (int seed = 0; seed < figures.length; seed++) {
            seeds.put(
                    (long) seed, List.of(record(seed, 1, .9, 1, figures[seed]), record(seed, 2, 1, 1, figures[seed])));
        }
        VarianceSplit split = VarianceSplit.of(trajectories(seeds));
        assertThat(split.basis()).isEqualTo("3 trainings, each sampled 3 times");
        assertThat(split.table().rows())
                .containsExactly(
                        List.of("Fréchet distance", "1", "5.00", "2.89", "1.41", "0.900", "81%", "22% to 99%"),
                        List.of("Fréchet distance", "2", "5.00", "2.89", "1.41", "1.00", "81%", "22% to 99%"));
    }

    @Test
    void oneTrainingSaysWhatSamplingMoves() {
        SortedMap<Long, List<GenerationRecord>> seeds = new TreeMap<>();
        seeds.put(0L, List.of(record(0, 1, .9, 1, 1, 2, 3)));
        VarianceSplit split = VarianceSplit.of(trajectories(seeds));
        assertThat(split.basis())
                .isEqualTo("one training, sampled 3 times: a second training seed would tell what training moves");
        assertThat(split.table().rows())
                .containsExactly(List.of("Fréchet distance", "1", "2.00", "", "1.00", "0.900", "", ""));
    }

    @Test
    void modelsThatWereSampledOnceHaveNoTable() {
        SortedMap<Long, List<GenerationRecord>> seeds = new TreeMap<>();
        seeds.put(0L, List.of(record(0, 1, .9, 1, 5)));
        assertThat(VarianceSplit.of(trajectories(seeds)).table().rows()).isEmpty();
    }

    private static GenerationRecord record(
            long seed, int t, double samplingError, double modesLost, double... figures) {
        Measures first = measures(figures[0], modesLost);
        List<Measures> others = Arrays.stream(figures)
                .skip(1)
                .mapToObj(figure -> measures(figure, modesLost))
                .toList();
        Measures all = Measures.builder()
                .addAll(first)
                .addSamplingError(Metrics.FRECHET_DISTANCE, samplingError)
                .addSamplings(first, others)
                .build();
        return new GenerationRecord(t, seed, "fully-synthetic", 1.0, new Composition(0, 0, 1), all, 0, 0, 0);
    }

    private static Measures measures(double distance, double modesLost) {
        return Measures.builder()
                .add(Metrics.FRECHET_DISTANCE, distance)
                .add(Metrics.MODES_LOST, modesLost)
                .build();
    }

    private static Trajectories trajectories(SortedMap<Long, List<GenerationRecord>> seeds) {
        return Trajectories.of(new RunReading(
                new RunFolder(Path.of("nested")),
                seeds,
                null,
                MissingNode.getInstance(),
                MissingNode.getInstance(),
                Map.of()));
    }
}
