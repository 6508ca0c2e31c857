package org.autophage.model.vae;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.Floats;
import org.autophage.program.OnGpu;
import org.autophage.program.Scope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class VaeOnGpuTest extends OnGpu {
    private static final int LATENT = 3;
    private static final ImageShape SHAPE = new ImageShape(16, 1, 10);
    private static final int CHUNK = 20;
    private static final SamplingSpec SAMPLING = new SamplingSpec(1, null, null, CHUNK);

    private static VaeSpec spec(Precision precision) {
        return new VaeSpec(LATENT, 4, List.of(1, 2), 1, true, 200, 8, 2e-3, 0, precision);
    }

    private static float[] codes(Device device, Precision precision) {
        VaeProgram program = new VaeProgram(device, spec(precision), SHAPE, CHUNK);
        float[] weights = program.parameters().initialize(1);
        Images glyphs = (Images) Glyphs.trainingSet(20).samples();
        try (Scope scope = device.newScope()) {
            return program.run(
                            scope,
                            "means",
                            scope.floats(weights, weights.length),
                            glyphs.onDevice(scope),
                            scope.longs(SHAPE.labelsOf(glyphs), 20))
                    .get(0)
                    .toFloats();
        }
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void codesAreThoseOfTheCpu(Precision precision) {
        float[] exact = codes(cpu, Precision.FLOAT32);
        float[] found = codes(gpu, precision);
        assertThat(Floats.relativeDistance(found, exact)).isLessThan(precision == Precision.FLOAT32 ? 1e-4 : 0.02);
    }

    @ParameterizedTest
    @EnumSource(Precision.class)
    void trainingComesToTheSame(Precision precision) {
        assertThat(meanPixel(gpu, precision)).isCloseTo(meanPixel(cpu, Precision.FLOAT32), within(10.0));
    }

    private static double meanPixel(Device device, Precision precision) {
        try (GenerativeModel model = spec(precision)
                .family(device, SHAPE, SAMPLING)
                .train(Glyphs.trainingSet(256), null, new Seeds(0), 1, Work.UNATTENDED)) {
            return Glyphs.meanPixelDrawn(model);
        }
    }
}
