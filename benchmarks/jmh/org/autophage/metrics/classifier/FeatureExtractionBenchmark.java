package org.autophage.metrics.classifier;

import org.autophage.benchmarks.OnDevice;
import org.autophage.benchmarks.RandomData;
import org.autophage.benchmarks.Worked;
import org.autophage.data.Images;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Features of images, from bytes to rows of float64: LeNet's, and those of the residual network that judges labels. */
public class FeatureExtractionBenchmark extends OnDevice {
    /** Architectures by the names that they have in records. */
    @Param({"lenet", "judge"})
    public String network;

    @Param({"28", "32"})
    public int size;

    @Param({"250", "2000"})
    public int images;

    private ClassifierProgram program;
    private Scope scope;
    private Tensor weights;
    private Images pictures;

    @Override
    protected void open() {
        pictures = RandomData.images(size, images);
        program =
                new ClassifierProgram(device, network.equals("lenet") ? LeNet.NETWORK : SmallResNet.NETWORK, pictures);
        scope = device.newScope();
        float[] flat = program.parameters().initialize(0);
        weights = scope.floats(flat, flat.length);
    }

    @Benchmark
    public double[] features(Worked worked) {
        worked.images += images;
        return program.infer(weights, pictures).features();
    }

    @Override
    protected void close() {
        scope.close();
        program.close();
    }
}
