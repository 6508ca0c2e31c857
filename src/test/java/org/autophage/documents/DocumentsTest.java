package org.autophage.documents;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.experiment.SpecSchema;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What documents name is there: files and headings, classes and their members, packages, keys of specs, commands. */
class DocumentsTest {
    private static final Path SOURCES = Path.of("src");

    /** Classes of others that documents name. */
    private static final Set<String> FOREIGN = Set.of("IValueUtils", "Image", "Locale", "ServiceLoader");

    private static final Pattern FENCE = Pattern.compile("(?ms)^```.*?^```$");
    private static final Pattern QUOTED = Pattern.compile("`([^`\n]+)`");
    private static final Pattern LINK = Pattern.compile("\\]\\(([^)#\\s]*)(?:#([^)\\s]+))?\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.+)$");
    private static final Pattern FILE = Pattern.compile(
            "(?<![\\w/.])((?:docs|experiments|benchmarks|docker|src|\\.ci)/[\\w./-]*\\w/?)(?![\\w*…-])");
    private static final Pattern COMMAND = Pattern.compile("\\./autophage ([a-z]+)");
    private static final Pattern COMMAND_NAME = Pattern.compile("@Command\\(\\s*name = \"([a-z]+)\"");

    /** {@code room.Class.member(…)}, of which a class's name alone is enough. */
    private static final Pattern CLASS = Pattern.compile(
            "(?:org\\.autophage\\.)?((?:[a-z]+\\.)*)([A-Z][a-z0-9]+(?:[A-Z][a-z0-9]*)*)((?:\\.\\w+)*)(?:\\(.*\\))?");

    private static final Pattern PACKAGE = Pattern.compile("org\\.autophage\\.([a-z]+(?:\\.[a-z]+)*)");
    private static final Pattern KEY = Pattern.compile("([a-z]+(?:\\.[a-z][a-zA-Z0-9]*)+)(?:[=: ].*)?");

    /** What files are called that could be keys by their names. */
    private static final Pattern FILE_NAME = Pattern.compile(".*\\.(csv|html|json|jsonl|npz|png|pt|safetensors|yaml)");

    private static final Map<String, List<Path>> CLASSES = new HashMap<>();
    private static JsonNode schema;

    @BeforeAll
    static void readSources() throws IOException {
        schema = JsonMapper.shared().readTree(SpecSchema.generate());
        try (Stream<Path> files = Files.walk(SOURCES)) {
            files.filter(file -> file.toString().endsWith(".java")).forEach(file -> CLASSES.computeIfAbsent(
                            file.getFileName().toString().replace(".java", ""), name -> new ArrayList<>())
                    .add(file));
        }
    }

    static List<Path> documents() throws IOException {
        List<Path> all = new ArrayList<>(List.of(
                Path.of("README.md"),
                Path.of("CONTRIBUTING.md"),
                Path.of("CHANGELOG.md"),
                Path.of("benchmarks/README.md"),
                Path.of("datasets/README.md"),
                Path.of("docker/README.md")));
        try (Stream<Path> files = Files.walk(Path.of("docs"))) {
            files.filter(file -> file.toString().endsWith(".md")).forEach(all::add);
        }
        return all;
    }

