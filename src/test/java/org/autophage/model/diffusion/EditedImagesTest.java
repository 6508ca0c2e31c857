package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.model.DenoisingModel;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.ModelFamily;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.program.OnCpu;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Images that are brought to a level of noise and led back. A network that was not trained puts out zeros: edm's denoiser is then the
 * ideal one of N(0, .25), and ddpm's leaves images as they are.
 */
class EditedImagesTest extends OnCpu {
    private static final Seeds.Stream EDITS = new Seeds(1).stream(2, Phase.SELECT);
    private static final int IMAGES = 40;
    private static final int PIXELS = 256;

    /** Grey of a value in [−1, 1]: byte 153 is .2. */
    private static Images grey(int count, int value) {
        byte[] pixels = new byte[count * PIXELS];
        Arrays.fill(pixels, (byte) value);
        int[] labels = new int[count];
        Arrays.setAll(labels, i -> i % 10);
        return new Images(16, 16, 1, 10, pixels, labels);
    }

    /** Mean and variance of the pixels, in [−1, 1]. */
    private static double[] moments(byte[] pixels) {
        double mean = 0;
        double square = 0;
        for (byte pixel : pixels) {
            double value = (pixel & 0xff) / 127.5 - 1;
            mean += value / pixels.length;
            square += value * value / pixels.length;
        }
        return new double[] {mean, square - mean * mean};
    }

    private static byte[] edited(ParameterizationKind kind, SamplerKind sampler, int steps, double noise) {
        DiffusionProgram program = new DiffusionProgram(
                device, TinyDiffusion.spec(kind, 10), TinyDiffusion.SHAPE, new Solver(sampler, steps), IMAGES);
        try (Scope scope = device.newScope()) {
            float[] flat = program.parameters().initialize(1);
            Tensor weights = scope.floats(flat, flat.length);
            device.seed(7);
            return program.edit(scope, weights, grey(IMAGES, 153), noise, 1, Course.USUAL);
        } finally {
            program.close();
        }
    }

    /**
     * A grey a becomes a√w of variance s²w, w = v/(v + s²), by a sampler without noise; by the other one aw of w²s² + vs²/(v + s²), up to
     * what its steps leave of that.
     */
    @ParameterizedTest
    @CsvSource({"HEUN, 30, .2, .003", "DPM, 40, .2, .003", "DDIM, 200, .1, .003", "ANCESTRAL, 100, .2, 0"})
    void anEditIsWhatTheDenoiserSays(SamplerKind sampler, int steps, double noise, double ofSteps) {
        double variance = Edm.DATA_DEVIATION * Edm.DATA_DEVIATION;
        double w = variance / (variance + noise * noise);
        boolean adds = sampler == SamplerKind.ANCESTRAL;
        double mean = .2 * (adds ? w : Math.sqrt(w));
        double spread = adds ? ofChain(variance, noise, steps) : noise * noise * w;
        double rounding = Math.pow(2 / 255.0, 2) / 12;
        double[] found = moments(edited(ParameterizationKind.EDM, sampler, steps, noise));
        int count = IMAGES * PIXELS;
        assertThat(found[0]).isCloseTo(mean, within(4 * Math.sqrt(spread / count) + ofSteps));
        assertThat(found[1])
                .isCloseTo(spread + rounding, within(4 * spread * Math.sqrt(2.0 / count) + ofSteps * spread * 4));
    }

    /** Of linear steps that add noise. */
    private static double ofChain(double variance, double noise, int steps) {
        double[] levels = Course.USUAL.levels(new Edm(Edm.LOG_MEAN, Edm.LOG_DEVIATION), steps, noise);
        double now = noise * noise;
        for (int i = 0; i + 1 < levels.length; i++) {
            double ratio = Math.pow(levels[i + 1] / levels[i], 2);
            double share = variance / (variance + levels[i] * levels[i]);
            now = Math.pow(share + ratio * (1 - share), 2) * now + Math.pow(levels[i + 1], 2) * (1 - ratio);
        }
        double exact =
                noise * noise * variance * (2 * variance + noise * noise) / Math.pow(variance + noise * noise, 2);
        assertThat(now).isCloseTo(exact, within(.05 * exact));
        return now;
    }

    /** The noise is that of the chain's nearest level. */
    @Test
    void aChainTakesItsNearestLevel() {
        double[] chain = new Ddpm(500).trainingLevels();
        double nearest = chain[20];
        double[] found =
                moments(edited(ParameterizationKind.DDPM, SamplerKind.DDIM, 5, nearest + (chain[21] - nearest) * .4));
        assertThat(found[0]).isCloseTo(.2, within(4 * nearest / Math.sqrt(IMAGES * PIXELS) + 1e-4));
        assertThat(Math.sqrt(found[1] - Math.pow(2 / 255.0, 2) / 12))
                .isCloseTo(nearest, within(4 * nearest / Math.sqrt(2.0 * IMAGES * PIXELS)));
    }

    /** Edit i is the same however many there are, and another for another label, level or way. */
    @Test
    void anEditDependsOnItsPlaceAlone() {
        try (ModelFamily family = TinyDiffusion.spec(ParameterizationKind.EDM, 30)
                        .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(SamplerKind.DPM, 5, 10));
                DenoisingModel model =
                        (DenoisingModel) family.train(Glyphs.trainingSet(32), null, new Seeds(0), 1, Work.UNATTENDED);
                DenoisingModel noisy = model.endingAt(.3, false);
                GenerativeModel away = model.awayFrom(model, .5)) {
            byte[] many = pixels(model, grey(25, 80), .5, 1);
            assertThat(pixels(model, grey(12, 80), .5, 1)).isEqualTo(Arrays.copyOf(many, 12 * PIXELS));
            Images others = grey(12, 80).labelledAs(grey(13, 80).slice(1, 13));
            assertThat(pixels(model, others, .5, 1)).isNotEqualTo(Arrays.copyOf(many, 12 * PIXELS));
            assertThat(pixels(model, grey(25, 80), .6, 1)).isNotEqualTo(many);
            assertThat(pixels(model, grey(25, 80), .5, .6)).as("guided").isNotEqualTo(many);
            assertThat(pixels(noisy, grey(25, 80), .5, 1)).isNotEqualTo(many);
            byte[] same = pixels(away, grey(25, 80), .5, 1);
            for (int i = 0; i < many.length; i++) {
                assertThat((double) (same[i] & 0xff)).isCloseTo(many[i] & 0xff, within(1.0));
            }
            Images given = grey(25, 80);
            Images whole = (Images) model.edited(given, .5, 1, EDITS, Work.UNATTENDED);
            assertThat(whole.labels()).isEqualTo(given.labels());
        }
    }

    private static byte[] pixels(GenerativeModel model, Images given, double noise, double bias) {
        return ((Images) model.edited(given, noise, bias, EDITS, Work.UNATTENDED)).pixels();
    }
}
