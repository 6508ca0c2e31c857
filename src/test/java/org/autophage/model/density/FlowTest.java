package org.autophage.model.density;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.Weights;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.OnCpu;
import org.autophage.program.SafeTensors;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.run.FileCheckpointStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FlowTest extends OnCpu {
    private static final Points MOONS = Clouds.around(2, 300, 0.3, -1, 0, 1, 0.5);

    private static FlowSpec spec(int steps) {
        return new FlowSpec(4, 16, steps, 64, 5e-3);
    }

    private static ModelFamily family(FlowSpec spec, int replicas, int dimensions) {
        return spec.family(device, new PointShape(replicas, dimensions), Clouds.sampling(100));
    }

    private static GenerativeModel fit(FlowSpec spec, Points points) {
        return family(spec, points.replicas(), points.dimensions())
                .train(Clouds.training(points), null, Clouds.SEEDS, 1, Work.UNATTENDED);
    }

    /** A flow of random parameters, three coordinates and two replicas. */
    private static final class RandomFlow {
        final FlowProgram program = new FlowProgram(
                device,
                new FlowSpec(5, 8, 1, 1, 1e-3),
                new PointShape(2, 3),
                new PointSampling(device, new PointShape(2, 3), 4));
        final double[] weights = new double[Math.toIntExact(program.parameters().size())];

        RandomFlow() {
            SplittableRandom random = new SplittableRandom(1);
            Arrays.setAll(weights, i -> 0.4 * random.nextGaussian());
        }

        double[] run(String method, double[] points, int count) {
            try (Scope scope = device.newScope()) {
                Tensor flat = scope.doubles(weights, weights.length);
                return program.run(scope, method, flat, scope.doubles(points, 2, count, 3))
                        .get(0)
                        .toDoubles();
            }
        }
    }

    private static double[] latent(double[] encoded) {
        double[] latent = new double[encoded.length / 4 * 3];
        Arrays.setAll(latent, i -> encoded[i / 3 * 4 + i % 3]);
        return latent;
    }

    @Test
    void decodingIsTheInverseOfEncodingToRounding() {
        RandomFlow flow = new RandomFlow();
        SplittableRandom random = new SplittableRandom(2);
        double[] points = new double[2 * 50 * 3];
        Arrays.setAll(points, i -> 2 * random.nextGaussian());
        double[] latent = latent(flow.run("encode", points, 50));
        assertThat(latent).isNotEqualTo(points);
        assertThat(flow.run("decode", latent, 50)).containsExactly(points, within(1e-10));
    }

    /** The Jacobian by central differences of size 1e-5, whose error is about 1e-9. */
    @Test
    void theLogDeterminantIsThatOfTheJacobian() {
        RandomFlow flow = new RandomFlow();
        double h = 1e-5;
        double[] at = {0.3, -1.2, 0.7, -0.4, 0.9, 1.5};
        double[] encoded = flow.run("encode", at, 1);
        for (int replica = 0; replica < 2; replica++) {
            double[][] jacobian = new double[3][3];
            for (int input = 0; input < 3; input++) {
                double[] above = at.clone();
                double[] below = at.clone();
                above[3 * replica + input] += h;
                below[3 * replica + input] -= h;
                double[] high = flow.run("encode", above, 1);
                double[] low = flow.run("encode", below, 1);
                for (int output = 0; output < 3; output++) {
                    jacobian[output][input] = (high[4 * replica + output] - low[4 * replica + output]) / (2 * h);
                }
            }
            assertThat(encoded[4 * replica + 3]).isCloseTo(Math.log(Math.abs(determinant(jacobian))), within(1e-7));
        }
    }

    private static double determinant(double[][] m) {
        return m[0][0] * (m[1][1] * m[2][2] - m[1][2] * m[2][1])
                - m[0][1] * (m[1][0] * m[2][2] - m[1][2] * m[2][0])
                + m[0][2] * (m[1][0] * m[2][1] - m[1][1] * m[2][0]);
    }

    @Test
    void theDensityIntegratesToOneAndIsThatOfTheSamples() {
        try (GenerativeModel model = fit(spec(150), MOONS)) {
            int side = 400;
            double cell = 16.0 / side;
            double[] grid = new double[side * side * 2];
            for (int i = 0; i < side * side; i++) {
                grid[2 * i] = -8 + (i % side + 0.5) * cell;
                grid[2 * i + 1] = -8 + (i / side + 0.5) * cell;
            }
            double[] logs = model.density().orElseThrow().logDensity(Clouds.plane(grid));
            double[] total = new double[2];
            double[] entropy = new double[2];
            for (int i = 0; i < logs.length; i++) {
                total[i / (side * side)] += Math.exp(logs[i]) * cell * cell;
                entropy[i / (side * side)] -= Math.exp(logs[i]) * logs[i] * cell * cell;
            }
            assertThat(total).containsExactly(new double[] {1, 1}, within(1e-3));
            Points drawn = Clouds.drawn(model, 5000, 1).replica(0);
            double[] ofDrawn = model.density().orElseThrow().logDensity(drawn);
            // ln p of a draw has a deviation of about 1: four standard errors are .057
            assertThat(Arrays.stream(ofDrawn, 0, 5000).average().orElseThrow()).isCloseTo(-entropy[0], within(0.06));
        }
    }

    @Test
    void trainingLearnsAndGoesOnFromACheckpointToTheBit(@TempDir Path folder) throws Exception {
        ModelFamily family = family(spec(120), 2, 2);
        Path whole = Files.createDirectory(folder.resolve("whole"));
        Path resumed = Files.createDirectory(folder.resolve("resumed"));
        try (GenerativeModel model = fit(spec(120), MOONS)) {
            model.save(whole);
        }
        FileCheckpointStore store = new FileCheckpointStore(folder.resolve("checkpoint"), 1, Duration.ofMinutes(10));
        AtomicInteger asked = new AtomicInteger();
        Work stopping = new Work(Progress.SILENT, store, () -> asked.incrementAndGet() == 47);
        assertThatThrownBy(() -> family.train(Clouds.training(MOONS), null, Clouds.SEEDS, 1, stopping))
                .isInstanceOfSatisfying(
                        AutophageException.class, e -> assertThat(e.exitCode()).isEqualTo(ExitCode.INTERRUPTED));
        Work going = new Work(Progress.SILENT, store, StopSignal.NEVER);
        try (GenerativeModel model = family.train(Clouds.training(MOONS), null, Clouds.SEEDS, 1, going)) {
            model.save(resumed);
        }
        for (String file : List.of("weights.safetensors", "training.csv")) {
            assertThat(Files.readAllBytes(resumed.resolve(file)))
                    .describedAs(file)
                    .isEqualTo(Files.readAllBytes(whole.resolve(file)));
        }
        List<String> curve = Files.readAllLines(whole.resolve("training.csv"));
        assertThat(curve).hasSize(1 + 120 / 20);
        // the untrained flow is N(0, I) of standardized points: 1 + ln 2π = 2.84 nats
        assertThat(loss(curve.get(1))).isLessThan(2.9);
        assertThat(loss(curve.get(6))).isLessThan(loss(curve.get(1)) - 0.15);
    }

    private static double loss(String line) {
        return Double.parseDouble(line.split(",")[1]);
    }

    @Test
    void fineTuningStartsFromTheModelBeforeAndItsScale() {
        ModelFamily brief = family(new FlowSpec(4, 16, 1, 64, 1e-9), 2, 2);
        try (GenerativeModel before = fit(spec(100), MOONS);
                GenerativeModel tuned = brief.train(
                        Clouds.training(Clouds.repeated(Clouds.SIX, 2)), before, Clouds.SEEDS, 2, Work.UNATTENDED)) {
            Points at = Clouds.plane(0, 0, 1, 0.5);
            assertThat(tuned.density().orElseThrow().logDensity(at))
                    .containsExactly(before.density().orElseThrow().logDensity(at), within(1e-5));
        }
    }

    @Test
    void pointsOfNoWeightTeachNothing() {
        ModelFamily family = family(spec(20), 1, 2);
        Points near = Clouds.plane(0, 0, 1, 0, 0, 1, 1, 1, 2, 2, 1, 2);
        Points far = Clouds.plane(0, 0, 1, 0, 0, 1, 1, 1, 9, 9, 9, -9);
        try (GenerativeModel one = family.train(
                        Clouds.training(near, new Weights(4, 1.0)), null, Clouds.SEEDS, 1, Work.UNATTENDED);
                GenerativeModel other = family.train(
                        Clouds.training(far, new Weights(4, 1.0)), null, Clouds.SEEDS, 1, Work.UNATTENDED)) {
            assertThat(Clouds.drawn(other, 10, 1).values())
                    .isEqualTo(Clouds.drawn(one, 10, 1).values());
        }
    }

    /** The untrained flow is a Gaussian of the training points' mean and deviations, over N: λ scales its variances. */
    @Test
    void theBiasScalesThePriorsVariance() {
        try (GenerativeModel model = fit(new FlowSpec(2, 4, 1, 8, 1e-9), Clouds.repeated(Clouds.SIX, 10))) {
            double variance = Clouds.covariance(Clouds.SIX, 0, 0);
            for (double bias : new double[] {1, 0.25}) {
                Points drawn = Clouds.drawn(model, 5000, bias);
                // 50,000 draws: four standard errors of a variance are 2.6% of it
                assertThat(Clouds.covariance(drawn, 0, 0)).isCloseTo(bias * variance, within(bias * variance * 0.026));
            }
        }
    }

    @Test
    void aReplicaDoesNotDependOnTheOthers() {
        FlowSpec spec = spec(30);
        try (GenerativeModel both = fit(spec, MOONS);
                GenerativeModel first = fit(spec, MOONS.replica(0))) {
            Points at = Clouds.plane(0, 0, 1, 0.5);
            // Batches and the first replica's initial parameters are the same; products of float32 round otherwise.
            assertThat(first.density().orElseThrow().logDensity(at))
                    .containsExactly(Arrays.copyOf(both.density().orElseThrow().logDensity(at), 2), within(1e-3));
        }
    }

    @Test
    void aSavedModelIsReadBackEqual(@TempDir Path folder) throws Exception {
        try (GenerativeModel model = fit(spec(20), MOONS)) {
            model.save(folder);
            try (GenerativeModel read = family(spec(20), 2, 2).load(folder)) {
                assertThat(Clouds.drawn(read, 130, 0.5).values())
                        .isEqualTo(Clouds.drawn(model, 130, 0.5).values());
                Points at = Clouds.plane(0, 0, 1, 0.5);
                assertThat(read.density().orElseThrow().logDensity(at))
                        .isEqualTo(model.density().orElseThrow().logDensity(at));
            }
        }
        assertThatThrownBy(() -> family(new FlowSpec(4, 8, 20, 64, 5e-3), 2, 2).load(folder))
                .satisfies(KernelTest.refused("weights.safetensors", "elements"));
    }

    @Test
    void aLossThatIsNotANumberIsCalledDivergence(@TempDir Path folder) throws Exception {
        ModelFamily family = family(spec(40), 2, 2);
        try (GenerativeModel model = fit(spec(20), MOONS)) {
            model.save(folder);
        }
        Path file = folder.resolve("weights.safetensors");
        Map<String, SafeTensors.FloatArray> weights = SafeTensors.read(file);
        SafeTensors.require(weights, "couplings.0.last.bias", file)[0] = Float.NaN;
        SafeTensors.write(file, weights);
        try (GenerativeModel broken = family.load(folder)) {
            assertThatThrownBy(() -> family.train(Clouds.training(MOONS), broken, Clouds.SEEDS, 2, Work.UNATTENDED))
                    .isInstanceOfSatisfying(AutophageException.class, e -> assertThat(e)
                            .hasFieldOrPropertyWithValue("exitCode", ExitCode.DIVERGED)
                            .hasMessageContainingAll("generation 2", "model.learningRate"));
        }
    }

    @Test
    void whatCannotBeLearntIsRefused() {
        assertThatThrownBy(() -> FlowSpec.DEFAULTS.check(new PointShape(1, 1)))
                .satisfies(KernelTest.refused("dataset.dimensions is 1", "model.kind flow", "at least 2"));
        assertThatThrownBy(() -> fit(spec(1), Clouds.plane(0, 0)))
                .satisfies(KernelTest.refused("generation 1 has 1 point"));
        assertThatThrownBy(() -> new FlowSpec(1, 8, 1, 1, 1e-3))
                .satisfies(KernelTest.refused("model.couplings is 1: must be from 2 to 256"));
        assertThatThrownBy(() -> new FlowSpec(2, 0, 1, 1, 1e-3))
                .satisfies(KernelTest.refused("model.width is 0: must be from 1 to 16384"));
        assertThatThrownBy(() -> new FlowSpec(2, 1, 0, 1, 1e-3))
                .satisfies(KernelTest.refused("model.steps is 0: must be at least 1"));
        assertThatThrownBy(() -> new FlowSpec(2, 1, 1, 0, 1e-3))
                .satisfies(KernelTest.refused("model.batch is 0: must be at least 1"));
        assertThatThrownBy(() -> new FlowSpec(2, 1, 1, 1, 0))
                .satisfies(KernelTest.refused("model.learningRate is 0.0: must be in (0, 1)"));
    }

    /** Two points, and points that all are one, have a flow all the same. */
    @Test
    void fewOrEqualPointsAreLegal() {
        for (Points points : List.of(Clouds.plane(0, 0, 1, 2), Clouds.plane(1, 1, 1, 1, 1, 1))) {
            try (GenerativeModel model = fit(spec(20), points)) {
                assertThat(Arrays.stream(Clouds.drawn(model, 20, 1).values())).allMatch(Double::isFinite);
                assertThat(Arrays.stream(model.density().orElseThrow().logDensity(points)))
                        .allMatch(Double::isFinite);
            }
        }
    }
}
