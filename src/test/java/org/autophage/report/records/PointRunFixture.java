package org.autophage.report.records;

import java.nio.file.Path;
import java.util.Locale;

/**
 * Makes run folders of loops of Gaussians with replicas: E σ² = (1 − 1/n)^t in closed form, measured values a hundredth
 * above it, and n_e that settles at {@code effective} from 100 below it.
 */
public final class PointRunFixture {
    private final Path folder;
    private double effective = 300;
    private int synthetic = 500;
    private double bias = 1;

    public PointRunFixture(Path folder) {
        this.folder = folder;
    }

    public PointRunFixture cell(int synthetic, double bias, double effective) {
        this.synthetic = synthetic;
        this.bias = bias;
        this.effective = effective;
        return this;
    }

    public Path folder() {
        return folder;
    }

    /** Writes spec and records. */
    public PointRunFixture write(int generations, int finished) {
        RunFixture.write(
                folder.resolve("experiment.yaml"),
                """
                name: points
                seeds: [0]
                dataset: {kind: points, distribution: gaussian, dimensions: 1, replicas: 20}
                model: {kind: gaussian, covariance: biased}
                sampling: {bias: %s, chunk: 1000}
                loop: {kind: fresh-data, generations: %d, initial: 200, synthetic: %d, real: 200, memory: 1}
                """
                        .formatted(bias, generations, synthetic));
        StringBuilder lines = new StringBuilder();
        for (int t = 1; t <= finished; t++) {
            lines.append(line(t)).append('\n');
        }
        RunFixture.write(folder.resolve("seed-0").resolve("generations.jsonl"), lines.toString());
        return this;
    }

    private String line(int generation) {
        double expected = Math.pow(0.99, generation);
        return String.format(
                Locale.ROOT,
                "{\"generation\":%d,\"seed\":0,\"loop\":\"fresh-data\",\"bias\":%s,"
                        + "\"trainingSet\":{\"fixedReal\":%d,\"freshReal\":%d,\"synthetic\":%d},"
                        + "\"features\":\"points\",\"replicas\":20,\"squaredWasserstein\":%s,\"variance\":%s,"
                        + "\"effectiveSamples\":%s,"
                        + "\"standardError\":{\"squaredWasserstein\":0.5,\"variance\":0.02,\"effectiveSamples\":10},"
                        + "\"expected\":{\"variance\":%s},"
                        + "\"trainSeconds\":0.1,\"sampleSeconds\":0.2,\"metricSeconds\":0.3}",
                generation,
                bias,
                generation == 1 ? 200 : 0,
                generation == 1 ? 0 : 200,
                generation == 1 ? 0 : synthetic,
                20 - 10.0 / generation,
                expected + 0.01,
                effective - (generation == 1 ? 100 : 0),
                expected);
    }
}
