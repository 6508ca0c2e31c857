package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.run.RunFolder;

/**
 * Which files the server hands out: reports, grids and records of the runs that the catalog lists, and nothing else. A
 * path is not cleaned up: it is exactly one of these, or there is no such file.
 */
final class RunFiles {
    private static final Pattern PATH = Pattern.compile(
            "(.+)/(report\\.html|seed-\\d{1,18}/(?:generations\\.jsonl|generation-\\d{3,9}/grid\\.png))");

    private final RunCatalog catalog;

    RunFiles(RunCatalog catalog) {
        this.catalog = catalog;
    }

    /** @param path the run's id and the file in it, decoded, such as NAME/seed-0/generation-003/grid.png */
    Optional<Path> find(String path) {
        Matcher parts = PATH.matcher(path);
        if (!parts.matches()) {
            return Optional.empty();
        }
        Optional<RunFolder> run = catalog.run(parts.group(1));
        if (run.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path folder = run.get().root().toRealPath();
            Path file = folder.resolve(parts.group(2));
            // A link inside a run may lead anywhere.
            return Files.isRegularFile(file)
                            && file.toRealPath().equals(file)
                            && catalog.watched().holds(file)
                    ? Optional.of(file)
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
