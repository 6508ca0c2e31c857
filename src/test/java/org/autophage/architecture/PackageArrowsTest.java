package org.autophage.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The house of the design: packages by what they are about, and arrows that go down only. */
class PackageArrowsTest {
    /** From top to bottom; packages of one level do not know each other. */
    static final List<List<String>> LEVELS = List.of(
            List.of("cli"),
            List.of("report"),
            List.of("evaluation", "export", "cluster"),
            List.of("sweep", "planning"),
            List.of("experiment", "verification"),
            List.of("theory", "remedy"),
            List.of("loop"),
            List.of("model", "metrics"),
            List.of("collapse", "command", "sink", "spec"),
            List.of("data", "run"),
            List.of("program", "statistics", "table"),
            List.of("base", "measure"));

    private static JavaClasses classes;

    @BeforeAll
    static void readClasses() {
        classes = new ClassFileImporter()
                .withImportOption(new ImportOption.DoNotIncludeTests())
                .importPackages("org.autophage");
    }

    @Test
    void everyClassBelongsToALevel() {
        List<String> known = LEVELS.stream()
                .flatMap(List::stream)
                .map(name -> "org.autophage." + name)
                .toList();
        assertThat(classes).isNotEmpty().allSatisfy(type -> assertThat(known)
                .as(type.getName())
                .anyMatch(name -> (type.getPackageName() + ".").startsWith(name + ".")));
    }

    @ParameterizedTest
    @MethodSource("packages")
    void arrowsGoDownOnly(String name, String[] forbidden) {
        noClasses()
                .that()
                .resideInAPackage(inside(name))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .allowEmptyShould(true)
                .check(classes);
    }

    static Stream<Object[]> packages() {
        return LEVELS.stream().flatMap(level -> level.stream().map(name -> new Object[] {name, notBelow(name)}));
    }

    /** All packages above the given one and beside it. */
    private static String[] notBelow(String name) {
        return LEVELS.stream()
                .takeWhile(level -> LEVELS.indexOf(level) <= levelOf(name))
                .flatMap(List::stream)
                .filter(other -> !other.equals(name))
                .map(PackageArrowsTest::inside)
                .toArray(String[]::new);
    }

    private static int levelOf(String name) {
        return LEVELS.stream()
                .filter(level -> level.contains(name))
                .mapToInt(LEVELS::indexOf)
                .findFirst()
                .orElseThrow();
    }

    @Test
    void onlyTheEngineRoomSeesDjl() {
        noClasses()
                .that()
                .resideOutsideOfPackage(inside("program"))
                .should()
                .dependOnClassesThat()
                .resideInAPackage("ai.djl..")
                .check(classes);
    }

    @Test
    void loopsKnowModelsByTheirInterfacesOnly() {
        noClasses()
                .that()
                .resideInAPackage(inside("loop"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("org.autophage.program..", "org.autophage.model.*..", "org.autophage.metrics.*..")
                .allowEmptyShould(true)
                .check(classes);
    }

    @Test
    void reportsKnowRunFoldersOnly() {
        List<String> known = Stream.of("report", "collapse", "statistics", "run", "measure", "table")
                .map(PackageArrowsTest::inside)
                .toList();
        String[] others = Arrays.stream(notBelow("base"))
                .filter(name -> !known.contains(name))
                .toArray(String[]::new);
        noClasses()
                .that()
                .resideInAPackage(inside("report"))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .allowEmptyShould(true)
                .check(classes);
    }

    /** What differs by the kind of samples is asked of the samples, so that a third kind needs no search for such tests. */
    @Test
    void typesOfSamplesAreTestedByThemselvesOnly() throws IOException {
        Pattern test = Pattern.compile(
                "instanceof (Images|Points|ImageShape|PointShape|FiniteDataset|PointDataset|StrokesDataset)\\b"
                        + "|\\((Images|Points|ImageShape|PointShape|FiniteDataset|PointDataset|StrokesDataset)\\) ?[a-zA-Z(]");
        Path sources = Path.of("src/main/java/org/autophage");
        try (Stream<Path> files = Files.walk(sources)) {
            assertThat(files.filter(file -> file.toString().endsWith(".java"))
                            .filter(file -> !file.startsWith(sources.resolve("data"))))
                    .isNotEmpty()
                    .allSatisfy(file -> assertThat(Files.readString(file)).doesNotContainPattern(test));
        }
    }

    /** A reader who follows a name comes to one room. */
    @Test
    void noTwoClassesHaveOneName() {
        Map<String, List<String>> places = classes.stream()
                .filter(JavaClass::isTopLevelClass)
                .filter(type -> !type.getSimpleName().equals("package-info"))
                .collect(Collectors.groupingBy(
                        JavaClass::getSimpleName, Collectors.mapping(JavaClass::getName, Collectors.toList())));
        assertThat(places.values()).allMatch(names -> names.size() == 1);
    }

    @Test
    void noCyclesOfPackages() {
        slices().matching("org.autophage.(*)..").should().beFreeOfCycles().check(classes);
    }

    /** Rooms of one package: what is beside them in the package itself is left out, as kinds are registered there. */
    @Test
    void noCyclesOfRooms() {
        for (String name : List.of("data", "metrics", "report", "model")) {
            slices().matching("org.autophage." + name + ".(*)..")
                    .should()
                    .beFreeOfCycles()
                    .check(classes);
        }
    }

    private static String inside(String name) {
        return "org.autophage." + name + "..";
    }
}
