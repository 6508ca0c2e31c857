package org.autophage.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.autophage.command.Scripts;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** Runs of a program that is a model, and of nothing else that takes time. */
abstract class OwnModelCase {
    static final int COUNT = 40;

    @TempDir
    Path folder;

    Path script = Path.of("");

    @BeforeEach
    void write() throws IOException {
        script = Scripts.byHeart(folder);
    }

    Path spec(String dataset, String more) throws IOException {
        return Files.writeString(
                folder.resolve("own.yaml"),
                """
                device: cpu
                dataset: {%s}
                model: {kind: command, program: [%s]%s}
                sampling: {chunk: %d}
                loop: {kind: fully-synthetic, generations: 3, initial: %d, synthetic: %d}
                metrics: {samples: %d, neighbours: 3%s}
                """
                        .formatted(
                                dataset,
                                script,
                                more,
                                COUNT,
                                COUNT,
                                COUNT,
                                COUNT,
                                dataset.contains("strokes") ? ", features: pixels" : ""));
    }

    static final String POINTS = "kind: points, distribution: moons, holdout: 100";
    static final String GLYPHS = "kind: strokes, size: 16, holdout: 100";

    CommandRun command(String name, Path spec, String... more) {
        return CommandRun.of(Stream.of(
                        Stream.of(name, spec.toString()),
                        name.matches("run|sweep") ? Stream.of("--runs", runs().toString()) : Stream.<String>of(),
                        Stream.of(more))
                .flatMap(each -> each)
                .toArray(String[]::new));
    }

    Path runs() {
        return folder.resolve("runs");
    }

    RunFolder run() {
        return new RunFolder(runs().resolve("own"));
    }
}
