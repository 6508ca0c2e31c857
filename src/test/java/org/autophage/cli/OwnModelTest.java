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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A program of one's own in the loop: what it learns by heart stays for ever, and what it does wrong is told in a line. */
class OwnModelTest extends OwnModelCase {
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
