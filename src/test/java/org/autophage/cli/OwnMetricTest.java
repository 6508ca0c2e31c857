package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.evaluation.Evaluation;
import org.autophage.evaluation.EvaluationRequest;
import org.autophage.evaluation.EvaluationResult;
import org.autophage.loop.Expectation;
import org.autophage.loop.GenerationObserver;
import org.autophage.loop.LoopController;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.MemoryLog;
import org.autophage.measure.Measure;
import org.autophage.measure.Metric;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.suite.MetricsSpec;
import org.autophage.metrics.suite.PointMetrics;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec;
import org.autophage.model.density.KernelSpec;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A metric of somebody's own, through the interface that is open to all, in a run and in an evaluation; and asked for in specs. */
class OwnMetricTest extends OnCpu {
    private static final Metric LARGEST = new Metric(
            "largestFeature", "Largest feature", "largest feature", "", Metric.Scale.NUMBER, Metric.Better.NEITHER);

    @TempDir
    Path folder;

    /** The largest of the generated samples' features. */
    private static final class Largest implements SampleMetric {
        @Override
        public String name() {
            return "largest";
        }

        @Override
        public List<Metric> gives() {
            return List.of(LARGEST);
        }

        @Override
        public Findings of(MeasuredPair pair) {
            Features features = pair.fake().features();
            double largest = Double.NEGATIVE_INFINITY;
            for (int row = 0; row < features.count(); row++) {
                for (int column = 0; column < features.width(); column++) {
                    largest = Math.max(largest, features.value(row, column));
                }
            }
            return Findings.builder()
                    .add(Finding.of(LARGEST, largest, "of all"))
                    .build();
        }
    }

    @Test
    void aRunRecordsIt() {
        PointDataset dataset = new PointsSpec(PointDistribution.MOONS, null, 2, 50, 0).open();
        MetricsSpec spec = new MetricsSpec("pixels", 30, 3, Ball.STRICT);
        MemoryLog log = new MemoryLog(0);
        List<Points> drawn = new ArrayList<>();
        try (ModelFamily family = KernelSpec.DEFAULTS.family(device, new PointShape(2, 2), SamplingSpec.DEFAULTS);
                PointMetrics metrics = PointMetrics.open(dataset, spec, List.of(new Largest()), device)) {
            new LoopController(
                            new LoopPlan(LoopSpec.fullySynthetic(2, 40, 40), 1, 30),
                            dataset,
                            family,
                            generation -> {
                                drawn.add((Points) generation.samples());
                                return metrics.of(generation);
                            },
                            Expectation.NOTHING)
                    .run(log, Progress.SILENT, StopSignal.NEVER, GenerationObserver.NOBODY);
        }
        double sum = 0;
        Points given = drawn.get(0).first(30);
        for (int replica = 0; replica < 2; replica++) {
            double largest = Double.NEGATIVE_INFINITY;
            for (double value : given.replica(replica).values()) {
                largest = Math.max(largest, value);
            }
            sum += largest;
        }
        Measure measured = log.records().get(0).measures().numbers().get("largestFeature");
        assertThat(measured).isNotNull();
        assertThat(measured.value()).isCloseTo(sum / 2, within(1e-12));
        assertThat(measured.standardError()).isPositive();
        assertThat(log.records().get(1).measures().numbers()).containsKeys("largestFeature", "precision");
    }

    @Test
    void anEvaluationReportsIt() {
        Path file = folder.resolve("sets.npz");
        Npz.write(
                file,
                Map.of(
                        "real", NpyArray.ofDoubles(new double[] {1, 2, 3, 4, 5, 6}, 3, 2),
                        "fake", NpyArray.ofDoubles(new double[] {1, 2, 3, 9, 5, 6}, 3, 2)));
        EvaluationRequest request = new EvaluationRequest(
                file + ":real",
                file + ":fake",
                null,
                null,
                1,
                Ball.STRICT,
                null,
                false,
                null,
                List.of(),
                "cpu",
                folder);
        EvaluationResult result = Evaluation.run(request, List.of(new Largest()), Work.UNATTENDED);
        assertThat(result.values()).containsEntry("largestFeature", 9.0).doesNotContainKey("frechetDistance");
        assertThat(result.rows())
                .containsExactly(new EvaluationResult.Row(
                        "largest feature", "9.00000", "2 given features, 3 real, 3 fake", "of all"));
    }

    @Test
    void aSpecAsksForMore() throws Exception {
        Path spec = folder.resolve("more.yaml");
        Files.writeString(
                spec,
                """
                device: cpu
                dataset: {kind: points, distribution: gaussian, dimensions: 2, replicas: 3, holdout: 40}
                model: {kind: gaussian}
                loop: {kind: fully-synthetic, generations: 2, initial: 30, synthetic: 30}
                metrics: {samples: 30, neighbours: 3, also: [entropy, copying, vendiScore, authenticity, kernelDistance]}
                """);
        CommandRun run = CommandRun.of("run", spec.toString(), "--runs", folder.toString());
        assertThat(run.exitCode()).as(run.err()).isZero();
        String record = Files.readString(folder.resolve("more/seed-0/generations.jsonl"));
        assertThat(record)
                .contains("\"squaredWasserstein\":", "\"kernelDistance\":", "\"vendiScore\":{\"real\":")
                .contains("\"authenticPercent\":", "\"nearestTrainingDistance\":", "\"exactCopies\":0.0")
                .contains("\"entropySeconds\":", "\"copyingSeconds\":")
                .contains("\"copyTest\":", "\"entropy\":{\"real\":", "\"samples\":30,\"reference\":40");
        CommandRun wrong = CommandRun.of("validate", spec.toString(), "metrics.also=[entropi]");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("metrics.also has 'entropi'", "the nearest is entropy");
    }
}