    @ParameterizedTest
    @MethodSource("documents")
    void linksLeadToFilesAndHeadings(Path document) throws IOException {
        String text = prose(document);
        List<String> dead = new ArrayList<>();
        for (MatchResult link : all(LINK, text).toList()) {
            if (link.group(1).contains("://")) {
                continue;
            }
            Path target = link.group(1).isEmpty()
                    ? document
                    : document.resolveSibling(link.group(1)).normalize();
            if (!Files.exists(target)
                    || link.group(2) != null && !anchors(target).contains(link.group(2))) {
                dead.add(link.group());
            }
        }
        assertThat(dead).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void filesAreThere(Path document) throws IOException {
        assertThat(all(FILE, Files.readString(document)).map(file -> file.group(1)))
                .allSatisfy(file -> assertThat(Path.of(file))
                        .satisfiesAnyOf(
                                place -> assertThat(place).exists(), place -> assertThat(Files.readString(document))
                                        .contains("// " + file))); // to be written
    }

    @ParameterizedTest
    @MethodSource("documents")
    void classesAreThere(Path document) throws IOException {
        List<String> unknown = new ArrayList<>();
        for (MatchResult quoted : all(QUOTED, prose(document)).toList()) {
            Matcher name = CLASS.matcher(quoted.group(1));
            if (name.matches()
                    && !Files.exists(document.resolveSibling(quoted.group(1)))
                    && !FOREIGN.contains(name.group(2))
                    && !isClass(name.group(1), name.group(2), name.group(3))) {
                unknown.add(quoted.group(1));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void packagesAreThere(Path document) throws IOException {
        assertThat(all(QUOTED, prose(document))
                        .map(quoted -> PACKAGE.matcher(quoted.group(1)))
                        .filter(Matcher::matches))
                .allSatisfy(name -> assertThat(Path.of(
                                "src/main/java/org/autophage", name.group(1).split("\\.")))
                        .isDirectory());
    }

    @ParameterizedTest
    @MethodSource("documents")
    void keysAreThoseOfTheSchema(Path document) throws IOException {
        List<String> unknown = new ArrayList<>();
        for (MatchResult quoted : all(QUOTED, prose(document)).toList()) {
            Matcher key = KEY.matcher(quoted.group(1));
            if (key.matches()
                    && !FILE_NAME.matcher(quoted.group(1)).matches()
                    && schema.path("properties").has(key.group(1).split("\\.")[0])
                    && !isKey(schema, key.group(1))
                    && !Files.exists(
                            Path.of("src/main/java/org/autophage", key.group(1).split("\\.")))) {
                unknown.add(quoted.group(1));
            }
        }
        assertThat(unknown).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("documents")
    void commandsAreThere(Path document) throws IOException {
        Set<String> names = new HashSet<>();
        try (Stream<Path> files = Files.list(SOURCES.resolve("main/java/org/autophage/cli"))) {
            for (Path file : (Iterable<Path>) files::iterator) {
                all(COMMAND_NAME, Files.readString(file)).forEach(name -> names.add(name.group(1)));
            }
        }
        assertThat(all(COMMAND, Files.readString(document)).map(command -> command.group(1)))
                .isSubsetOf(names);
    }

    private static boolean isClass(String room, String name, String members) throws IOException {
        String folder = "/" + room.replace('.', '/');
        for (Path file : CLASSES.getOrDefault(name, List.of())) {
            String source = Files.readString(file);
            if ((file.getParent() + "/").endsWith(folder)
                    && Stream.of(members.split("\\."))
                            .allMatch(member -> source.matches("(?s).*\\b" + member + "\\b.*"))) {
                return true;
            }
        }
        return false;
    }

    /** Whether a key written with dots is one of the schema's, in any kind of a section. */
    private static boolean isKey(JsonNode part, String key) {
        String[] steps = key.split("\\.", 2);
        List<JsonNode> variants = new ArrayList<>(List.of(part, part.path("items")));
        part.path("anyOf").forEach(variants::add);
        part.path("items").path("anyOf").forEach(variants::add);
        return variants.stream()
                .map(variant -> variant.path("properties").path(steps[0]))
                .anyMatch(found -> !found.isMissingNode() && (steps.length == 1 || isKey(found, steps[1])));
    }

    private static Stream<MatchResult> all(Pattern pattern, String text) {
        return pattern.matcher(text).results();
    }

    /** A document without its blocks of code. */
    private static String prose(Path document) throws IOException {
        return FENCE.matcher(Files.readString(document)).replaceAll("");
    }

    /** The names that GitHub gives to headings. */
    private static List<String> anchors(Path document) throws IOException {
        return all(HEADING, prose(document))
                .map(heading -> heading.group(1)
                        .toLowerCase(Locale.ROOT)
                        .replaceAll("[^\\p{L}\\d _-]", "")
                        .replace(' ', '-'))
                .toList();
    }
}
