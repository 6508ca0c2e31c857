package org.autophage.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.Precision;
import org.autophage.model.gan.GanSpec.ArchitectureKind;
import org.autophage.program.Device;
import org.autophage.program.Floats;
import org.autophage.program.OnGpu;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Both architectures on both devices, in both precisions. */
class GanOnGpuTest extends OnGpu {
    @ParameterizedTest
    @CsvSource({"STYLEGAN2, FLOAT32", "WGAN_GP, FLOAT32", "STYLEGAN2, BFLOAT16", "WGAN_GP, BFLOAT16"})
    void imagesAreThoseOfTheCpu(ArchitectureKind architecture, Precision precision) {
        float[] exact = TinyGan.imagesOfFixedLatents(cpu, architecture, Precision.FLOAT32);
        float[] found = TinyGan.imagesOfFixedLatents(gpu, architecture, precision);
        assertThat(Floats.relativeDistance(found, exact)).isLessThan(precision == Precision.FLOAT32 ? 1e-4 : 0.02);
    }

    @ParameterizedTest
    @CsvSource({"STYLEGAN2, FLOAT32", "WGAN_GP, FLOAT32", "STYLEGAN2, BFLOAT16", "WGAN_GP, BFLOAT16"})
    void trainingWithItsPenaltiesComesToTheSame(ArchitectureKind architecture, Precision precision) {
        assertThat(meanPixel(gpu, architecture, precision))
                .isCloseTo(meanPixel(cpu, architecture, Precision.FLOAT32), within(25.0));
    }

    private static double meanPixel(Device device, ArchitectureKind architecture, Precision precision) {
        GanSpec spec = TinyGan.spec(architecture, 200, precision);
        try (GenerativeModel model = spec.family(device, TinyGan.SHAPE, TinyGan.SAMPLING)
                .train(Glyphs.trainingSet(256), null, new Seeds(0), 1, Work.UNATTENDED)) {
            return Glyphs.meanPixelDrawn(model);
        }
    }
}
