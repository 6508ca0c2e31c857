package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.autophage.command.Scripts;
import org.autophage.data.Points;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a program of one's own does wrong is told in a line, and nothing of it stays behind. */
class OwnModelFaultsTest extends OwnModelCase {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    exit 3                                                    | 1 | program.sh train ended with exit code 3; it said nothing
                    exit 0                                                    | 2 | train left nothing in
                    echo '{"step": 1, "loss": NaN}'; sleep 60                 | 4 | its loss is NaN at step 1
                    if [ $1 = train ]; then sleep 60; fi                      | 1 | was not done after 1 seconds
                    touch $JOB_MODEL/m; [ $1 = train ]                        | 1 | program.sh sample ended with exit code 1
                    touch $JOB_MODEL/m                                        | 2 | program.sh sample left nothing in
                    touch $JOB_MODEL/m; cp FEW $JOB_OUT/samples.npz           | 2 | left 39 samples: must be 40, as it was asked for
                    touch $JOB_MODEL/m; cp WIDE $JOB_OUT/samples.npz          | 2 | left points of 1 replicas in 3 dimensions: must be of 1 in 2
                    touch $JOB_MODEL/m; cp NONE $JOB_OUT/samples.npz          | 2 | left 2 coordinates that are no finite numbers
                    touch $JOB_MODEL/m; cp WHOLE $JOB_OUT/samples.npz         | 2 | is INT64 of shape [1, 40, 2]: must be float64 of shape
                    touch $JOB_MODEL/m; cp IMAGES $JOB_OUT/samples.npz        | 2 | left images of 4 x 4 x 1: must be points in 2 dimensions
                    touch $JOB_MODEL/m; echo x >$JOB_OUT/samples.npz          | 2 | samples.npz
                    touch $JOB_MODEL/m; mkdir -p $JOB_OUT/samples.npz         | 2 | samples.npz
                    touch $JOB_MODEL/m; echo x >$JOB_OUT/a.txt                | 2 | has no pictures
                    """)
    void whatAProgramDoesWrongIsToldInALine(String lines, int exitCode, String said) throws IOException {
        points("FEW", 1, 39, 2, 0);
        points("WIDE", 1, 40, 3, 0);
        points("NONE", 1, 40, 2, 2);
        Npz.write(folder.resolve("WHOLE"), Map.of("points", NpyArray.ofLongs(new long[80], 1, 40, 2)));
        Npz.write(folder.resolve("IMAGES"), Map.of("images", NpyArray.ofBytes(new byte[16 * 40], 40, 4, 4, 1)));
        script = Scripts.of(
                folder,
                "program.sh",
                "[ -n \"$JOB_MODEL\" ] || exit 9\n"
                        + lines.replaceAll("cp ([A-Z]+) ", "[ \\$1 = train ] || cp " + folder + "/$1 ")
                                .replace("echo x >$JOB_OUT", "[ $1 = train ] || echo x >$JOB_OUT")
                                .replace("mkdir -p $JOB_OUT", "[ $1 = train ] || mkdir -p $JOB_OUT"));
        CommandRun run = command("run", spec(POINTS, ", trainSeconds: 1, stopSeconds: 1"), "--trust");
        assertThat(run.err()).contains(said).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(exitCode);
        assertThat(run().seed(0).records()).isEmpty();
        assertThat(run().seed(0).generation(1).path()).doesNotExist();
    }

    private void points(String name, int replicas, int count, int dimensions, int none) {
        double[] values = new double[replicas * count * dimensions];
        for (int i = 0; i < none; i++) {
            values[i] = i == 0 ? Double.NaN : Double.POSITIVE_INFINITY;
        }
        new Points(replicas, count, dimensions, values).write(folder.resolve(name));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    size   | left images of 8 x 8 x 1: must be images of 16 x 16 x 1
                    colour | left images of 16 x 16 x 3: must be images of 16 x 16 x 1
                    float  | images is FLOAT32 of shape [40, 16, 16, 1]: must be uint8
                    labels | left label 7 at image 0: must be 0, as it was asked for; or leave labels out
                    """)
    void imagesThatAreNotWhatWasAskedFor(String what, String said) throws IOException {
        Path left = folder.resolve("left.npz");
        Npz.write(
                left,
                switch (what) {
                    case "size" -> Map.of("images", NpyArray.ofBytes(new byte[40 * 64], 40, 8, 8, 1));
                    case "colour" -> Map.of("images", NpyArray.ofBytes(new byte[40 * 768], 40, 16, 16, 3));
                    case "float" -> Map.of("images", NpyArray.ofFloats(new float[40 * 256], 40, 16, 16, 1));
                    default -> {
                        long[] labels = new long[40];
                        labels[0] = 7;
                        yield Map.of(
                                "images",
                                NpyArray.ofBytes(new byte[40 * 256], 40, 16, 16, 1),
                                "labels",
                                NpyArray.ofLongs(labels, 40));
                    }
                });
        script = Scripts.of(
                folder,
                "program.sh",
                "[ $1 = train ] && touch $JOB_MODEL/m || cp %s $JOB_OUT/samples.npz".formatted(left));
        CommandRun run = command("run", spec(GLYPHS, ", conditional: true"), "--trust");
        assertThat(run.err()).contains(said).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void aProgramThatChangesWhileTheRunGoesOnIsRefused() throws IOException {
        script = Scripts.of(
                folder,
                "by-heart.sh",
                Files.readString(script).replace("sample)", "sample) echo '# more' >>" + script + ";"));
        CommandRun run = command("run", spec(POINTS, ""), "--trust");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("was changed while the run went on").hasLineCount(1);
        assertThat(run().seed(0).records()).hasSize(1);
    }

    @Test
    void linksAndWhatMayOnlyBeReadAreKept() throws IOException {
        script = Scripts.of(
                folder,
                "by-heart.sh",
                """
                if [ $1 = train ]; then
                    mkdir -p "$JOB_CHECKPOINT/step-1" "$JOB_MODEL/own"
                    cp "$JOB_DATA" "$JOB_CHECKPOINT/step-1/data.npz"
                    chmod 0444 "$JOB_CHECKPOINT/step-1/data.npz"
                    ln -s ../checkpoint/step-1 "$JOB_MODEL/latest"
                    ln -s ../latest/data.npz "$JOB_MODEL/own/data.npz"
                else
                    cp "$JOB_MODEL/own/data.npz" "$JOB_OUT/samples.npz"
                fi
                """);
        CommandRun run = command("run", spec(POINTS, ""), "--trust");
        assertThat(run.err()).isEmpty();
        assertThat(run().seed(0).generation(3).path().resolve("model/latest/data.npz"))
                .isRegularFile();
        script = Scripts.of(folder, "by-heart.sh", "ln -s nowhere $JOB_MODEL/m");
        CommandRun dangling = command("run", spec(POINTS, ""), "--trust", "name=dangling");
        assertThat(dangling.exitCode()).isEqualTo(2);
        assertThat(dangling.err()).contains("model/m, which leads nowhere").hasLineCount(1);
        script = Scripts.of(folder, "by-heart.sh", "ln -s . $JOB_MODEL/m; touch $JOB_MODEL/x");
        CommandRun circle = command("run", spec(POINTS, ""), "--trust", "name=circle");
        assertThat(circle.exitCode()).isEqualTo(2);
        assertThat(circle.err()).contains("left what cannot be read").hasLineCount(1);
    }

    /** Of all that a terminal or a batch system signals at once, nothing of the program is left. */
    @ParameterizedTest
    @ValueSource(
            strings = {"KILL", "TERM"}) // HUP is ignored by all that a process started which ignores it, as nohup does
    @Tag("slow")
    void aSignalToTheWholeGroupLeavesNothing(String signal) throws IOException, InterruptedException {
        Path spec = spec(POINTS, ", stopSeconds: 1, options: {steps: 10000, pause: 0.05}");
        Process process = new ProcessBuilder(
                        "setsid",
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        "run",
                        spec.toString(),
                        "--trust",
                        "--runs",
                        runs().toString())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
        Path step = run().seed(0).checkpoint().resolve("generation-001-train.work/checkpoint/step");
        while (!Files.exists(step)) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        new ProcessBuilder("kill", "-" + signal, "--", "-" + process.pid())
                .start()
                .waitFor();
        assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
        boolean any = true;
        for (int i = 0; i < 150 && any; i++) {
            Thread.sleep(20);
            any = ProcessHandle.allProcesses()
                    .anyMatch(each -> each.info().commandLine().orElse("").contains(script.toString()));
        }
        assertThat(any).isFalse();
    }
}
