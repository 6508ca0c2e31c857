package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.base.Progress;
import org.autophage.data.Images;
import org.autophage.data.SampleArchive;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.autophage.data.picture.PictureWriting;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The samples of a run, taken for those of another program's, are measured as the run was. */
class ImportCommandTest {
    private static final String MODEL = "model={kind: vae, steps: 20, batch: 16}";

    @TempDir
    private Path folder;

    private Path spec = Path.of("");
    private Path foreign = Path.of("");

    @BeforeEach
    void write() throws IOException {
        spec = Files.writeString(
                folder.resolve("mine.yaml"),
                """
                device: cpu
                dataset: {kind: strokes, size: 16, holdout: 120}
                loop: {kind: fully-synthetic, initial: 60, synthetic: 60}
                sampling: {bias: 0.5}
                metrics: {features: pixels, samples: 60, neighbours: 3, also: [featureVariance]}
                """);
        foreign = Files.createDirectory(folder.resolve("theirs"));
    }

    private String runs() {
        return folder.resolve("runs").toString();
    }

    private RunFolder run(String name) {
        return new RunFolder(folder.resolve("runs").resolve(name));
    }

    private CommandRun importing(String... more) {
        List<String> words = new ArrayList<>(List.of("import", foreign.toString(), spec.toString(), "--runs", runs()));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    /** Records without times, hashes, and what is compared with training sets. */
    private static List<String> figures(RunFolder run) throws IOException {
        return Files.readAllLines(run.seed(0).generations()).stream()
                .map(line -> line.replaceAll(
                        ",\"(\\w+Seconds?|\\w+PerSecond|checksum|experiment)\":[^,}]*|,\"(latent|authentic|nearest|exactCop|copyTest)\\w*\":[^,}]*",
                        ""))
                .toList();
    }

    @Test
    void theSamplesOfARunAreMeasuredAsTheRunWas() throws IOException {
        CommandRun begun =
                CommandRun.of("run", spec.toString(), MODEL, "loop.generations=2", "name=own", "--runs", runs());
        assertThat(begun.err()).isEmpty();
        RunFolder own = run("own");
        Files.copy(own.seed(0).generation(1).samples(), foreign.resolve("gen_1.npz"));
        Files.createDirectory(foreign.resolve("gen_002"));
        Files.copy(own.seed(0).generation(2).samples(), foreign.resolve("gen_002/samples.npz"));

        CommandRun run = importing();
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(figures(run("mine"))).isEqualTo(figures(own));
        assertThat(run("mine").report()).exists();
        assertThat(run("mine").seed(0).generation(2).samples())
                .hasSameBinaryContentAs(own.seed(0).generation(2).samples());
        CommandRun compared = CommandRun.of(
                "compare",
                run("mine").root().toString(),
                own.root().toString(),
                "--out",
                folder.resolve("compare.html").toString());
        assertThat(compared.err()).isEmpty();
        assertThat(importing().exitCode()).isZero(); // there is nothing left to do
        assertThat(CommandRun.of("resume", run("mine").root().toString()).exitCode())
                .isZero();
        Files.copy(
                own.seed(0).generation(1).samples(),
                foreign.resolve("gen_002/samples.npz"),
                StandardCopyOption.REPLACE_EXISTING);
        CommandRun changed = importing();
        assertThat(changed.exitCode()).isEqualTo(2);
        assertThat(changed.err())
                .contains("generation 2 of seed 0 was imported from", "holds other samples now")
                .hasLineCount(1);
        CommandRun sampled = CommandRun.of(
                "sample",
                run("mine").root().toString(),
                "--count",
                "3",
                "--out",
                folder.resolve("x.npz").toString());
        assertThat(sampled.exitCode()).isEqualTo(2);
        assertThat(sampled.err())
                .contains("model.kind is imported: its samples are here, but its models are with the program")
                .hasLineCount(1);
    }

    @Test
    void picturesAreSamplesWithoutClasses() throws IOException {
        byte[] pixels = new byte[60 * 256];
        new SplittableRandom(1).nextBytes(pixels);
        Images images = new Images(16, 16, 1, 1, pixels, new int[60]);
        PictureWriting.folder(images, Files.createDirectory(foreign.resolve("1")), Progress.SILENT);
        PictureWriting.zip(images, foreign.resolve("2.zip"), Progress.SILENT);
        CommandRun run = importing();
        assertThat(run.err()).isEmpty();
        for (int t = 1; t <= 2; t++) {
            Images read = SampleArchive.read(run("mine").seed(0).generation(t).samples())
                    .images()
                    .orElseThrow();
            assertThat(read.pixels()).isEqualTo(pixels);
        }
    }

    private static void npz(Path file, int count, int size) {
        Npz.write(file, Map.of("images", NpyArray.ofBytes(new byte[count * size * size], count, size, size, 1)));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    nothing  | has no samples: must hold an .npz file, a zip or a folder of pictures a generation
                    gap      | has generation 3 where 2 comes: none may be missing
                    zero     | has generation 0 where 1 comes: model.first says which number is the first
                    twice    | are both generation 1
                    size     | left images of 8 x 8 x 1: must be images of 16 x 16 x 1
                    few      | the number of samples is 3: must be at least 4, one more than metrics.neighbours
                    model    | says which model is trained, and nothing is: leave model out
                    also     | metrics.also is driftOrCollapse: model.kind is imported
                    remedy   | remedies is written: model.kind is imported
                    missing  | is missing: must be a folder
                    """)
    void whatCannotBeImportedIsRefused(String what, String said) throws IOException {
        npz(foreign.resolve("g1.npz"), 60, 16);
        String[] more = {};
        switch (what) {
            case "nothing" -> Files.delete(foreign.resolve("g1.npz"));
            case "gap" -> npz(foreign.resolve("g3.npz"), 60, 16);
            case "zero" -> npz(foreign.resolve("g0.npz"), 60, 16);
            case "twice" -> npz(foreign.resolve("g01.npz"), 60, 16);
            case "size" -> npz(foreign.resolve("g1.npz"), 60, 8);
            case "few" -> npz(foreign.resolve("g1.npz"), 3, 16);
            case "model" -> Files.writeString(spec, Files.readString(spec) + "model: {kind: vae}\n");
            case "also" -> more = new String[] {"metrics.also=[driftOrCollapse]"};
            case "remedy" -> more = new String[] {"remedies=[{kind: random, keep: 0.5}]"};
            default -> foreign = folder.resolve("nowhere");
        }
        CommandRun run = importing(more);
        assertThat(run.err()).contains(said).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    @Test
    void seedsAreInFoldersOfTheirOwnAndNumbersMayBeginAtZero() throws IOException {
        for (int seed = 3; seed <= 4; seed++) {
            Files.createDirectory(foreign.resolve("seed-" + seed));
            for (int t = 0; t < 2; t++) {
                Path file = foreign.resolve("seed-" + seed).resolve("step%d_gen%d.npz".formatted(t + 7, t));
                byte[] pixels = new byte[60 * 256];
                new SplittableRandom(10L * seed + t).nextBytes(pixels);
                Npz.write(file, Map.of("images", NpyArray.ofBytes(pixels, 60, 16, 16, 1)));
            }
        }
        CommandRun run = importing("--first", "0");
        assertThat(run.err()).isEmpty();
        assertThat(run("mine").seed(3).records()).hasSize(2);
        assertThat(run("mine").seed(4).records()).hasSize(2);
    }

    private CommandRun figures(String name, String content, String... more) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                "import", Files.writeString(folder.resolve(name), content).toString(), "--runs", runs()));
        words.addAll(List.of(more));
        return CommandRun.of(words.toArray(String[]::new));
    }

    @Test
    void figuresAloneAreARun() throws IOException {
        CommandRun run = figures(
                "theirs.csv",
                """
                seed,epoch,fid,precision,my score
                1,0,10.5,0.9,3
                1,1,20.25,0.8,
                2,0,11,0.91,4
                2,1,19.5,0.79,5
                """,
                "--first",
                "0",
                "--column",
                "epoch=generation");
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(Files.readAllLines(run("theirs").seed(2).generations()).get(1))
                .startsWith(
                        "{\"generation\":2,\"seed\":2,\"loop\":\"\",\"frechetDistance\":19.5,\"precision\":0.79,\"my score\":5");
        assertThat(run("theirs").report()).content().contains("Fréchet distance");
        CommandRun json = figures(
                "more.jsonl",
                """
                {"generation": 1, "fid": 10.0, "recall": 0.5}
                {"generation": 2, "fid": 12.0, "recall": 0.25, "kid": null}
                """);
        assertThat(json.err()).isEmpty();
        CommandRun compared = CommandRun.of(
                "compare",
                run("theirs").root().toString(),
                run("more").root().toString(),
                "--out",
                folder.resolve("compare.html").toString());
        assertThat(compared.err()).isEmpty();
        assertThat(compared.exitCode()).isZero();
        assertThat(CommandRun.of("report", run("theirs").root().toString()).exitCode())
                .isZero();
        for (String words : List.of("sample RUN:2 --count 3", "export RUN:1", "export RUN --set training --all")) {
            String out = folder.resolve("out").toString();
            CommandRun none =
                    CommandRun.of((words.replace("RUN", run("theirs").root() + "") + " --out " + out).split(" "));
            assertThat(none.err())
                    .as(words)
                    .contains("is figures that were imported, without samples and models")
                    .hasLineCount(1);
            assertThat(none.exitCode()).as(words).isEqualTo(2);
        }
        CommandRun resumed = CommandRun.of("resume", run("theirs").root().toString());
        assertThat(resumed.exitCode()).isEqualTo(2);
        assertThat(resumed.err()).hasLineCount(1);
        CommandRun again = figures("theirs.csv", "generation,fid\n1,2\n");
        assertThat(again.exitCode()).isEqualTo(2);
        assertThat(again.err())
                .contains("is there already: give another name with --name")
                .hasLineCount(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "generation_FID, pixels_kid/1_2_3/2_4_5 | FID, pixels | 4",
                "generation_a,b_c/1_2_3/2_4_5 | a,b | 4",
                "generation_fd/1_2/2_4 | fd | 4",
                "\ufeffgeneration_a;b,c_fd/1_2_3/2_4_5 | fd | 5"
            })
    void tabsSeparateWhereTheNameSaysSo(String rows, String column, int figure) throws IOException {
        String table = rows.replace('/', '\n').replace('_', '\t') + "\n";
        CommandRun run = figures("theirs.tsv", table, "--column", column + "=frechetDistance");
        assertThat(run.err()).isEmpty();
        assertThat(Files.readAllLines(run("theirs").seed(0).generations()).get(1))
                .contains("\"frechetDistance\":" + figure);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "FDD=frechetDistance | csv | has no figure of FDD, which --column FDD=frechetDistance says: it has generation, fd",
                "FD=frechetDistance | tsv | has no figure of FD, which --column FD=frechetDistance says: it has generation, fd",
                "none=precision | csv | has no figure of none, which --column none=precision says: it has generation, fd",
                "FDD=frechetDistance | jsonl | has no figure of FDD, which --column FDD=frechetDistance says: it has generation, fd"
            })
    void aRenamedColumnIsThere(String renamed, String suffix, String said) throws IOException {
        String rows = suffix.equals("jsonl")
                ? "{\"generation\": 1, \"fd\": 2, \"none\": null}\n"
                : "generation,fd,none\n1,2,\n".replace(',', suffix.equals("tsv") ? '\t' : ',');
        CommandRun run = figures("theirs." + suffix, rows, "--column", renamed);
        assertThat(run.err()).contains(said).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run("theirs").root()).doesNotExist();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    generation,fid                   | has no row: must have one a generation
                    epoch,fid;1,2                    | says no generation: it has [epoch, fid]; --column NAME=generation says which column it is
                    generation,fid;1,x               | line 2: fid is "x": must be a finite number, or empty
                    generation,fid;1,NaN             | line 2: fid is "NaN": must be a finite number, or empty
                    generation,fid;1,1;1,2           | line 3 is generation 1 of seed 0 once more: each comes once
                    generation,fid;1,1;3,2           | has generation 3 of seed 0 where 2 comes: none may be missing
                    generation,fid;2,1               | has generation 2 of seed 0 where 1 comes: --first says which number is the first
                    generation,fid;0,1               | line 2 is generation 0: the first is 1, or what --first says
                    generation,fid;1.5,1             | line 2: generation is 1.5: must be a whole number of at least 0
                    generation,fid,frechetDistance;1,1,1 | line 2: two columns are frechetDistance
                    """)
    void figuresThatAreNoneAreRefused(String rows, String said) throws IOException {
        CommandRun run = figures("theirs.csv", rows.replace(';', '\n') + "\n");
        assertThat(run.err()).contains(said).hasLineCount(1);
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run("theirs").root()).doesNotExist();
    }
}
