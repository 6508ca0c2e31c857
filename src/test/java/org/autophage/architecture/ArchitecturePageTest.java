package org.autophage.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** docs/architecture.md shows the house as it is. */
class ArchitecturePageTest {
    private static final Path PAGE = Path.of("docs", "architecture.md");

    /** A floor's line: number, packages, what they are about. */
    private static final Pattern FLOOR = Pattern.compile("(?m)^ +(\\d+) +([a-z]+(?: │ [a-z]+)*)  +\\S.*$");

    /** Names of classes in its pictures. */
    private static final Pattern CLASS = Pattern.compile("\\b[A-Z][a-z]+(?:[A-Z][a-z]+)+\\b");

    @Test
    void theFloorsAreThoseOfTheArrows() throws IOException {
        List<List<String>> floors = FLOOR.matcher(Files.readString(PAGE))
                .results()
                .map(floor -> List.of(floor.group(2).split(" │ ")))
                .toList();
        assertThat(floors).isEqualTo(PackageArrowsTest.LEVELS);
    }

    @Test
    void thePicturesNameClasses() throws IOException {
        List<String> names;
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            names = files.map(file -> file.getFileName().toString()).toList();
        }
        List<String> foreign = List.of("TensorBoard");
        assertThat(CLASS.matcher(Files.readString(PAGE)).results().map(name -> name.group()))
                .hasSizeGreaterThan(20)
                .allMatch(name -> foreign.contains(name) || names.contains(name + ".java"));
    }
}
