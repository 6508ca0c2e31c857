package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.networknt.schema.InputFormat;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Trust;
import org.autophage.base.Work;
import org.autophage.command.Scripts;
import org.autophage.data.Points;
import org.autophage.data.SampleArchive;
import org.autophage.data.Samples;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.Device;
import org.autophage.run.Provenance;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program of one's own in the loop: what it learns by heart stays for ever, and what it does wrong is told in a line. */
class OwnModelTest {
    private static final int COUNT = 40;

    @TempDir
    private Path folder;

    private Path script = Path.of("");

    @BeforeEach
    void write() throws IOException {
        script = Scripts.byHeart(folder);
    }

    private Path spec(String dataset, String more) throws IOException {
        return Files.writeString(
                folder.resolve("own.yaml"),
                """
                device: cpu
                dataset: {%s}
                model: {kind: command, program: [%s]%s}
                sampling: {chunk: %d}
                loop: {kind: fully-synthetic, generations: 3, initial: %d, synthetic: %d}
                metrics: {samples: %d, neighbours: 3%s}
                """
                        .formatted(
                                dataset,
                                script,
                                more,
                                COUNT,
                                COUNT,
                                COUNT,
                                COUNT,
                                dataset.contains("strokes") ? ", features: pixels" : ""));
    }

    private static final String POINTS = "kind: points, distribution: moons, holdout: 100";
    private static final String GLYPHS = "kind: strokes, size: 16, holdout: 100";

