package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.imageio.ImageIO;
import org.autophage.base.ExitCode;
import org.autophage.data.npy.Npy;
import org.autophage.data.npy.NpyArray;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every subcommand as a process of its own, which gets a signal while it works: it ends soon, with 130 and a line that says so,
 * and without a crash of libtorch. That it has come to the work in question shows in what it says, or in the classes it loaded.
 */
@Tag("slow")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class SignalsTest {
    /** Of a slow, shared machine: one call into libtorch, one training step and a report are waited for. */
    private static final double MOST_SECONDS = 8;

    /** Longer than a work takes to begin. */
    private static final double MOST_SECONDS_BEFORE = 120;

    private static final List<String> SIGNALS = List.of("TERM", "INT", "HUP");

    /** So slow that work of a moment can be met by a signal. */
    private static final String SLOWLY = "-Xint";

    private static final String CLASSES_SEEN = "classes.log";

    @TempDir
    private static Path folder;

    private static ServerSocket silent;

    /**
     * A command and what shows that it works.
     *
     * @param words of the command line
     * @param works a class that is loaded when the work begins, or words of standard error
     * @param java options for Java
     */
    private record Case(String words, String works, String... java) {
        @Override
        public String toString() {
            return words + " at " + works;
        }

        private String subcommand() {
            return words.split(" ", 2)[0];
        }
    }

    static List<Case> cases() {
        boolean mnist = System.getenv("AUTOPHAGE_DATASETS") != null;
        List<Case> cases = new ArrayList<>(List.of(
                new Case("run pictures.yaml name=drawing dataset.holdout=60000", "data.StrokesDataset"),
                new Case("run pictures.yaml name=classifier dataset.holdout=1000", "classifier.ClassifierTraining"),
                new Case("run pictures.yaml name=training metrics.features=pixels", "model.NetworkTraining"),
                new Case("run pictures.yaml name=sampling model.steps=5 sampling.steps=300", "sampling"),
                new Case(
                        "run pictures.yaml name=holdout",
                        "classifier.Judge"), // both classifiers are in the cache by now
                new Case("run points.yaml", "metrics.PrecisionRecall"),
                new Case("run mixture.yaml", "density.MixtureFamily"),
                new Case("resume runs/training", "model.NetworkTraining"),
                new Case("sweep sweep.yaml", "cli.CellProcess"),
                new Case("validate many.yaml", "experiment.ExperimentInputs", SLOWLY),
                new Case("plan pictures.yaml", "experiment.CostMeter"),
                new Case("schema", "experiment.SpecSchema", SLOWLY),
                new Case("verify", "verification.GaussianLoops"),
                new Case("benchmark pictures.yaml", "experiment.StepTimer"),
                new Case("benchmark pictures.yaml --of generation", "experiment.ThroughputMeter"),
                new Case("evaluate --real real.npy --fake fake.npy", "metrics.FrechetDistance"),
                new Case("evaluate --real real.npy --fake fake.npy", "metrics.VendiScore"),
                new Case("evaluate --real photos --fake photos --features pixels", "data.PictureFiles", SLOWLY),
                new Case("report runs/finished", "report.Report", SLOWLY),
                new Case("compare runs/finished runs/other", "report.Comparison", SLOWLY),
                new Case("watch runs --port 0", "watch.WatchServer"),
                new Case("data check photos", "data.PictureFiles", SLOWLY),
                new Case("data open photos.yaml", "data.PictureStoreSource", SLOWLY),
                new Case("data list", "data.DatasetCatalog", SLOWLY),
                new Case("data fetch mnist", "data.DatasetDownload"),
                new Case("doctor", "experiment.EngineDiagnosis", SLOWLY),
                new Case("setup cuda", "fetching libtorch", SLOWLY)));
        if (mnist) {
            cases.add(new Case("verify --full", "verification.AutoencoderRow"));
        }
        return cases;
    }

    @BeforeAll
    static void prepare() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill to send signals with");
        silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress()); // takes connections and never answers
        spec("pictures", "{kind: strokes, size: 28, holdout: 30000}", "{kind: diffusion, steps: 5000}", 3, 2000, "");
        spec(
                "points",
                "{kind: points, distribution: grid, replicas: 40, holdout: 5000}",
                "{kind: kernel}",
                90,
                2000,
                "");
        spec(
                "mixture",
                "{kind: points, distribution: grid, replicas: 40}",
                "{kind: mixture, components: 90}",
                9,
                5000,
                "");
        String cells = "sweep: {model.steps: {from: 1000, to: %d, step: 1}}\n";
        spec("sweep", "{kind: strokes, size: 16, holdout: 500}", "{kind: diffusion}", 2, 500, cells.formatted(1009));
        spec("many", "{kind: strokes, size: 16, holdout: 500}", "{kind: diffusion}", 2, 500, cells.formatted(1299));
        spec("photos", "{kind: images, path: photos, size: 32, holdout: 100}", "{kind: diffusion}", 2, 500, "");
        spec("finished", "{kind: points, distribution: gaussian}", "{kind: gaussian}", 600, 50, "");
        write("real.npy", 1);
        write("fake.npy", 2);
        Path photos = Files.createDirectory(folder.resolve("photos"));
        SplittableRandom random = new SplittableRandom(3);
        for (int i = 0; i < 1500; i++) {
            BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster()
                    .setPixels(0, 0, 32, 32, random.ints(32 * 32, 0, 256).toArray());
            ImageIO.write(image, "png", photos.resolve(i + ".png").toFile());
        }
        for (String name : List.of("finished", "other")) {
            CommandRun run = CommandRun.of(
                    "run",
                    folder.resolve("finished.yaml").toString(),
                    "--runs",
                    folder.resolve("runs").toString(),
                    "name=" + name);
            assertThat(run.exitCode()).as(run.err()).isZero();
        }
    }

    @AfterAll
    static void close() throws IOException {
        if (silent != null) {
            silent.close();
        }
    }

    private static void spec(String name, String dataset, String model, int generations, int count, String more)
            throws IOException {
        Files.writeString(
                folder.resolve(name + ".yaml"),
                "name: %s\ndevice: cpu\ndataset: %s\nmodel: %s\nloop: {kind: fully-synthetic, generations: %d, initial: %d, synthetic: %d}\n%s"
                        .formatted(name, dataset, model, generations, count, count, more));
    }

    /** Features of which much can be said. */
    private static void write(String name, long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        float[] values = new float[5000 * 512];
        for (int i = 0; i < values.length; i++) {
            values[i] = (float) random.nextGaussian();
        }
        Files.write(folder.resolve(name), Npy.write(NpyArray.ofFloats(values, 5000, 512)));
    }

    @Test
    @Order(1)
    void everySubcommandIsTried() {
        Set<String> tried = new TreeSet<>(cases().stream().map(Case::subcommand).toList());
        tried.add("version"); // prints a line
        assertThat(Main.commandLine(new java.io.PrintWriter(System.out), new java.io.PrintWriter(System.err))
                        .getSubcommands()
                        .keySet())
                .containsExactlyInAnyOrderElementsOf(tried);
    }

    @ParameterizedTest
    @MethodSource("cases")
    @Order(2)
    void aSignalEndsIt(Case each, TestReporter reporter) throws Exception {
        SplittableRandom random = new SplittableRandom(each.toString().hashCode());
        for (int delay : new int[] {0, random.nextInt(1500)}) {
            String signal = SIGNALS.get(random.nextInt(SIGNALS.size()));
            Path errors = Files.createTempFile(folder, "errors", ".log");
            Process process = start(each, errors);
            try {
                await(each, process, errors);
                process.waitFor(delay, TimeUnit.MILLISECONDS);
                ProcessSignals.send(process, ProcessSignals.isIgnored(signal) ? "TERM" : signal);
                long begin = System.nanoTime();
                assertThat(process.waitFor(60, TimeUnit.SECONDS))
                        .as("it ends within a minute")
                        .isTrue();
                double seconds = (System.nanoTime() - begin) * 1e-9;
                String said = Files.readString(errors);
                reporter.publishEntry(
                        each.toString(),
                        "SIG%s after %d ms: %d in %.1f s, %s"
                                .formatted(signal, delay, process.exitValue(), seconds, last(said)));
                if (process.exitValue() == ExitCode.DONE.code()) { // the signal came too late
                    assertThat(said).doesNotContain("interrupted");
                } else {
                    assertThat(process.exitValue()).as(said).isEqualTo(ExitCode.INTERRUPTED.code());
                    assertThat(last(said)).startsWith("autophage: ").contains("interrupted");
                    assertThat(said.lines().filter(line -> line.startsWith("autophage: interrupted")))
                            .hasSize(1);
                }
                assertThat(said).doesNotContain("Exception").doesNotContain("SIGSEGV");
                assertThat(seconds).isLessThan(MOST_SECONDS);
                try (Stream<Path> left = Files.list(folder)) {
                    assertThat(left.map(path -> path.getFileName().toString()))
                            .noneMatch(name -> name.startsWith("hs_err"));
                }
            } finally {
                process.destroyForcibly().waitFor();
            }
        }
    }

    private static Process start(Case each, Path errors) throws IOException {
        Files.deleteIfExists(folder.resolve(CLASSES_SEEN));
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=" + !each.subcommand().equals("setup"),
                "-Djava.awt.headless=true",
                "-Dhttps.proxyHost=127.0.0.1",
                "-Dhttps.proxyPort=" + silent.getLocalPort(),
                "-Xlog:class+load:file=" + CLASSES_SEEN));
        words.addAll(Arrays.asList(each.java));
        words.addAll(List.of("-cp", absolute(System.getProperty("java.class.path")), Main.class.getName()));
        words.addAll(Arrays.asList(each.words.split(" ")));
        ProcessBuilder builder = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile());
        builder.environment().put("AUTOPHAGE_CACHE", folder.resolve("cache").toString());
        if (each.subcommand().equals("data")) {
            builder.environment()
                    .put("AUTOPHAGE_DATASETS", folder.resolve("fetched").toString());
        }
        return builder.start();
    }

    /** For a process that runs in another folder. */
    private static String absolute(String classPath) {
        return Arrays.stream(classPath.split(java.io.File.pathSeparator))
                .map(entry -> Path.of(entry).toAbsolutePath().toString())
                .reduce((a, b) -> a + java.io.File.pathSeparator + b)
                .orElseThrow();
    }

    private static void await(Case each, Process process, Path errors) throws Exception {
        long begin = System.nanoTime();
        Path classes = folder.resolve(CLASSES_SEEN);
        while (!Files.readString(errors).contains(each.works)
                && !(Files.exists(classes) && Files.readString(classes).contains(each.works + " source"))) {
            assertThat(process.isAlive()).as(Files.readString(errors)).isTrue();
            assertThat((System.nanoTime() - begin) * 1e-9).isLessThan(MOST_SECONDS_BEFORE);
            process.waitFor(20, TimeUnit.MILLISECONDS);
        }
    }

    private static String last(String said) {
        return said.lines().reduce("", (before, line) -> line);
    }
}
