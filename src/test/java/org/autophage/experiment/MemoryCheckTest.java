package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.ImageShape;
import org.autophage.data.PointShape;
import org.autophage.data.SampleShape;
import org.autophage.program.DeviceName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MemoryCheckTest {
    private static final ImageShape DIGITS = new ImageShape(28, 1, 10);
    private static final double GIBIBYTE = 1 << 30;

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    model.batch     | 2147483647 | model.batch is 2147483647: a batch alone takes 6,288 GiB, and this machine has 16 GiB; make it smaller
                    sampling.chunk  | 2147483647 | sampling.chunk is 2147483647: a chunk of samples alone takes 1,568 GiB, and one array of Java holds 2.0 GiB; make it smaller
                    loop.synthetic  | 2147483647 | loop.synthetic is 2147483647: what a generation draws alone takes 1,568 GiB, and one array of Java holds 2.0 GiB; make it smaller
                    metrics.samples | 3000000    | metrics.samples is 3000000: what a generation draws alone takes 2.2 GiB, and one array of Java holds 2.0 GiB; make it smaller
                    loop.initial    | 2800000    | loop.initial is 2800000: the first training set alone takes 2.0 GiB, and one array of Java holds 2.0 GiB; make it smaller
                    """)
    void aNumberThatNoMemoryHoldsIsNamed(String key, int value, String message) {
        refused(ExperimentSpec.DEFAULTS.with(key, value), DIGITS, message);
    }

    @ParameterizedTest
    @CsvSource({"model.batch, 100000", "sampling.chunk, 100000", "model.steps, 2147483647", "loop.initial, 2000000"})
    void largeNumbersThatMayFitAreLeftToTheRun(String key, int value) {
        assertThatCode(() -> MemoryCheck.check(ExperimentSpec.DEFAULTS.with(key, value), DIGITS, true, 16 * GIBIBYTE))
                .doesNotThrowAnyException();
    }

    @Test
    void covariancesOfPoints(@TempDir Path folder) throws IOException {
        Path file =
                Files.writeString(folder.resolve("points.yaml"), "dataset: {kind: points}\nmodel: {kind: gaussian}\n");
        ExperimentSpec points = ExperimentSpec.read(file, List.of());
        refused(
                points,
                new PointShape(1, 100_000),
                "dataset.dimensions is 100000: a covariance of 1 replicas alone takes 75 GiB, and this machine has 16 GiB; make it smaller");
        assertThatCode(() -> MemoryCheck.check(points, new PointShape(1, 10_000), true, 16 * GIBIBYTE))
                .doesNotThrowAnyException();
    }

    /** A batch of 10 million digits is 10,000,000 · (28 · 28 · 4 + 8) bytes = 29.3 GiB: too much for a quarter of 80 GiB. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    gpu     | 80 | -
                    gpu:1/2 | 80 | -
                    gpu:1/4 | 80 | each of 4 processes on gpu:1 (80 GiB) has 20 GiB
                    gpu     | 24 | gpu:0 has 24 GiB
                    """)
    void whoSharesAGpuHasAPartOfItsMemory(String device, double gibibytes, String refusal) {
        DeviceName name = DeviceName.parse(device).orElseThrow();
        MemoryCheck gpu = MemoryCheck.ofGpu(name, gibibytes * GIBIBYTE);
        MemoryCheck machine = MemoryCheck.ofGpu(name, Double.POSITIVE_INFINITY);
        ExperimentSpec spec = ExperimentSpec.DEFAULTS.with("model.batch", 10_000_000);
        ThrowingCallable check = () -> MemoryCheck.check(spec, DIGITS, true, gpu, machine);
        if (refusal.equals("-")) {
            assertThatCode(check).doesNotThrowAnyException();
        } else {
            assertThatThrownBy(check)
                    .hasMessage("model.batch is 10000000: a batch alone takes 29 GiB, and " + refusal
                            + "; make it smaller");
        }
    }

    private static void refused(ExperimentSpec spec, SampleShape shape, String message) {
        assertThatThrownBy(() -> MemoryCheck.check(spec, shape, true, 16 * GIBIBYTE))
                .isInstanceOf(AutophageException.class)
                .hasMessage(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
