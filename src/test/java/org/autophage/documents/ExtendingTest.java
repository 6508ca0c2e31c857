package org.autophage.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What docs/extending.md would have people write compiles: its new files, together with the files that its diffs change. */
class ExtendingTest {
    private static final Path DOCUMENT = Path.of("docs", "extending.md");

    /** {@code ```java}, whose first line is a comment with the file's path. */
    private static final Pattern NEW_FILE = Pattern.compile("```java\n// (\\S+)\n(.*?)```", Pattern.DOTALL);

    private static final Pattern DIFF = Pattern.compile("```diff\n(.*?)```", Pattern.DOTALL);

    /** Of a file's part of a diff. */
    private static final Pattern CHANGED = Pattern.compile("--- a/(\\S+)\n((?:(?!--- a/).*\n)*)");

    @TempDir
    private Path folder;

    @Test
    void everyDiffAppliesAndTheResultCompiles() throws IOException {
        String document = Files.readString(DOCUMENT);
        Map<Path, String> files = new LinkedHashMap<>();
        NEW_FILE.matcher(document).results().forEach(file -> files.put(Path.of(file.group(1)), file.group(2)));
        assertThat(files).as("new files").isNotEmpty().allSatisfy((file, text) -> assertThat(file)
                .doesNotExist());
        Matcher diffs = DIFF.matcher(document);
        while (diffs.find()) {
            Matcher changed = CHANGED.matcher(diffs.group(1));
            while (changed.find()) {
                Path file = Path.of(changed.group(1));
                String before = files.containsKey(file) ? files.get(file) : Files.readString(file);
                files.put(file, changed(file, before, changed.group(2)));
            }
        }
        assertThat(compiled(files)).isEmpty();
    }

    /** The text with the hunks of a diff in it, whose context says where. */
    private static String changed(Path file, String text, String diff) {
        String changed = text;
        for (String hunk : diff.split("(?m)^@@.*\n")) {
            String before = lines(hunk, '+');
            assertThat(changed).as("what a diff of %s stands between", file).containsOnlyOnce(before);
            changed = changed.replace(before, lines(hunk, '-'));
        }
        return changed;
    }

    /** The lines of a hunk but those with a sign, without their signs. */
    private static String lines(String hunk, char without) {
        StringBuilder lines = new StringBuilder();
        hunk.lines().filter(line -> line.charAt(0) != without).forEach(line -> lines.append(line.substring(1))
                .append('\n'));
        return lines.toString();
    }

    /** What the compiler has to say of the files, before all other classes on the class path. */
    private String compiled(Map<Path, String> files) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<Path, String> file : files.entrySet()) {
            Path source = folder.resolve(file.getKey());
            Files.createDirectories(source.getParent());
            sources.add(Files.writeString(source, file.getValue()));
        }
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter said = new StringWriter();
        try (StandardJavaFileManager manager = compiler.getStandardFileManager(null, null, null)) {
            List<String> options =
                    List.of("-proc:none", "-nowarn", "-Xlint:none", "-classpath", classPath(), "-d", folder.toString());
            boolean compiles = compiler.getTask(
                            said, manager, null, options, null, manager.getJavaFileObjectsFromPaths(sources))
                    .call();
            return compiles ? "" : said.toString();
        }
    }

    /** Of this test: the process's, or what a launcher of tests has loaded it from. */
    private static String classPath() {
        return ExtendingTest.class.getClassLoader() instanceof URLClassLoader loader
                ? Arrays.stream(loader.getURLs()).map(URL::getPath).collect(Collectors.joining(File.pathSeparator))
                : System.getProperty("java.class.path");
    }
}
