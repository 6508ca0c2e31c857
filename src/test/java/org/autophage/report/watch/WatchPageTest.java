package org.autophage.report.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.base.OddFiles;
import org.autophage.report.records.RunFixture;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Document;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The live page in a browser. */
class WatchPageTest {
    /** One for all tests: it takes longer to start than most of them. */
    private static Browser browser;

    @TempDir
    private Path folder;

    private Path runs;

    @BeforeAll
    static void open(@TempDir Path folder) throws IOException, InterruptedException {
        Optional<Path> program = Browser.program();
        Assumptions.assumeTrue(program.isPresent(), "no Chromium is here: skipped");
        browser = Browser.open(program.get(), folder.resolve("profile"));
    }

    @AfterAll
    static void close() {
        if (browser != null) {
            browser.close();
        }
    }

    @BeforeEach
    void find() {
        runs = folder.resolve("runs");
    }

    @Test
    void runsCurvesAndSamplesAppearAndGrow() throws Exception {
        RunFixture run = new RunFixture(runs.resolve("mnist,sampling.bias=0.5"))
                .spec(2, 5)
                .provenance()
                .records(0, 5)
                .generationFiles(0, 5)
                .records(1, 3)
                .generationFiles(1, 3);
        new RunFixture(runs.resolve("<b>bold")).spec(1, 4).records(0, 4);
        try (WatchServer server = WatchServer.start(runs, 0)) {
            browser.show(server.address());
            browser.await("document.querySelectorAll('#charts canvas').length >= 6");
            browser.await("[...document.querySelectorAll('#samples img')].every(i => i.naturalWidth == 280)");
            Document page = Jsoup.parse(
                    browser.evaluate("document.documentElement.outerHTML").asString());
            assertThat(page.select("#connection").text()).isEqualTo("live");
            assertThat(page.select("#runs tr")).hasSize(2);
            assertThat(page.select("#runs b")).isEmpty(); // names are text
            assertThat(page.select("#runs").text())
                    .contains("<b>bold", "finished", "interrupted", "5, 3 of 5", "fully-synthetic");
            assertThat(page.select("#charts figure h3").eachText()).contains("Fréchet distance", "Recall", "Precision");
            assertThat(page.select("#samples img").eachAttr("src"))
                    .contains("/files/mnist%2Csampling.bias%3D0.5/seed-0/generation-005/grid.png");
            // nobody reloads anything
            run.records(1, 4);
            browser.await("document.querySelector('#runs').textContent.includes('5, 4 of 5')");
            browser.await("records.get('mnist,sampling.bias=0.5/1').generations.length == 4");
        }
    }

    @Test
    void whatDifferentExtractorsMeasuredStandsInDifferentPlots() throws Exception {
        new RunFixture(runs.resolve("one")).spec(1, 3).records(0, 3);
        RunFixture other = new RunFixture(runs.resolve("other"))
                .features("inception@1")
                .spec(1, 3)
                .records(0, 3);
        new RunFixture(runs.resolve("third")).spec(1, 3).records(0, 3);
        OddFiles.PIPE.putInPlaceOf(
                new RunFixture(runs.resolve("bad")).spec(1, 3).folder().resolve("seed-0/generations.jsonl"));
        String distances = "[...plots].filter(([place]) => place.startsWith('frechetDistance'))"
                + ".map(([place, entry]) => place.split('\\n')[1] + ' ' + entry.curves.map(curve => curve.id).sort().join(' ')).sort().join('; ')";
        try (WatchServer server = WatchServer.start(runs, 0)) {
            browser.show(server.address());
            browser.await(distances + " == 'inception@1 other; lenet@3fa91c20 one third'");
            assertThat(browser.evaluate("document.querySelector('#apart').textContent")
                            .asString())
                    .contains("lenet@3fa91c20", "inception@1", "cannot be compared");
            assertThat(browser.evaluate("document.querySelector('#runs').textContent")
                            .asString())
                    .contains("unreadable", "a pipe, a socket or a device");
            // seconds are seconds
            assertThat(browser.evaluate("[...plots.keys()].filter(place => place.startsWith('trainSeconds')).length")
                            .asInt())
                    .isEqualTo(1);
            // begun anew, with the extractor of the others
            other.features("lenet@3fa91c20").records(0, 3);
            browser.await(distances + " == 'lenet@3fa91c20 one other third'");
            browser.await("document.querySelector('#apart').hidden");
        }
    }

    @Test
    void recordsOnTheirWayAreNotCalledUnchosen() throws Exception {
        new RunFixture(runs.resolve("one")).spec(1, 3).records(0, 3);
        String sentence = "document.querySelector('#choose').textContent";
        try (WatchServer server = WatchServer.start(runs, 0)) {
            browser.show(server.address());
            browser.await("document.querySelector('#choose').hidden && plots.size > 5");
            browser.evaluate("choose('one', false)");
            browser.await(sentence + " == 'Choose runs in the list to see their curves and samples.'");
            browser.evaluate(
                    "const asked = window.fetch; let go; window.fetch = async (...a) => {"
                            + " await new Promise(r => { go = r; }); return asked(...a); }; records.clear(); choose('one', true)");
            browser.await(sentence + " == 'The records of the chosen runs are on their way…'");
            browser.evaluate("go()");
            browser.await("document.querySelector('#choose').hidden && plots.size > 5");
        }
    }

    @Test
    void fiveHundredRunsAreAllInTheList() throws Exception {
        for (int i = 0; i < 500; i++) {
            new RunFixture(runs.resolve("run-" + i)).spec(1, 10).provenance().records(0, 10);
        }
        try (WatchServer server = WatchServer.start(runs, 0)) {
            browser.show(server.address());
            browser.await("document.querySelectorAll('#runs tr').length == 500");
            assertThat(browser.evaluate("document.querySelector('#counts').textContent")
                            .asString())
                    .startsWith("500 runs");
            browser.evaluate("filter.call(null, document.querySelector('#filter').value = 'run-49')");
            assertThat(browser.evaluate("document.querySelectorAll('#runs tr:not(.hidden)').length")
                            .asInt())
                    .isEqualTo(11); // run-49 and run-490 to run-499
        }
    }
}
