package org.autophage.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;

/**
 * What a person means by a run's name: the run, or one of its seeds, or one generation.
 *
 * @param run the run
 * @param seed null where none is named
 * @param generation counted from 1; 0 where none is named
 */
public record RunName(RunFolder run, @Nullable SeedFolder seed, int generation) {
    private static final Pattern NUMBERED = Pattern.compile("(.+):(\\d{1,9})");

    /**
     * Finds what a name means: a run, the folder of a seed, either with a generation after a colon, or the folder of a generation; runs
     * also by their names below a folder of runs.
     *
     * @return empty if it is none of these
     * @throws AutophageException (usage) if there are seeds of a run whose spec is gone
     */
    public static Optional<RunName> find(String name, Path runs) {
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
                    int generation = Integer.parseInt(numbered.group(2));
                    if (generation == 0) {
                        throw AutophageException.usage(name + " names generation 0: generations are counted from 1");
                    }
                    return of(path, generation);
                }
            }
        }
        return Optional.empty();
    }

    /**
     * The same of a name that must mean something.
     *
     * @throws AutophageException (usage) if it does not
     */
    public static RunName existing(String name, Path runs) {
        return find(name, runs)
                .orElseThrow(() -> AutophageException.usage(
                        sweep(name, runs)
                                ? "%s is a sweep: name one of its runs, such as %s/CELL".formatted(name, name)
                                : "%s is no run, here or in %s: must be the folder of a run, of a seed or of a generation, or the name of a run, with :GENERATION after it for another than the last"
                                        .formatted(name, runs)));
    }

    private static boolean sweep(String name, Path runs) {
        return new SweepFolder(Path.of(name)).exists() || new SweepFolder(runs.resolve(name)).exists();
    }

    /** @param generation counted from 1; 0 for none in particular */
    private static Optional<RunName> of(Path folder, int generation) {
        RunFolder run = new RunFolder(folder);
        if (run.exists()) {
            return Optional.of(new RunName(run, null, generation));
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
            return Optional.of(new RunName(above, above.seed(seed.getAsLong()), generation));
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

    /** Refuses figures that others measured, whose generations have no files. */
    private void requireFiles() {
        if (RecordedSpec.read(run).has(ImportedRecords.KEY)) {
            throw AutophageException.usage(
                    "%s is figures that were imported, without samples and models".formatted(run.root()));
        }
    }

    /**
     * The generation that is meant: where none is named the newest, where no seed is the first one's.
     *
     * @throws AutophageException (usage) if the run has none such
     */
    public RunGeneration one() {
        requireFiles();
        SeedFolder of = seed != null
                ? seed
                : run.seeds().stream()
                        .findFirst()
                        .orElseThrow(() -> AutophageException.usage(run.root() + " has no generation yet"));
        int newest = of.records().size();
        int asked = generation == 0 ? newest : generation;
        if (asked < 1 || asked > newest) {
            throw AutophageException.usage("%s has no generation %s: it has come to %d"
                    .formatted(of.path(), generation == 0 ? "yet" : generation, newest));
        }
        return new RunGeneration(run, of, asked);
    }

    /**
     * All finished generations: of the seed that is named, or of all, in order.
     *
     * @throws AutophageException (usage) if one generation is named, or there is none
     */
    public List<RunGeneration> all() {
        requireFiles();
        if (generation != 0) {
            throw AutophageException.usage(
                    "--all: %s is one generation; name the run or a seed of it".formatted(one().describe()));
        }
        List<RunGeneration> all = (seed == null ? run.seeds() : List.of(seed))
                .stream()
                        .flatMap(each -> IntStream.rangeClosed(1, each.records().size())
                                .mapToObj(number -> new RunGeneration(run, each, number)))
                        .toList();
        if (all.isEmpty()) {
            throw AutophageException.usage(run.root() + " has no generation yet");
        }
        return all;
    }
}
