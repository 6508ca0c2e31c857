package org.autophage.remedy;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import org.autophage.base.StopSignal;
import org.autophage.loop.Keep;
import org.autophage.model.EarlyStopping;
import org.autophage.model.Precision;
import org.autophage.model.diffusion.DiffusionSpec;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Early stopping in fine-tuned loops in run folders: what records say, and that interruptions change nothing. */
class EarlyStoppedRunsTest extends StoppableRuns {
    @Override
    DiffusionSpec model(int steps, double rate) {
        DiffusionSpec plain = super.model(steps, rate);
        return new DiffusionSpec(
                        plain.parameterization(),
                        null,
                        null,
                        null,
                        true,
                        4,
                        plain.multipliers(),
                        1,
                        2,
                        steps,
                        8,
                        rate,
                        .9,
                        .1,
                        Precision.FLOAT32,
                        null,
                        new EarlyStopping(.25, 3, 1))
                .complete();
    }

    @Test
    void recordsAndTrainingSetsTellWhatWasHeldOut() throws Exception {
        process("told", loop(2), Keep.ALL, List.of(), StopSignal.NEVER);
        for (int t = 1; t <= 2; t++) {
            JsonNode told = ExtrapolatedWeightsTest.json(seed("told").records().get(t - 1))
                    .path("remedies")
                    .path("early-stopping");
            int heldOut = t == 1 ? 4 : 2; // of 16 real and of 8 synthetic samples
            assertThat(told.path("heldOut").intValue()).isEqualTo(heldOut);
            assertThat(told.path("steps").intValue()).isBetween(3, STEPS);
            assertThat(told.path("bestStep").intValue())
                    .isBetween(3, told.path("steps").intValue());
            assertThat(told.path("bestLoss").doubleValue()).isPositive();
            assertThat(Files.readString(seed("told").generation(t).trainingSet()))
                    .contains("\"heldOut\":" + heldOut);
            assertThat(seed("told").generation(t).earlyStopping()).exists();
        }
    }

    @Test
    void aRunThatIsStoppedOftenGoesOnToTheSameFiles() throws Exception {
        requireTheSameFiles(
                loop(2),
                Keep.LAST,
                List.of(new SeveralModels(2, SeveralModels.Parts.DISJOINT), new InterpolatedWeights(Strength.of(.5))),
                17);
        JsonNode told = ExtrapolatedWeightsTest.json(seed("stopped").records().get(1))
                .path("remedies")
                .path("early-stopping");
        assertThat(told.path("member-1").path("heldOut").intValue()).isEqualTo(1);
        assertThat(told.path("member-2").path("heldOut").intValue()).isEqualTo(1);
        assertThat(Files.readString(seed("stopped").generation(2).trainingSet()))
                .contains("\"heldOut\":2");
    }
}
