package org.autophage.model.diffusion;

import java.util.List;
import java.util.Map;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.benchmarks.OnDevice;
import org.autophage.benchmarks.RandomData;
import org.autophage.benchmarks.Worked;
import org.autophage.data.ImageShape;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;
import org.autophage.model.LossCurve;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Param;

/** Drawing a chunk of images from the default U-Net; what its weights are does not matter for the time. */
public class SamplingBenchmark extends OnDevice {
    @Param({"28", "32"})
    public int size;

    @Param({"25", "125", "500"})
    public int chunk;

    @Param({"FLOAT32", "BFLOAT16"})
    public Precision precision;

    @Param("HEUN")
    public SamplerKind sampler;

    @Param("18")
    public int steps;

    private GenerativeModel model;

    @Override
    protected void open() {
        DiffusionSpec spec = Networks.of(precision);
        SamplingSpec sampling = spec.complete(new SamplingSpec(1.0, sampler, steps, chunk));
        DiffusionProgram program =
                new DiffusionProgram(device, spec, new ImageShape(size, 1, RandomData.CLASSES), sampling);
        model = program.model(new Trained(List.of(program.parameters().initialize(0)), Map.of(), new LossCurve()));
    }

    @Benchmark
    public Samples chunk(Worked worked) {
        worked.images += chunk;
        return model.sample(chunk, 1.0, new Seeds(0).stream(1, Phase.SAMPLE), Work.UNATTENDED);
    }

    @Override
    protected void close() {
        model.close();
    }
}
