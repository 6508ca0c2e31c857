package org.autophage.benchmarks;

import org.autophage.metrics.distance.FrechetDistance;
import org.autophage.metrics.features.FeatureStatistics;
import org.autophage.metrics.features.Features;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** The Fréchet distance of a set of features from a reference whose statistics are known, as once a generation. */
public class FrechetDistanceBenchmark extends OnDevice {
    @Param({"2000", "10000"})
    public int samples;

    /** LeNet's features, and Inception's. */
    @Param({"84", "2048"})
    public int width;

    private FrechetDistance distance;
    private FeatureStatistics reference;
    private Features features;

    @Override
    protected void open() {
        distance = new FrechetDistance(device);
        reference = distance.statistics(RandomData.features(samples, width, 1));
        features = RandomData.features(samples, width, 2);
    }

    @Benchmark
    public double distance(Worked worked) {
        worked.images += samples;
        return distance.between(reference, distance.statistics(features));
    }

    @Override
    protected void close() {
        distance.close();
    }
}
