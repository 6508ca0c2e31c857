package org.autophage.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainingCurveTest {
    @TempDir
    Path folder;

    @Test
    void aModelThatIsReadAndSavedAgainKeepsTheCurveOfItsTraining() throws IOException {
        TrainingCurve curve = new TrainingCurve(List.of("generatorLoss", "r1"));
        curve.add(20, new double[] {1.0 / 3, 1e-9}, 2e-3);
        curve.add(40, new double[] {-0.25, Double.NaN}, 1e-3);
        curve.write(folder);
        assertThat(Files.readAllLines(folder.resolve("training.csv")))
                .containsExactly(
                        "step,generatorLoss,r1,learningRate", "20,0.33333334,1.0E-9,0.002", "40,-0.25,NaN,0.001");
        TrainingCurve read = TrainingCurve.in(folder);
        assertThat(read.toArray()).isEqualTo(curve.toArray());
        Path again = Files.createDirectory(folder.resolve("again"));
        read.write(again);
        assertThat(again.resolve("training.csv")).hasSameBinaryContentAs(folder.resolve("training.csv"));
    }

    @Test
    void columnsAreReadByTheirNames() throws IOException {
        Files.write(folder.resolve("training.csv"), List.of("loss,step", "0.5,20", "0.25,40"));
        assertThat(TrainingCurve.in(folder).toArray()).containsExactly(20, 0.5f, 0, 40, 0.25f, 0);
    }

    @Test
    void weightsFromElsewhereHaveNone() {
        assertThat(TrainingCurve.in(folder).toArray()).isEmpty();
    }
}
