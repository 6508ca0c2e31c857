package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;

/**
 * Which files the server hands out: reports, grids and records of the runs that the catalog lists, and nothing else. A
 * path is not cleaned up: it is exactly one of these, or there is no such file.
 */
final class RunFiles {
    /** Parts of the longest path in a run: seed, generation, file. */
    private static final int DEEPEST = 3;

    private final RunCatalog catalog;

    RunFiles(RunCatalog catalog) {
        this.catalog = catalog;
    }

    /** @param path the run's id and the file in it, decoded, such as NAME/seed-0/generation-003/grid.png or page.txt */
    Optional<Path> find(String path) {
        String id = path;
        for (int depth = 1; depth <= DEEPEST && id.contains("/"); depth++) {
            id = id.substring(0, id.lastIndexOf('/'));
            Optional<RunFolder> run = catalog.run(id);
            if (run.isPresent()) {
                return find(run.get(), path.substring(id.length() + 1));
            }
        }
        return Optional.empty();
    }

    private Optional<Path> find(RunFolder run, String inside) {
        Optional<Path> handedOut = handedOut(run, inside.split("/", -1))
                .map(file -> run.root().relativize(file))
                .filter(file -> file.toString().equals(inside));
        if (handedOut.isEmpty()) {
            return Optional.empty();
        }
        try {
            Path folder = run.root().toRealPath();
            Path file = folder.resolve(handedOut.get());
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

    /** The file that parts of a path name, if it is of a kind that is handed out. */
    private static Optional<Path> handedOut(RunFolder run, String[] parts) {
        if (parts.length == 1) {
            return Optional.of(run.report());
        }
        OptionalLong seed = RunFolder.seedOf(parts[0]);
        if (seed.isEmpty()) {
            return Optional.empty();
        }
        SeedFolder folder = run.seed(seed.getAsLong());
        OptionalInt generation = SeedFolder.generationOf(parts[1]);
        return generation.isEmpty()
                ? Optional.of(folder.generations())
                : Optional.of(folder.generation(generation.getAsInt()).shown());
    }
}
