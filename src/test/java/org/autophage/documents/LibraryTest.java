package org.autophage.documents;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The programs of docs/guide/library.md compile and do what the page says. */
class LibraryTest {
    private static final Path DOCUMENT = Path.of("docs", "guide", "library.md");
    private static final Pattern PROGRAM = Pattern.compile("```java\n// (\\w+)\\.java\n(.*?)```", Pattern.DOTALL);

    @TempDir
    private Path folder;

    /** What a program of the page prints. */
    private List<String> run(String name, String... arguments) throws Exception {
        Matcher program = PROGRAM.matcher(Files.readString(DOCUMENT));
        assertThat(program.results().map(found -> found.group(1))).contains(name);
        program.reset();
        while (program.find() && !program.group(1).equals(name)) {
            // the next one
        }
        compile(Files.writeString(folder.resolve(name + ".java"), program.group(2)));
        PrintStream standard = System.out;
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, LibraryTest.class.getClassLoader())) {
            System.setOut(new PrintStream(printed, true, StandardCharsets.UTF_8));
            loader.loadClass(name).getMethod("main", String[].class).invoke(null, (Object) arguments);
        } finally {
            System.setOut(standard);
        }
        return printed.toString(StandardCharsets.UTF_8).lines().toList();
    }

    private void compile(Path source) throws IOException {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options = List.of("-proc:none", "-classpath", classPath(), "-d", folder.toString());
            boolean compiles = compiler.getTask(said, manager, null, options, null, manager.getJavaFileObjects(source))
                    .call();
            assertThat(compiles).as(said.toString()).isTrue();
        }
    }

    /** Of this test: the process's, or what a launcher of tests has loaded it from. */
    private static String classPath() {
        return LibraryTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }

    /** E σ² = (1 − 1/n)ᵗ; of 1,000 replicas 4 standard errors, which the records have. */
    @Test
    void theLoopLosesTheVarianceThatItMust() throws Exception {
        List<String> lines = run("OwnLoop");
        List<JsonNode> records = new ArrayList<>();
        lines.stream()
                .filter(line -> line.startsWith("{"))
                .forEach(line -> records.add(JsonMapper.shared().readTree(line)));
        assertThat(lines).hasSize(2 * records.size());
        for (int t = 1; t <= records.size(); t++) {
            double variance = records.get(t - 1).path("variance").asDouble();
            double error =
                    records.get(t - 1).path("standardError").path("variance").asDouble();
            assertThat(variance).isCloseTo(Math.pow(1 - 1 / 50., t), within(4 * error));
            assertThat(lines.get(t - 1)).isEqualTo("generation %d: variance %.3f".formatted(t, variance));
            assertThat(variance > 0.5).isEqualTo(t < records.size());
        }
        assertThat(records.size()).isBetween(28, 42); // ln ½ / ln (1 − 1/50) is 34.3
    }

    /** The page says "thirty lines", of the program without its imports. */
    @Test
    void theLoopIsThirtyLines() throws IOException {
        Matcher program = PROGRAM.matcher(Files.readString(DOCUMENT));
        assertThat(program.find()).isTrue();
        assertThat(program.group(2).lines().filter(line -> !line.isBlank() && !line.startsWith("import")))
                .hasSizeLessThanOrEqualTo(30);
    }

    @Test
    void aRunIsWrittenAndRead() throws Exception {
        Path spec = Files.writeString(
                folder.resolve("small.yaml"),
                """
                device: cpu
                dataset: {kind: points}
                model: {kind: gaussian}
                loop: {kind: fully-synthetic, generations: 5, initial: 30, synthetic: 20}
                """);
        List<String> lines =
                run("OwnRun", spec.toString(), folder.resolve("run").toString());
        assertThat(lines).hasSize(2).allMatch(line -> line.startsWith("20 samples: {") && line.contains("variance="));
        assertThat(folder.resolve("run/provenance.json")).content().contains("\"OwnRun\"");
    }

    @Test
    void theCoordinatesAreThoseOfTheBuild() throws IOException {
        String pom = Files.readString(Path.of("pom.xml"));
        Matcher own = Pattern.compile(
                        "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*<version>([^<]+)<")
                .matcher(pom);
        assertThat(own.find()).isTrue();
        assertThat(Files.readString(DOCUMENT))
                .contains("<groupId>" + own.group(1) + "</groupId>")
                .contains("<artifactId>" + own.group(2) + "</artifactId>")
                .contains("<version>" + own.group(3) + "</version>");
    }
}
