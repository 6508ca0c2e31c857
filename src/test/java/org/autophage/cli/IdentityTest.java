package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.run.Identity;
import org.junit.jupiter.api.Test;

/** What people are told of open keys is what holds. */
class IdentityTest {
    private static final List<String> OPEN = List.of("seeds", "loop.generations", "device", "stop", "sinks", "name");

    @Test
    void keysBelowOpenOnesAreOpenAndNoOthers() {
        assertThat(OPEN).allMatch(Identity::isOpen);
        assertThat(Stream.of("stop.when", "sinks.mlflow", "seeds.0")).allMatch(Identity::isOpen);
        assertThat(Stream.of("keep", "loop", "loop.generationsOfMore", "sampling.bias", "names", "model"))
                .noneMatch(Identity::isOpen);
    }

    @Test
    void theHelpNamesThem() {
        String help = CommandRun.of("run", "--help").out().replaceAll("\\s+", " ");
        assertThat(help).contains("an override other than of " + Identity.OPEN_IN_WORDS + ", or of the name itself");
        assertThat((Identity.OPEN_IN_WORDS + " and name").split(", | and ")).containsExactlyInAnyOrderElementsOf(OPEN);
    }

    @Test
    void theDocumentsNameThem() throws IOException {
        assertThat(named("docs/guide/specs.md", "every override but (.*?) extends the run's name"))
                .containsExactlyInAnyOrderElementsOf(OPEN);
        assertThat(named("docs/design.md", "\\(a hash of all keys but (.*?)\\)"))
                .containsExactlyInAnyOrderElementsOf(OPEN);
    }

    private static List<String> named(String file, String sentence) throws IOException {
        String text = Files.readString(Path.of(file)).replaceAll("\\s+", " ");
        Matcher found = Pattern.compile(sentence).matcher(text);
        assertThat(found.find()).as(sentence).isTrue();
        return Arrays.stream(found.group(1).split(", | and "))
                .map(word -> word.replace("`", ""))
                .toList();
    }
}