    private CommandRun command(String name, Path spec, String... more) {
        return CommandRun.of(Stream.of(
                        Stream.of(name, spec.toString()),
                        name.matches("run|sweep") ? Stream.of("--runs", runs().toString()) : Stream.<String>of(),
                        Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    private Path runs() {
        return folder.resolve("runs");
    }

    private RunFolder run() {
        return new RunFolder(runs().resolve("own"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kind: points, distribution: moons, replicas: 2, holdout: 100 |
                    kind: strokes, size: 16, holdout: 100                        |
                    kind: strokes, size: 16, holdout: 100                        | , conditional: true, options: {steps: 3}
                    kind: grammar, holdout: 100                                  |
                    """)
    void whatIsKnownByHeartStaysForEver(String dataset, String more) throws IOException {
        CommandRun run = command("run", spec(dataset, more == null ? "" : more), "--trust");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        Path first = run().seed(0).generation(1).path();
        assertThat(first.resolve("model/data.npz")).exists();
        assertThat(first.resolve("model/checkpoint")).doesNotExist();
        for (int t = 2; t <= 3; t++) {
            Path other = run().seed(0).generation(t).path();
            assertThat(other.resolve("samples-00000.npz")).hasSameBinaryContentAs(first.resolve("samples-00000.npz"));
        }
        assertThat(run().seed(0).checkpoint()).doesNotExist();
        assertThat(Provenance.read(run().provenance()).hash("program")).isPresent();
        assertThat(run().seed(0).records()).hasSize(3);
        if (more != null) {
            assertThat(first.resolve("training.csv")).content().contains("step,loss,learningRate", "3,0.5,0.0");
        }
        CommandRun again = command("run", spec(dataset, more == null ? "" : more), "--trust");
        assertThat(again.exitCode()).isZero();
    }

    @Test
    void nothingRunsThatIsNotTrusted() throws IOException {
        Path spec = spec(POINTS, "");
        for (String name : List.of("validate", "plan", "run")) {
            CommandRun run = command(name, spec);
            assertThat(run.exitCode()).as(name).isEqualTo(2);
            assertThat(run.err())
                    .contains("model.program", "can do whatever you can", "--trust")
                    .hasLineCount(1);
        }
        assertThat(runs()).doesNotExist();
        assertThat(command("validate", spec, "--trust").exitCode()).isZero();
        assertThat(command("plan", spec, "--trust").out()).contains("its program's business");
    }

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
    void fineTuningIsGivenTheModelBefore() throws IOException {
        script = Scripts.of(
                folder,
                "program.sh",
                """
                if [ $1 = train ]; then
                    [ -z "$JOB_PREVIOUS" ] || cat "$JOB_PREVIOUS/line" >"$JOB_MODEL/line"
                    echo "generation $JOB_GENERATION" >>"$JOB_MODEL/line"
                    cp "$JOB_DATA" "$JOB_MODEL/data.npz"
                else
                    cp "$JOB_MODEL/data.npz" "$JOB_OUT/samples.npz"
                fi
                """);
        CommandRun run = command(
                "run",
                spec(POINTS, ""),
                "--trust",
                "name=own",
                "loop.kind=mix",
                "loop.mix={fixedReal: 0, freshReal: 0, synthetic: 40, memory: 1, train: fine-tune}");
        assertThat(run.err()).isEmpty();
        assertThat(run().seed(0).generation(3).path().resolve("model/line"))
                .hasContent("generation 1\ngeneration 2\ngeneration 3\n");
    }

    @Test
    void aProgramMayBeMendedUntilAGenerationIsFinished() throws IOException {
        Path spec = spec(POINTS, "");
        script = Scripts.of(folder, "by-heart.sh", "exit 3");
        assertThat(command("run", spec, "--trust").exitCode()).isEqualTo(1);
        Scripts.byHeart(folder);
        assertThat(command("run", spec, "--trust", "loop.generations=2").exitCode())
                .isZero();
        Files.writeString(script, Files.readString(script) + "# changed\n");
        CommandRun run = command("run", spec, "--trust");
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the program of this run had the hash").hasLineCount(1);
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
    @CsvSource({"KILL", "TERM", "HUP"})
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

    @Test
    void cellsOfASweepShareWhatAProgramTrained() throws IOException {
        script = Scripts.of(
                folder,
                "by-heart.sh",
                Files.readString(script)
                        .replace("train)", "train)\necho $JOB_GENERATION >>%s/trained".formatted(folder)));
        Path spec = spec(POINTS, "");
        Files.writeString(spec, Files.readString(spec) + "sweep: {sampling.bias: [0.5, 1.0], model.options.a: [1]}\n");
        CommandRun run = command("sweep", spec, "--trust");
        assertThat(run.exitCode()).as(run.err() + run.out()).isZero();
        assertThat(Files.readAllLines(folder.resolve("trained")).stream().filter("1"::equals))
                .hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    kind: points, distribution: moons, replicas: 2, holdout: 100 |
                    kind: strokes, size: 16, holdout: 100                        | , conditional: true, options: {deep: {a: [1]}}
                    kind: grammar, holdout: 100                                  |
                    kind: markov, length: 8, holdout: 100                        |
                    """)
    void whatIsAskedForFollowsItsSchema(String dataset, String more) throws IOException {
        script = Scripts.of(
                folder,
                "by-heart.sh",
                "cp $2 %s/$1-$JOB_SEED.asked\n".formatted(folder)
                        + Files.readString(script).replaceFirst("#!.*\n", ""));
        assertThat(command("run", spec(dataset, more == null ? "" : more), "--trust")
                        .err())
                .isEmpty();
        Schema schema = SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
                .getSchema(Files.readString(Path.of("experiments/own-models/request.schema.json")), InputFormat.JSON);
        try (Stream<Path> asked =
                Files.list(folder).filter(file -> file.toString().endsWith(".asked"))) {
            assertThat(asked.toList()).hasSize(6).allSatisfy(file -> assertThat(
                            schema.validate(Files.readString(file), InputFormat.JSON))
                    .isEmpty());
        }
    }

    @Test
    void pointsComeBackAsTheyWereWritten() throws IOException {
        assertThat(command("run", spec(POINTS, ""), "--trust").exitCode()).isZero();
        Points points = SampleArchive.read(run().seed(0).generation(1).samples())
                .points()
                .orElseThrow();
        Points known = SampleArchive.read(run().seed(0).generation(1).path().resolve("model/data.npz"))
                .points()
                .orElseThrow();
        assertThat(points.values()).isEqualTo(known.values());
    }

    private void images(String name, int count) {
        byte[] pixels = new byte[64 * count];
        new SplittableRandom(1).nextBytes(pixels);
        Npz.write(folder.resolve(name), Map.of("images", NpyArray.ofBytes(pixels, count, 8, 8, 1)));
    }

    private CommandRun sample(String out, int count) {
        return CommandRun.of(
                "sample",
                run().root().toString(),
                "--count",
                String.valueOf(count),
                "--trust",
                "--out",
                folder.resolve(out).toString());
    }

    @ParameterizedTest
    @ValueSource(strings = {"program", "dataset"})
    void whatIsNoLongerTheRunsIsNotSampled(String changed) throws IOException {
        images("real.npz", 200);
        assertThat(command(
                                "run",
                                spec("kind: npz, path: %s, holdout: 100".formatted(folder.resolve("real.npz")), ""),
                                "--trust",
                                "metrics.features=pixels",
                                "name=own")
                        .err())
                .isEmpty();
        assertThat(sample("before.npz", COUNT).err()).isEmpty();
        assertThat(folder.resolve("before.npz"))
                .hasSameBinaryContentAs(run().seed(0).generation(3).samples());
        if (changed.equals("program")) {
            Files.writeString(script, Files.readString(script) + "# changed\n");
        } else {
            images("real.npz", 201);
        }
        CommandRun run = sample("after.npz", COUNT);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err())
                .contains("the %s of this run had the hash".formatted(changed))
                .hasLineCount(1);
        assertThat(folder.resolve("after.npz")).doesNotExist();
    }

    @Test
    void whatAProgramDrawsIsHandedOnChunkByChunk() throws IOException {
        script = Scripts.of(
                folder,
                "by-heart.sh",
                Files.readString(script).replace("sample)", "sample)\necho $JOB_SEED >>%s/starts;".formatted(folder)));
        assertThat(command("run", spec(GLYPHS, ""), "--trust", "loop.generations=1")
                        .err())
                .isEmpty();
        Path starts = folder.resolve("starts");
        Work work = Work.UNATTENDED.trusting(Trust.ALL);
        ExperimentInputs inputs = ExperimentInputs.open(ExperimentSpec.read(run().experiment(), List.of()), work);
        List<Samples> parts = new ArrayList<>();
        Seeds.Stream seeds = new Seeds(0).stream(1, Phase.SAMPLE);
        try (Device device = Device.of("cpu");
                ModelFamily family = inputs.family(device);
                GenerativeModel model = family.load(run().seed(0).generation(1).path())) {
            Samples whole = model.sample(2 * COUNT + 5, 1, seeds, work);
            Files.delete(starts);
            model.sampleInParts(2 * COUNT + 5, 1, seeds, work, part -> {
                parts.add(part);
                assertThat(starts).content().hasLineCount(parts.size());
            });
            assertThat(parts).extracting(Samples::count).containsExactly(COUNT, COUNT, 5);
            assertThat(Samples.concatenate(parts).images().orElseThrow().pixels())
                    .isEqualTo(whole.images().orElseThrow().pixels());
            parts.clear();
            Files.delete(starts);
            model.sampleInParts(COUNT, 1, seeds, work, parts::add);
            assertThat(parts).extracting(Samples::count).containsExactly(COUNT);
        }
        assertThat(sample("more.npz", 2 * COUNT + 5).err()).doesNotContain("Exception");
        assertThat(SampleArchive.read(folder.resolve("more.npz")).count()).isEqualTo(2 * COUNT + 5);
    }
}
