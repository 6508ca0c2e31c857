package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.base.Telling;
import org.autophage.base.Work;
import org.autophage.data.ImageArchive;
import org.autophage.report.page.Report;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunClasses;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What classes are called, and in which shares they are drawn, from the dataset to everything that a run leaves. */
class ClassesOfRunsTest {
    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();

    /** 24 cats, 2 dogs and 2 pictures of <i>, of which the holdout takes some. */
    @BeforeEach
    void writePictures() throws IOException {
        write("cat", 24);
        write("dog", 6);
    }

    private void write(String name, int count) throws IOException {
        Path of = Files.createDirectories(folder.resolve("pictures").resolve(name));
        for (int i = 0; i < count; i++) {
            BufferedImage image = new BufferedImage(8, 8, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster().setSample(i % 8, i / 8, 0, 200);
            ImageIO.write(image, "png", of.resolve(i + ".png").toFile());
        }
    }

    private ExperimentSpec spec(String... overrides) throws IOException {
        Path file = Files.writeString(
                folder.resolve("classes.yaml"),
                """
                device: cpu
                dataset: {kind: images, path: %s, size: 8, holdout: 2}
                model: {kind: vae, channels: 8, multipliers: [1], latent: 2, steps: 2, batch: 4}
                loop: {generations: 1, initial: 20, synthetic: 20}
                metrics: {features: pixels, samples: 2, neighbours: 1}
                """
                        .formatted(folder.resolve("pictures")));
        return ExperimentSpec.read(file, List.of(overrides));
    }

    private RunFolder run(String name, String... overrides) throws IOException {
        RunFolder run = new RunFolder(folder.resolve(name));
        new ExperimentRunner("test", Progress.SILENT, StopSignal.NEVER, RunObserver.NOBODY).run(spec(overrides), run);
        return run;
    }

    private ExperimentInputs open(String... overrides) throws IOException {
        Progress telling = Telling.to(told);
        return ExperimentInputs.open(spec(overrides), new Work(telling, CheckpointStore.NONE, StopSignal.NEVER));
    }

    @Test
    void namesTravelWithTheRun() throws IOException {
        RunFolder run = run("balanced");
        RunClasses classes = RunClasses.read(run.classes()).orElseThrow();
        assertThat(classes.names()).containsExactly("cat", "dog");
        assertThat(classes.real()).hasSize(2).satisfies(real -> assertThat(real.get(0) + real.get(1))
                .isEqualTo(28));
        assertThat(classes.grid()).isEqualTo(new RunClasses.Grid(10, false, List.of(50, 50)));
        Path model = run.seed(0).generation(1).path().resolve("model.pt");
        try (ZipFile archive = new ZipFile(model.toFile());
                InputStream in = archive.getInputStream(archive.getEntry("autophage/extra/classes.json"))) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo("[\"cat\",\"dog\"]");
        }
        assertThat(ImageArchive.read(run.seed(0).generation(1).samples()).labels())
                .startsWith(0, 1, 0, 1);
        assertThat(run.seed(0).records().get(0).measures().toMap()).doesNotContainKey("sampleLabels");
        Path report = folder.resolve("report.html");
        Report.write(run.root(), report);
        assertThat(Files.readString(report)).contains("one class a column, 5 times from left to right: cat, dog");
    }

    @Test
    void samplesMayFollowTheSharesOfTheData() throws IOException {
        RunFolder run = run("as-data", "sampling.labels=as-data");
        int[] labels = ImageArchive.read(run.seed(0).generation(1).samples()).labels();
        int cats = Objects.requireNonNull(
                        RunClasses.read(run.classes()).orElseThrow().real())
                .get(0);
        assertThat(Arrays.stream(labels).filter(label -> label == 0).count())
                .isBetween((long) Math.floor(20 * cats / 28.0), (long) Math.ceil(20 * cats / 28.0));
        GenerationRecord record = run.seed(0).records().get(0);
        assertThat(record.measures().toMap()).containsEntry("sampleLabels", "as-data");
        Path report = folder.resolve("report.html");
        Report.write(run.root(), report);
        assertThat(Files.readString(report))
                .contains("classes by their shares of the data, one after the other: cat (");
        // Sample i is the same however many are drawn.
        RunFolder more = run("more", "sampling.labels=as-data", "loop.synthetic=33");
        assertThat(ImageArchive.read(more.seed(0).generation(1).samples()).labels())
                .startsWith(labels);
        assertThatThrownBy(() -> run("as-data"))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining("sampling.labels is balanced, but the run there was begun with as-data");
    }

    @Test
    void whereNoLabelsAreToldNoneCanBeAskedFor() {
        for (String override : List.of("model.conditional=false", "dataset={kind: points}")) {
            assertThatThrownBy(() -> {
                        String[] points = {"model={kind: gaussian}", override, "sampling.labels=as-data"};
                        open(override.startsWith("dataset") ? points : new String[] {override, points[2]});
                    })
                    .isInstanceOf(AutophageException.class)
                    .hasMessageStartingWith("sampling.labels is as-data: this model is told no labels");
        }
    }

    @Test
    void emptyClassesAreSaid() throws IOException {
        open();
        assertThat(told).filteredOn(line -> line.startsWith("loop.initial")).isEmpty();
        write("ant", 1);
        write("bee", 1);
        told.clear();
        open("loop.initial=1", "seeds=[0, 1, 2]", "dataset.holdout=30");
        assertThat(told)
                .anySatisfy(line -> assertThat(line)
                        .startsWith("dataset.holdout is 30: it takes all pictures of ant, ")
                        .endsWith(", which no model can learn"))
                .noneMatch(line -> line.contains("%"));
        told.clear();
        open("loop.initial=2", "seeds=[0, 1, 2]", "dataset.holdout=2");
        assertThat(told).anySatisfy(line -> assertThat(line)
                .startsWith("loop.initial is 2: generation 1 is trained on no picture of ")
                .contains("seed"));
        assertThat(told).anySatisfy(line -> assertThat(line)
                .startsWith("dataset.holdout is 2: it has no picture of ")
                .endsWith(" for the metrics to compare with"));
    }

    @Test
    void glyphsAreCountedWithoutDrawingThem() throws IOException {
        open("dataset={kind: strokes, size: 16, holdout: 10}", "loop.initial=7");
        assertThat(told).contains("loop.initial is 7: generation 1 is trained on no picture of 7, 8, 9 (seed 0)");
    }
}
