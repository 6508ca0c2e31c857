package org.autophage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingsTest {
    @TempDir
    private Path folder;

    private static GenerationRecord record(long seed, double recall) {
        Measures measures = Measures.builder()
                .add(Metrics.RECALL, recall)
                .addSamplingError(Metrics.RECALL, .01)
                .build();
        return new GenerationRecord(1, seed, "fresh-data", 1, new Composition(5, 0, 0), measures, 1, 2, 3);
    }

    @Test
    void whatIsWrittenIsRead() throws Exception {
        Path file = folder.resolve("trainings.jsonl");
        assertThat(Trainings.read(file).records()).isEmpty();
        Trainings trainings = new Trainings(List.of(record(7, .5), record(2, .6)));
        trainings.write(file);
        assertThat(Trainings.read(file)).isEqualTo(trainings);
        assertThat(trainings.records()).extracting(GenerationRecord::seed).containsExactly(2L, 7L);

        Files.writeString(file, Files.readString(file).replace("0.6", "0.7"));
        assertThatThrownBy(() -> Trainings.read(file))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("trainings.jsonl, line 1");
        Files.writeString(file, "nothing\n");
        assertThatThrownBy(() -> Trainings.read(file))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("trainings.jsonl, line 1");
    }

    @Test
    void aSeedIsCountedOnceAndItsOwnNotAtAll() {
        Trainings both =
                new Trainings(List.of(record(1, .5), record(2, .6))).with(List.of(record(2, .7), record(3, .8)));
        assertThat(both.without(9))
                .extracting(measured -> measured.value(Metrics.RECALL).orElseThrow())
                .containsExactly(.5, .7, .8);
        assertThat(both.without(2)).hasSize(2);
    }
}
