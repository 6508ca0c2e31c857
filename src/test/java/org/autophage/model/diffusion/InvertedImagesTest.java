package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.ModelFamily;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.program.OnCpu;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Images that are led back to the noise that they were made of. */
class InvertedImagesTest extends OnCpu {
    private static final Seeds.Stream DRAWS = new Seeds(1).stream(2, Phase.SAMPLE);
    private static final int IMAGES = 16;

    /** A model that learnt a little, kept; families of every sampler read it. */
    @TempDir
    private static Path trained;

    @BeforeAll
    static void train() throws IOException {
        try (ModelFamily family = family(SamplerKind.HEUN, 5);
                GenerativeModel model = family.train(Glyphs.trainingSet(32), null, new Seeds(0), 1, Work.UNATTENDED)) {
            model.save(trained);
        }
    }

    private static ModelFamily family(SamplerKind sampler, int steps) {
        return TinyDiffusion.spec(ParameterizationKind.EDM, 30)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(sampler, steps, 10));
    }

    /** Latents that were drawn, and those that are found. */
    private record Both(float[] drawn, float[] found) {
        double agreement() {
            int agreeing = 0;
            for (int i = 0; i < drawn.length; i++) {
                agreeing += drawn[i] > 0 == found[i] > 0 ? 1 : 0;
            }
            return agreeing / (double) drawn.length;
        }
    }

    /** Of a network that was not trained: edm's denoiser is the ideal one of N(0, .25). */
    private static Both untrained(ParameterizationKind kind, SamplerKind sampler, int steps, int back) {
        DiffusionProgram program = new DiffusionProgram(
                device, TinyDiffusion.spec(kind, 10), TinyDiffusion.SHAPE, new Solver(sampler, steps), IMAGES);
        try (Scope scope = device.newScope()) {
            float[] flat = program.parameters().initialize(1);
            Tensor weights = scope.floats(flat, flat.length);
            device.seed(7);
            float[][] drawn = new float[1][];
            byte[] pixels = program.drawChanged(
                    scope, weights, new long[IMAGES], 1, Course.USUAL, latents -> drawn[0] = latents.clone());
            Images images = new Images(16, 16, 1, 10, pixels, new int[IMAGES]);
            return new Both(drawn[0], program.found(scope, weights, images, 1, Course.USUAL, back));
        } finally {
            program.close();
        }
    }

    /**
     * An image x = zσ√(v/(v + σ²)), up to the error of its sampler's steps, is led back to z by those of Heun's method; what lies beyond black
     * and white, |z| &gt; 2, is cut. Signs agree but where |z| is below half a grey level, 1/128 of z, which .3% are.
     */
    @ParameterizedTest
    @CsvSource({"HEUN, 60, 60, .02", "DPM, 60, 40, .03", "DDIM, 60, 20, .12", "DPM, 12, 20, .12"})
    void aGaussiansImagesGiveTheirLatentsBack(SamplerKind sampler, int steps, int back, double error) {
        Both both = untrained(ParameterizationKind.EDM, sampler, steps, back);
        assertThat(both.agreement()).isGreaterThan(.995);
        double squares = 0;
        int inside = 0;
        for (int i = 0; i < both.drawn.length; i++) {
            if (Math.abs(both.drawn[i]) < 1.5) {
                double off = both.found[i] - both.drawn[i];
                squares += off * off;
                inside++;
            }
        }
        assertThat(Math.sqrt(squares / inside)).isLessThan(error);
    }

    /** An untrained chain leaves its noise as it is, so that an image is noise cut to black and white. */
    @Test
    void aChainFindsSignsToo() {
        assertThat(untrained(ParameterizationKind.DDPM, SamplerKind.DDIM, 10, 10)
                        .agreement())
                .isGreaterThan(.995);
    }

    /** Latents that nobody changes make the very same samples, guided or not; those of another sign make others. */
    @ParameterizedTest
    @EnumSource(SamplerKind.class)
    void unchangedLatentsMakeTheSameSamples(SamplerKind sampler) throws IOException {
        try (ModelFamily family = family(sampler, 5);
                GenerativeModel model = family.load(trained)) {
            for (double bias : new double[] {1, .6}) {
                byte[] own = ((Images) model.sample(25, bias, DRAWS, Work.UNATTENDED)).pixels();
                int[] seen = new int[1];
                Images same = (Images) model.sample(
                        (first, count, latents) -> {
                            assertThat(first).isEqualTo(seen[0]);
                            assertThat(latents).hasSize(256 * count);
                            seen[0] += count;
                        },
                        25,
                        bias,
                        DRAWS,
                        Work.UNATTENDED);
                assertThat(same.pixels()).isEqualTo(own);
                Images others = (Images) model.sample(
                        (first, count, latents) -> latents[0] = -latents[0], 25, bias, DRAWS, Work.UNATTENDED);
                assertThat(others.pixels()).isNotEqualTo(own);
                assertThat(Arrays.copyOfRange(others.pixels(), 256, 10 * 256))
                        .isEqualTo(Arrays.copyOfRange(own, 256, 10 * 256));
            }
        }
    }

    /** Of a network that learnt a little, led back chunk by chunk with its labels and its guidance. */
    @Test
    void aTrainedModelFindsMostSignsOfItsOwnImages() throws IOException {
        try (ModelFamily family = family(SamplerKind.DPM, 12);
                GenerativeModel model = family.load(trained)) {
            float[] drawn = new float[25 * 256];
            Images images = (Images) model.sample(
                    (first, count, latents) ->
                            System.arraycopy(latents, 0, drawn, first * 256, Math.min(count, 25 - first) * 256),
                    25,
                    .8,
                    DRAWS,
                    Work.UNATTENDED);
            float[] found = model.latents(images, .8, 20, Work.UNATTENDED);
            assertThat(found).hasSize(drawn.length);
            assertThat(new Both(drawn, found).agreement()).isGreaterThan(.8);
            float[] some = model.latents(images.slice(10, 25), .8, 20, Work.UNATTENDED);
            for (int i = 0; i < some.length; i += 101) {
                assertThat(some[i]).isCloseTo(found[10 * 256 + i], within(1e-3f));
            }
        }
    }
}
