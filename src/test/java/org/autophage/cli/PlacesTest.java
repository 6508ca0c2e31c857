package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.awt.image.BufferedImage;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarOutputStream;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import javax.imageio.ImageIO;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The real launcher and the real Java in places where things are otherwise than at home. */
@Tag("slow")
class PlacesTest {
    private static final Pattern OTHER_DIGIT = Pattern.compile("[\\p{Nd}&&[^0-9]]");

    /** A user whom no file of users knows. */
    private static final String NOBODY = "54321";

    @TempDir
    private static Path folder;

    private static Path project;
    private static Path engine;

    /**
     * What a launch did.
     *
     * @param exitCode of the launcher
     * @param out standard output
     * @param err standard error
     */
    private record Launch(int exitCode, String out, String err) {
        Launch succeeds() {
            assertThat(exitCode).as(err).isZero();
            return this;
        }
    }

    /** A project that is built: the launcher with classes and libraries of this test. */
    @BeforeAll
    static void build() throws IOException, InterruptedException, URISyntaxException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwxr-xr-x"));
        project = folder.resolve("project");
        engine = folder.resolve("engine");
        Path built = Files.createDirectories(project.resolve("target/launcher"));
        Path libraries = Files.createDirectories(project.resolve("target/lib"));
        Files.createDirectories(project.resolve("src/main"));
        Files.createFile(project.resolve("pom.xml"));
        Files.copy(Path.of("autophage"), project.resolve("autophage"));
        for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
            if (entry.endsWith(".jar")) {
                Path jar = Path.of(entry);
                Files.copy(jar, libraries.resolve(jar.getFileName()));
            }
        }
        jar(
                Path.of(Main.class
                        .getProtectionDomain()
                        .getCodeSource()
                        .getLocation()
                        .toURI()),
                built);
        Files.writeString(built.resolve("java"), Path.of(System.getProperty("java.home"), "bin", "java") + "\n");
        Files.createFile(built.resolve("stamp"));
    }

    private static void jar(Path classes, Path built) throws IOException {
        try (OutputStream file = Files.newOutputStream(built.resolve("autophage.jar"));
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> contents = Files.walk(classes)) {
            for (Path each : contents.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new ZipEntry(classes.relativize(each).toString()));
                Files.copy(each, jar);
            }
        }
    }

    private static Launch launch(Path at, List<String> before, Map<String, String> environment, String... words)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(before);
        command.addAll(List.of("/bin/sh", project.resolve("autophage").toString()));
        command.addAll(Arrays.asList(words));
        Path out = Files.createTempFile(folder, "out", "");
        Path err = Files.createTempFile(folder, "err", "");
        ProcessBuilder builder =
                builder(at, command, environment).redirectOutput(out.toFile()).redirectError(err.toFile());
        int exitCode = builder.start().waitFor();
        Launch launch = new Launch(exitCode, Files.readString(out), Files.readString(err));
        assertThat(launch.err).doesNotContain("Exception").doesNotContain("\tat ");
        return launch;
    }

    private static ProcessBuilder builder(Path at, List<String> command, Map<String, String> environment) {
        ProcessBuilder builder = new ProcessBuilder(command).directory(at.toFile());
        Map<String, String> variables = builder.environment();
        List.of("LC_ALL", "LC_CTYPE", "LANG", "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "AUTOPHAGE_CACHE")
                .forEach(variables::remove);
        variables.put("JAVA_HOME", System.getProperty("java.home"));
        variables.put("HOME", folder.resolve("home").toString());
        variables.put("ENGINE_CACHE_DIR", engine.toString()); // libtorch is unpacked once
        environment.forEach((name, value) -> {
            if (value.isEmpty()) {
                variables.remove(name);
            } else {
                variables.put(name, value);
            }
        });
        return builder;
    }

    private static Path place(String name) throws IOException {
        Path place = Files.createDirectory(folder.resolve(name));
        Files.setPosixFilePermissions(place, PosixFilePermissions.fromString("rwxrwxrwx"));
        return place;
    }

    private static String points(Path at, String name) throws IOException {
        return write(
                at, name, "{kind: points, distribution: grid, holdout: 200}", "{kind: mixture, components: 9}", "");
    }

    private static String images(Path at, String name) throws IOException {
        return write(
                at,
                name,
                "{kind: strokes, size: 16, holdout: 200}",
                "{kind: diffusion, channels: 8, multipliers: [1], blocks: 1, steps: 30, batch: 8}",
                "sampling: {steps: 3}\n");
    }

    private static String write(Path at, String name, String dataset, String model, String more) throws IOException {
        String spec = name + ".yaml";
        Files.writeString(
                at.resolve(spec),
                "name: %s\ndevice: cpu\ndataset: %s\nmodel: %s\nloop: {kind: fully-synthetic, generations: 2, initial: 200, synthetic: 200}\nmetrics: {samples: 100, neighbours: 3}\n%s"
                        .formatted(name, dataset, model, more));
        return spec;
    }

    @Test
    void aUserWhomNobodyKnowsRuns(TestReporter reporter) throws Exception {
        Path at = place("unknown");
        List<String> asNobody = List.of("setpriv", "--reuid", NOBODY, "--regid", NOBODY, "--clear-groups");
        assumeTrue(canDo(asNobody), "setpriv is missing, or may not become another user");
        Path home = place("home of nobody");
        Map<String, String> itsHome = Map.of("HOME", home.toString(), "ENGINE_CACHE_DIR", "");
        Launch first =
                launch(at, asNobody, itsHome, "run", images(at, "images")).succeeds();
        reporter.publishEntry("user 54321, HOME set", last(first.err));
        assertThat(home.resolve(".djl.ai")).isDirectory();
        assertThat(home.resolve(".cache/autophage")).isDirectory();
        Path temporary = place("temporary");
        Map<String, String> homeless = Map.of(
                "HOME",
                "",
                "AUTOPHAGE_CACHE",
                temporary.toString(),
                "ENGINE_CACHE_DIR",
                temporary.resolve("engine").toString());
        Launch second =
                launch(at, asNobody, homeless, "run", points(at, "points")).succeeds();
        reporter.publishEntry("user 54321, HOME unset", last(second.err));
    }

    @Test
    void homeSaysWhereCachesLie(TestReporter reporter) throws Exception {
        Path at = place("elsewhere");
        Path home = place("another home");
        Launch run = launch(
                        at,
                        List.of(),
                        Map.of("HOME", home.toString(), "ENGINE_CACHE_DIR", ""),
                        "run",
                        images(at, "images"))
                .succeeds();
        reporter.publishEntry("HOME elsewhere", last(run.err));
        assertThat(home.resolve(".djl.ai/pytorch")).isNotEmptyDirectory();
        assertThat(home.resolve(".cache/autophage")).isNotEmptyDirectory();
    }

    @Test
    void inAFolderWithAnotherLetterWithoutALocale(TestReporter reporter) throws Exception {
        Path at = place("für");
        Path pictures = Files.createDirectory(at.resolve("Bilder süß"));
        SplittableRandom random = new SplittableRandom(0);
        for (int i = 0; i < 400; i++) {
            Path ofClass = Files.createDirectories(pictures.resolve(i % 2 == 0 ? "grün" : "weiß"));
            BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_BYTE_GRAY);
            image.getRaster()
                    .setPixels(
                            0,
                            0,
                            16,
                            16,
                            random.ints(16 * 16, 0, i % 2 == 0 ? 128 : 256).toArray());
            ImageIO.write(image, "png", ofClass.resolve("ä" + i + ".png").toFile());
        }
        String spec = write(
                at,
                "Prüfung",
                "{kind: images, path: Bilder süß, size: 16, holdout: 100}",
                "{kind: diffusion, channels: 8, multipliers: [1], blocks: 1, steps: 30, batch: 8}",
                "sampling: {steps: 3}\n");
        Files.writeString(at.resolve(spec), Files.readString(at.resolve(spec)).replace("name: Prüfung", "name: lauf"));
        for (String locale : List.of("C", "POSIX", "")) {
            String name = "lauf" + (locale.isEmpty() ? "-none" : "-" + locale);
            Map<String, String> environment = Map.of("LC_ALL", locale);
            Launch run = launch(at, List.of(), environment, "run", spec, "name=" + name)
                    .succeeds();
            reporter.publishEntry("LC_ALL=" + locale + " in für", last(run.err));
            assertThat(Files.readString(at.resolve("runs").resolve(name).resolve("report.html")))
                    .contains("grün");
            launch(
                            at,
                            List.of(),
                            environment,
                            "evaluate",
                            "--real",
                            "Bilder süß",
                            "--fake",
                            "runs/" + name,
                            "--features",
                            "pixels")
                    .succeeds();
            launch(at, List.of(), environment, "data", "check", "Bilder süß").succeeds();
        }
        Launch named = launch(at, List.of(), Map.of("LC_ALL", "C"), "run", points(at, "Läufe"));
        reporter.publishEntry("a run named Läufe", named.exitCode + " " + last(named.err));
        assertThat(named.exitCode).isIn(0, 2);
        if (named.exitCode == 0) {
            assertThat(at.resolve("runs/Läufe/report.html")).exists();
        }
        Launch missing = launch(at, List.of(), Map.of("LC_ALL", "C"), "run", "Größe.yaml");
        assertThat(missing.exitCode).isEqualTo(ExitCode.USAGE.code());
        assertThat(missing.err).contains("Größe.yaml");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Duser.language=fa",
                "-Duser.language=ar -Duser.country=EG",
                "-Duser.language=bn -Duser.country=BD",
                "-Duser.language=tr"
            })
    void withOtherDigitsAndLetters(String options, TestReporter reporter) throws Exception {
        Path at = place(options.replaceAll("\\W+", "-"));
        Map<String, String> environment = new HashMap<>(Map.of("JAVA_TOOL_OPTIONS", options));
        for (String spec : List.of(points(at, "points"), images(at, "images"))) {
            Launch run = launch(at, List.of(), environment, "run", spec).succeeds();
            assertThat(OTHER_DIGIT.matcher(run.out + run.err).find())
                    .as(run.out + run.err)
                    .isFalse();
            reporter.publishEntry(options + ", " + spec, last(run.err));
        }
        launch(at, List.of(), environment, "run", "points.yaml", "name=second", "seeds=[1]")
                .succeeds();
        launch(at, List.of(), environment, "compare", "runs/points", "runs/second", "--out", "comparison.html")
                .succeeds();
        int files = 0;
        try (Stream<Path> contents = Files.walk(at)) {
            for (Path file : contents.filter(Files::isRegularFile).toList()) {
                if (file.toString().matches(".*\\.(json|jsonl|yaml|csv|html|log)")) {
                    Matcher other = OTHER_DIGIT.matcher(Files.readString(file));
                    assertThat(other.find()).as(file.toString()).isFalse();
                    files++;
                }
            }
        }
        reporter.publishEntry(options, files + " files without another digit");
    }

    @Test
    void withAFullTemporaryFolder(TestReporter reporter) throws Exception {
        Path at = place("full");
        Path full = place("full-temporary");
        assumeTrue(
                canDo(List.of("mount", "-t", "tmpfs", "-o", "size=16k", "autophage", full.toString())),
                "a tmpfs cannot be mounted here");
        try {
            fill(full);
            Map<String, String> environment =
                    Map.of("TMPDIR", full.toString(), "AUTOPHAGE_JAVA_OPTS", "-Djava.io.tmpdir=" + full);
            for (String[] words : new String[][] {
                {"run", images(at, "images")},
                {"run", points(at, "points")},
                {"report", "runs/images"},
                {"evaluate", "--real", "strokes", "--fake", "runs/images"},
                {"run", "points.yaml", "name=second", "seeds=[1]"},
                {"compare", "runs/points", "runs/second"},
                {"validate", "images.yaml"},
                {"doctor"}
            }) {
                Launch launch = launch(at, List.of(), environment, words);
                reporter.publishEntry("full temporary folder, " + words[0], launch.exitCode + " " + last(launch.err));
                launch.succeeds();
            }
        } finally {
            canDo(List.of("umount", full.toString()));
        }
    }

    private static void fill(Path full) throws IOException {
        try (OutputStream file = Files.newOutputStream(full.resolve("full"))) {
            while (true) {
                file.write(new byte[1024]);
            }
        } catch (IOException e) {
            // as it is to be
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"HUP", "TERM"})
    void aSignalToTheLauncherReachesTheRun(String signal, TestReporter reporter) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill to send signals with");
        Path at = place("signal " + signal);
        String spec = images(at, "images");
        Path err = at.resolve("err");
        List<String> command = List.of(
                "/bin/sh", project.resolve("autophage").toString(), "run", spec, "model.steps=100000", "name=long");
        Process process = builder(at, command, Map.of())
                .redirectOutput(at.resolve("out").toFile())
                .redirectError(err.toFile())
                .start();
        while (!Files.readString(err).contains("training")) {
            assertThat(process.isAlive()).as(Files.readString(err)).isTrue();
            process.waitFor(50, TimeUnit.MILLISECONDS);
        }
        new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(process.pid()))
                .start()
                .waitFor();
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        reporter.publishEntry("SIG" + signal, process.exitValue() + " " + last(Files.readString(err)));
        assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED.code());
    }

    private static boolean canDo(List<String> command) throws IOException, InterruptedException {
        try {
            List<String> words = new ArrayList<>(command);
            if (command.get(0).equals("setpriv")) {
                words.add("true");
            }
            return new ProcessBuilder(words)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException missing) {
            return false;
        }
    }

    private static String last(String said) {
        return said.lines().reduce("", (before, line) -> line);
    }
}
