package org.autophage.benchmarks;

import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.neighbours.Neighbourhoods;
import org.autophage.metrics.neighbours.PrecisionRecall;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Precision, recall, density and coverage against a reference whose balls are known, as once a generation. */
public class PrecisionRecallBenchmark extends OnDevice {
    private static final int NEIGHBOURS = 5;

    @Param({"2000", "10000"})
    public int samples;

    /** LeNet's features, and Inception's. */
    @Param({"84", "2048"})
    public int width;

    private PrecisionRecall balls;
    private Neighbourhoods reference;
    private Features features;

    @Override
    protected void open() {
        balls = new PrecisionRecall(device, NEIGHBOURS, Ball.STRICT);
        reference = balls.neighbourhoods(RandomData.features(samples, width, 1));
        features = RandomData.features(samples, width, 2);
    }

    @Benchmark
    public PrecisionRecall.Result between(Worked worked) {
        worked.images += samples;
        return balls.between(reference, balls.neighbourhoods(features));
    }

    @Override
    protected void close() {
        balls.close();
    }
}
