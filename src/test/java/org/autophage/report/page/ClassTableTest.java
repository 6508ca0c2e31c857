package org.autophage.report.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.measure.Basis;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.report.records.RunFixture;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassTableTest {
    @TempDir
    Path folder;

    /** Two seeds of two generations: cats fall from .5 to .2 and .22, as far as 1,000 samples never drift. */
    private Document report(boolean labels) throws IOException {
        RunFixture run = new RunFixture(folder).spec(2, 2);
        for (int seed = 0; seed < 2; seed++) {
            int which = seed;
            Path records = new RunFolder(run.folder()).seed(seed).generations();
            Files.createDirectories(records.getParent());
            Files.writeString(
                    records,
                    IntStream.rangeClosed(1, 2)
                            .mapToObj(t -> record(which, t, t == 1 ? 0.5 : 0.2 + 0.02 * which, labels)
                                    .toJson())
                            .collect(Collectors.joining("\n", "", "\n")));
        }
        Path page = folder.resolve("page.html");
        Report.write(run.folder(), page);
        return Jsoup.parse(Files.readString(page));
    }

    private static GenerationRecord record(long seed, int t, double cats, boolean labels) {
        Measures.Builder measures = Measures.builder()
                .add(Basis.SAMPLES, 1000)
                .add(Metrics.FRECHET_DISTANCE, 3.0 * t + seed)
                .add(Metrics.ofClass(Metrics.CLASS_SHARE, "a <cat>"), cats)
                .add(Metrics.ofClass(Metrics.RECALL, "a <cat>"), 0.8 - 0.1 * t)
                .add(Metrics.ofClass(Metrics.CLASS_SHARE, "dog"), 1 - cats);
        if (labels) {
            measures.add(Metrics.LABEL_ACCURACY, 0.9);
        }
        Composition set = t == 1 ? new Composition(1000, 0, 0) : new Composition(0, 0, 1000);
        return new GenerationRecord(t, seed, "fully-synthetic", 1.0, set, measures.build(), "");
    }

    /** z of a seed is (.2 − .5)/√(.35 · .65 (1 − 1/n)(1/n) n/(n − 1)) = −19.89, of the other −18.51; their mean times √2. */
    @Test
    void aRowAClassAndNoPlots() throws IOException {
        Document page = report(false);
        assertThat(page.select("#classes th").eachText())
                .containsExactly(
                        "Class",
                        "Share of samples, generation 1 → 2",
                        "Precision, generation 1 → 2",
                        "Recall, generation 1 → 2",
                        "z",
                        "p (Holm)",
                        "Share");
        List<String> cells = page.select("#classes td").eachText();
        double z = (-0.3 / Math.sqrt(0.35 * 0.65 / 1000) - 0.28 / Math.sqrt(0.36 * 0.64 / 1000)) / Math.sqrt(2);
        assertThat(cells.subList(0, 7))
                .containsExactly(
                        "a <cat>",
                        "0.500 → 0.210",
                        "- → -",
                        "0.700 → 0.600",
                        "%.1f".formatted(z),
                        "< .001",
                        "beyond drift: suppressed");
        assertThat(cells.get(13)).isEqualTo("beyond drift: amplified");
        assertThat(page.select("#metrics h3").eachText()).doesNotContain("Recall, class a <cat>");
        assertThat(page.select("#over-seeds th").eachText()).contains("Recall, class a <cat>");
    }

    @Test
    void modelsThatAreToldLabelsHaveNoVerdict() throws IOException {
        Document page = report(true);
        assertThat(page.select("#classes td").eachText().subList(4, 7)).containsExactly("-", "-", "-");
        assertThat(page.select("#classes .basis").text()).startsWith("Models are told labels here");
    }
}
