package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.time.Duration;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.TinyWorld.TinyDataset;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model that gives a holdout image away: the loop must not train the next one on it. */
class HoldoutLeakTest {
    /** The second image of {@link TinyDataset#holdout}. */
    private static final long HELD_OUT = -2;

    @Test
    void aHoldoutImageInATrainingSetStopsTheRun(@TempDir Path folder) {
        LoopSpec spec = LoopSpec.fullySynthetic(3, 12, 10);
        SeedFolder seed = new RunFolder(folder).seed(0);
        FolderLog log = new FolderLog(seed, Keep.ALL, spec.dataMix().memory(), Duration.ofSeconds(60), "");
        LoopController loop = new LoopController(
                new LoopPlan(spec, 1, 10),
                new TinyDataset(100),
                new LeakingFamily(),
                TinyWorld.METRICS,
                Expectation.NOTHING);
        assertThatThrownBy(() -> loop.run(log, Progress.SILENT, StopSignal.NEVER, GenerationObserver.NOBODY))
                .isInstanceOf(AutophageException.class)
                .hasMessage(
                        "training sample 3 (generation 1, image 3) is holdout image 1 of tiny: no model may train on it")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
        assertThat(seed.records()).hasSize(1);
    }

    private static final class LeakingFamily implements ModelFamily {
        @Override
        public GenerativeModel train(
                TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
            return new LeakingModel();
        }

        @Override
        public GenerativeModel load(Path folder) {
            return new LeakingModel();
        }
    }

    private static final class LeakingModel implements GenerativeModel {
        @Override
        public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
            long[] contents = new long[count];
            for (int i = 0; i < count; i++) {
                contents[i] = i == 3 ? HELD_OUT : 1000 + i;
            }
            return TinyWorld.images(contents);
        }

        @Override
        public void save(Path folder) {}

        @Override
        public void close() {}
    }
}
