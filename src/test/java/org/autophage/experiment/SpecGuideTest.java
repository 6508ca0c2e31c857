package org.autophage.experiment;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The checked-in guide of a spec's keys is what the schema says. */
class SpecGuideTest {
    private static final Path FILE = Path.of("docs", "guide", "spec.md");
    private static final Path MADE = Path.of("target", "spec.md");

    private final SpecGuide guide = new SpecGuide();

    @Test
    void theCheckedInTablesAreTheSchema() throws IOException {
        String checkedIn = Files.readString(FILE);
        Files.writeString(MADE, guide.filled(checkedIn));
        assertThat(checkedIn)
                .as("after a change of spec records: run this test, then cp %s %s", MADE, FILE)
                .isEqualTo(Files.readString(MADE));
    }

    @Test
    void everySectionHasItsPlace() throws IOException {
        assertThat(SpecGuide.sectionsIn(Files.readString(FILE))).containsExactlyInAnyOrderElementsOf(guide.sections());
    }
}
