package org.autophage.data.npy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NpzTest {
    @TempDir
    Path folder;

    private static Map<String, NpyArray> arrays() {
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("b", NpyArray.ofBytes(new byte[] {1, 2, -1, 4, 5, 6}, 2, 3));
        arrays.put("a", NpyArray.ofDoubles(new double[] {0.5, -2}, 2));
        return arrays;
    }

    @Test
    void arraysComeBackInOrder() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, arrays());
        assertThat(Npz.read(file).keySet()).containsExactly("b", "a");
        assertThat(Npz.read(file, "b").toLongs()).containsExactly(1, 2, 255, 4, 5, 6);
    }

    @Test
    void equalArraysGiveEqualBytesAndNothingElseIsLeft() throws IOException {
        Npz.write(folder.resolve("x.npz"), arrays());
        Npz.write(folder.resolve("y.npz"), arrays());
        assertThat(folder.resolve("x.npz")).hasSameBinaryContentAs(folder.resolve("y.npz"));
        assertThat(folder).isDirectoryNotContaining("glob:**.partial");
    }

    /** A count of 2^40, as an array that says so, and as a zip that does. */
    @Test
    void aCountThatCannotBeIsOneLine() throws IOException {
        Path file = folder.resolve("x.npz");
        String header = "{'descr': '<f4', 'fortran_order': False, 'shape': (1099511627776,), }";
        byte[] npy = Npy.write(NpyArray.ofFloats(new float[] {1}, 1));
        byte[] huge = new String(npy, StandardCharsets.ISO_8859_1)
                .replaceFirst("\\{.*\\} *", header + " ".repeat(118 - 1 - header.length()))
                .getBytes(StandardCharsets.ISO_8859_1);
        Files.write(file, new ZipBytes().with("a.npy", huge).bytes());
        refused(
                () -> Npz.read(file, "a"),
                "x.npz:a has shape (1099511627776,): sizes must be 0 or more, and below 2^31");
    }

    @Test
    void damageIsNamed() throws IOException {
        Path file = folder.resolve("x.npz");
        Npz.write(file, arrays());
        byte[] whole = Files.readAllBytes(file);
        refused(() -> Npz.read(file, "c"), "x.npz has no array 'c': it has b, a");
        refused(() -> Npz.read(folder.resolve("no.npz")), "no.npz is missing");
        Files.write(file, Arrays.copyOf(whole, whole.length / 2));
        refused(() -> Npz.read(file), "x.npz is truncated or no .npz file");
        byte[] flipped = whole.clone();
        flipped[indexOf(whole, new byte[] {1, 2, -1, 4, 5, 6})] ^= 1;
        Files.write(file, flipped);
        refused(() -> Npz.read(file), "x.npz is corrupt: CRC-32 of b.npy is");
    }

    private static int indexOf(byte[] bytes, byte[] part) {
        return IntStream.range(0, bytes.length - part.length)
                .filter(at -> Arrays.equals(bytes, at, at + part.length, part, 0, part.length))
                .findFirst()
                .orElseThrow();
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((AutophageException) e).exitCode()).isEqualTo(ExitCode.USAGE));
    }

    @Test
    void numpyReadsWhatIsWritten() throws Exception {
        Path file = folder.resolve("x.npz");
        Npz.write(file, arrays());
        assertThat(python(
                        "import numpy, sys; z = numpy.load(sys.argv[1]); "
                                + "print(z['b'].dtype, z['b'].tolist(), z['a'].dtype, z['a'].tolist())",
                        file))
                .isEqualTo("uint8 [[1, 2, 255], [4, 5, 6]] float64 [0.5, -2.0]");
    }

    @Test
    void whatNumpyWritesIsRead() throws Exception {
        Path file = folder.resolve("n.npz");
        python(
                "import numpy, sys; numpy.savez_compressed(sys.argv[1], "
                        + "f=numpy.asfortranarray(numpy.arange(24).reshape(2, 3, 4)), s=numpy.float32(2.5))",
                file);
        assertThat(Npz.read(file, "f").toLongs())
                .containsExactly(LongStream.range(0, 24).toArray());
        assertThat(Npz.read(file, "f").shape()).containsExactly(2, 3, 4);
        assertThat(Npz.read(file, "s").toDoubles()).containsExactly(2.5);
    }

    /** Sums as NumPy gives them for a file that NumPy wrote. */
    @Test
    void oraclesAreRead() {
        Path oracle = Path.of("../shared/oracles/same.npz");
        Assumptions.assumeTrue(Files.exists(oracle), "skipped: no ../shared/oracles");
        Map<String, NpyArray> sets = Npz.read(oracle);
        assertThat(sets.keySet()).containsExactlyInAnyOrder("real", "fake");
        NpyArray real = Npz.read(oracle, "real");
        assertThat(real.shape()).containsExactly(600, 32);
        assertThat(Arrays.stream(real.toDoubles()).sum()).isCloseTo(-1255.87, within(0.01));
    }

    private static String python(String program, Path argument) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(List.of("python3", "-c", program, argument.toString()))
                    .redirectErrorStream(true)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("skipped: no python3 here (" + e.getMessage() + ")");
            throw e;
        }
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        Assumptions.assumeFalse(output.contains("No module named 'numpy'"), "skipped: python3 has no numpy");
        assertThat(process.exitValue()).as(output).isZero();
        return output;
    }
}
