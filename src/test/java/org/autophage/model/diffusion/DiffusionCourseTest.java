package org.autophage.model.diffusion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.model.DenoisingModel;
import org.autophage.model.GenerativeModel;
import org.autophage.model.Glyphs;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelWeights;
import org.autophage.model.diffusion.DiffusionSpec.ParameterizationKind;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Trained networks that are sampled otherwise than their spec says: what they draw, and what is kept of them. */
class DiffusionCourseTest extends OnCpu {
    private static final Seeds.Stream DRAWS = new Seeds(0).stream(1, Phase.SAMPLE);
    private static ModelFamily family;
    private static DenoisingModel model;
    private static GenerativeModel other;

    /** Where both are kept: families of every sampler read them. */
    @TempDir
    private static Path kept;

    @BeforeAll
    static void train() throws IOException {
        family = family(SamplerKind.DPM);
        model = (DenoisingModel) family.train(Glyphs.trainingSet(32), null, new Seeds(0), 1, Work.UNATTENDED);
        other = family.train(Glyphs.trainingSet(32), model, new Seeds(1), 1, Work.UNATTENDED);
        model.save(Files.createDirectory(kept.resolve("model")));
        other.save(Files.createDirectory(kept.resolve("other")));
    }

    @AfterAll
    static void closeAll() {
        model.close();
        other.close();
        family.close();
    }

    private static ModelFamily family(SamplerKind sampler) {
        return TinyDiffusion.spec(ParameterizationKind.EDM, 30)
                .family(device, TinyDiffusion.SHAPE, TinyDiffusion.sampling(sampler, 5, 10));
    }

    private static byte[] drawn(GenerativeModel from, double bias) {
        return ((Images) from.sample(20, bias, DRAWS, Work.UNATTENDED)).pixels();
    }

    private static void requireNear(byte[] actual, byte[] expected) {
        for (int i = 0; i < actual.length; i++) {
            assertThat(Math.abs((actual[i] & 0xff) - (expected[i] & 0xff)))
                    .as("pixel %d", i)
                    .isLessThanOrEqualTo(1);
        }
    }

    @ParameterizedTest
    @EnumSource(SamplerKind.class)
    void weightNoughtIsTheModelAndWeightMinusOneTheOther(SamplerKind sampler) throws IOException {
        try (ModelFamily same = family(sampler);
                DenoisingModel base = (DenoisingModel) same.load(kept.resolve("model"));
                GenerativeModel copy = same.load(kept.resolve("other"));
                GenerativeModel none = base.awayFrom(copy, 0);
                GenerativeModel all = base.awayFrom(copy, -1)) {
            for (double bias : new double[] {1, .7}) {
                assertThat(drawn(copy, bias)).isNotEqualTo(drawn(base, bias));
                assertThat(drawn(none, bias)).isEqualTo(drawn(base, bias));
                requireNear(drawn(all, bias), drawn(copy, bias));
            }
        }
    }

    /** Both networks are in the folder: what is read back draws the same to the bit, and is fine-tuned as the model is. */
    @Test
    void aModelThatIsSampledOtherwiseIsKeptWhole(@TempDir Path folder) throws Exception {
        try (DenoisingModel away = model.awayFrom(other, .7);
                DenoisingModel both = away.endingAt(.05, false)) {
            both.save(folder);
            assertThat(folder.resolve("sampling.safetensors")).exists();
            assertThat(drawn(both, 1)).isNotEqualTo(drawn(away, 1));
            assertThat(drawn(away, 1)).isNotEqualTo(drawn(model, 1));
            try (GenerativeModel read = family.load(folder)) {
                assertThat(drawn(read, 1)).isEqualTo(drawn(both, 1));
                assertThat(drawn(read, .5)).isEqualTo(drawn(both, .5));
                assertThat(tuned(read)).isEqualTo(tuned(model));
                Path again = Files.createDirectory(folder.resolve("again"));
                read.save(again);
                for (String file : new String[] {"sampling.safetensors", "weights.safetensors", "model.pt"}) {
                    assertThat(again.resolve(file)).hasSameBinaryContentAs(folder.resolve(file));
                }
            }
        }
    }

    private static byte[] tuned(GenerativeModel from) {
        try (GenerativeModel next = family.train(Glyphs.trainingSet(16), from, new Seeds(2), 2, Work.UNATTENDED)) {
            return drawn(next, 1);
        }
    }

    @Test
    void theUsualWayLeavesNoFile(@TempDir Path folder) throws Exception {
        model.save(folder);
        assertThat(folder.resolve("sampling.safetensors")).doesNotExist();
    }

    @Test
    void otherWeightsAreSampledOnTheSameWay() {
        try (DenoisingModel away = model.awayFrom(other, .7);
                GenerativeModel same = away.with(away.weights().orElseThrow());
                GenerativeModel line =
                        away.with(new ModelWeights(other.weights().orElseThrow().floats(), Map.of()))) {
            assertThat(drawn(same, 1)).isEqualTo(drawn(away, 1));
            requireNear(drawn(line, 1), drawn(other, 1)); // away from itself
            assertThatThrownBy(() -> away.awayFrom(other, 1)).isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
