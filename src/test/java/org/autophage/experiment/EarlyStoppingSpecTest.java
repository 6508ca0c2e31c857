package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Origins;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Composition;
import org.autophage.model.EarlyStop;
import org.autophage.model.EarlyStopping;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;

/** What a spec says of early stopping reaches the trainings that it is for. */
class EarlyStoppingSpecTest extends OnCpu {
    private static ExperimentSpec spec(String... overrides) {
        return ExperimentSpec.read(Path.of("experiments/strokes-vae.yaml"), List.of(overrides));
    }

    @Test
    void aSectionThatIsWrittenInPartHasDefaults() {
        assertThat(spec("model.earlyStopping.patience=5").model().stopping()).contains(new EarlyStopping(.1, 100, 5));
        assertThat(spec("model.earlyStopping={}").model().stopping()).contains(EarlyStopping.DEFAULTS);
        assertThat(spec().model().stopping()).isEmpty();
        assertThat(spec().toYaml()).doesNotContain("earlyStopping");
    }

    /** A copy of a few steps takes all of them on all of its samples; the models of generations do not. */
    @Test
    void briefCopiesAreNotStopped() {
        ExperimentInputs inputs = ExperimentInputs.open(spec(
                "model.earlyStopping.every=2",
                "model.steps=4",
                "model.batch=4",
                "loop.initial=20",
                "loop.synthetic=20"));
        TrainingSet set = new TrainingSet(
                inputs.dataset().real(new long[] {0, 1, 2, 3}),
                new Origins(new int[4], new long[] {0, 1, 2, 3}),
                new Composition(4, 0, 0));
        try (ModelFamily usual = inputs.family(device);
                ModelFamily brief = inputs.briefTraining(device).family(2, .1);
                GenerativeModel whole = usual.train(set, null, new Seeds(0), 1, Work.UNATTENDED);
                GenerativeModel copy = brief.train(set, whole, new Seeds(0), 1, Work.UNATTENDED)) {
            assertThat(whole.earlyStops().values())
                    .extracting(EarlyStop::heldOut)
                    .containsExactly(1);
            assertThat(copy.earlyStops()).isEmpty();
        }
    }
}
