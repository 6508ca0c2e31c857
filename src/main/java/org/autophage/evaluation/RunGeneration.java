package org.autophage.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;

/**
 * One generation of one seed of a run.
 *
 * @param run the run
 * @param samples its samples' file
 */
record RunGeneration(RunFolder run, Path samples) {
    private static final Pattern NUMBERED = Pattern.compile("(.+):(\\d{1,9})");

    /**
     * Finds what a name means: a run (its newest generation, of its first seed), a run and a generation after a colon, or
     * the folder of a seed or of a generation; runs also by their names below a folder of runs.
     *
     * @return empty if it is none of these
     * @throws AutophageException (usage) if the run has no such generation or has not kept its samples
     */
    static Optional<RunGeneration> find(String name, Path runs) {
        Matcher numbered = NUMBERED.matcher(name);
        for (Path path : List.of(Path.of(name), runs.resolve(name))) {
            if (Files.isDirectory(path)) {
                return of(path, 0);
            }
        }
        if (numbered.matches()) {
            String left = numbered.group(1);
            for (Path path : List.of(Path.of(left), runs.resolve(left))) {
                if (Files.isDirectory(path)) {
                    return of(path, Integer.parseInt(numbered.group(2)));
                }
            }
        }
        return Optional.empty();
    }

    /** @param generation counted from 1; 0 for the newest */
    private static Optional<RunGeneration> of(Path folder, int generation) {
        RunFolder run = new RunFolder(folder);
        if (run.exists()) {
            return Optional.of(of(run, firstSeed(run), generation));
        }
        requireNoSeeds(run);
        Path parent = folder.toAbsolutePath().normalize().getParent();
        String name = String.valueOf(folder.toAbsolutePath().normalize().getFileName());
        OptionalLong seed = RunFolder.seedOf(name);
        if (seed.isPresent() && parent != null) {
            RunFolder above = new RunFolder(parent);
            if (!above.exists()) {
                requireNoSeeds(above);
                return Optional.empty();
            }
            return Optional.of(of(above, above.seed(seed.getAsLong()), generation));
        }
        OptionalInt number = SeedFolder.generationOf(name);
        return number.isPresent() && generation == 0 && parent != null
                ? of(parent, number.getAsInt())
                : Optional.empty();
    }

    /** Refuses a run whose spec is gone: nobody knows what its samples are, and its pictures are grids. */
    private static void requireNoSeeds(RunFolder run) {
        if (run.seeds().stream().anyMatch(seed -> Files.exists(seed.generations()))) {
            throw AutophageException.usage(
                    "%s has seeds of a run and no experiment.yaml, which says what its samples are: put it back, or name one of its files of samples"
                            .formatted(run.root()));
        }
    }

    private static SeedFolder firstSeed(RunFolder run) {
        return run.seeds().stream()
                .findFirst()
                .orElseThrow(() -> AutophageException.usage(run.root() + " has no generation yet"));
    }

    private static RunGeneration of(RunFolder run, SeedFolder seed, int generation) {
        int newest = seed.records().size();
        int asked = generation == 0 ? newest : generation;
        if (asked < 1 || asked > newest) {
            throw AutophageException.usage("%s has no generation %s: it has come to %d"
                    .formatted(seed.path(), generation == 0 ? "yet" : generation, newest));
        }
        Path samples = seed.generation(asked).samples();
        if (!Files.isRegularFile(samples)) {
            throw AutophageException.usage(
                    "%s is missing: the run kept the samples of its last generation only".formatted(samples));
        }
        return new RunGeneration(run, samples);
    }
}
