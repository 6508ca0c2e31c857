package org.autophage.report.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.ExitCode;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a sweep's folder holds, as far as the sweep has come.
 *
 * @param name of the sweep: its folder's
 * @param text of {@code sweep.yaml}
 * @param keys that it went over, and that tell its cells apart
 * @param asked how many runs it consists of
 * @param cells those that have begun, in the sweep's order
 * @param damaged what is wrong with each of those that have begun and cannot be read
 */
public record SweepRuns(
        String name, String text, List<SweepKey> keys, int asked, List<Cell> cells, List<String> damaged) {
    private static final YAMLMapper YAML = new YAMLMapper();

    /**
     * A run of the sweep, or the runs of several seeds that are one loop.
     *
     * @param name its folder's
     * @param run its records
     * @param state finished, stopped by its rule, or how far it is and how its last process ended, where that is known
     */
    public record Cell(String name, Trajectories run, String state) {
        private static final String FINISHED = "finished";
        private static final String STOPPED = "stopped by its rule";

        static Cell of(RunReading run) {
            return new Cell(run.name(), Trajectories.of(run), stateOf(run));
        }

        /** Cells that have the same values but for their seeds. */
        static Cell joined(List<Cell> cells) {
            List<RunReading> runs = cells.stream().map(cell -> cell.run().run()).toList();
            List<String> states = cells.stream().map(Cell::state).distinct().toList();
            long finished = cells.stream().filter(Cell::isFinished).count();
            String state = states.size() == 1 ? states.get(0) : finished + " of " + cells.size() + " runs finished";
            return new Cell(cells.get(0).name(), Trajectories.of(RunReading.joined(runs)), state);
        }

        private static String stateOf(RunReading run) {
            int asked = run.spec().path("loop").path("generations").asInt(0);
            int finished = finishedGenerations(run);
            boolean everySeed = run.seeds().size() >= run.spec().path("seeds").size();
            if (everySeed && finished >= asked) {
                return FINISHED;
            }
            if (everySeed && run.seeds().entrySet().stream().allMatch(seed -> isOver(run, seed, asked))) {
                return STOPPED;
            }
            JsonNode sessions = run.provenance().path("sessions");
            String outcome = sessions.path(sessions.size() - 1).path("outcome").asString("");
            String progress = finished + " of " + asked + " generations";
            return outcome.isEmpty() ? progress : progress + ", " + outcome;
        }

        private static boolean isOver(RunReading run, Map.Entry<Long, List<GenerationRecord>> seed, int asked) {
            return seed.getValue().size() >= asked || run.stopOf(seed.getKey()).isPresent();
        }

        private static int finishedGenerations(RunReading run) {
            List<Integer> ends = run.firstAndLastGeneration();
            return ends.isEmpty() ? 0 : ends.get(ends.size() - 1);
        }

        /** The value of a key; a missing node where its spec has none. */
        public JsonNode value(SweepKey key) {
            return key.in(run.run().spec());
        }

        /** The same for people, see {@link SweepKey#written}. */
        public JsonNode written(SweepKey key) {
            return key.written(run.run().spec());
        }

        /** The last generation that all seeds have finished; 0 before that. */
        public int finishedGenerations() {
            return finishedGenerations(run.run());
        }

        public boolean isFinished() {
            return state.equals(FINISHED) || state.equals(STOPPED);
        }

        /** "n_s = 300, λ = 0.7"; kinds speak for themselves. */
        public String label(List<SweepKey> keys) {
            return SweepKey.label(keys, run.run().spec());
        }
    }

    /** Reads a sweep's folder. */
    public static SweepRuns read(Path folder) {
        SweepFolder sweep = new SweepFolder(folder);
        Path file = sweep.sweep();
        if (!sweep.exists()) {
            throw AutophageException.usage(folder + " is not a sweep's folder: it has no " + file.getFileName());
        }
        String text = RunReading.text(file);
        List<SweepKey> keys = new ArrayList<>();
        int asked = 1;
        try {
            for (Map.Entry<String, JsonNode> entry :
                    YAML.readTree(text).path("sweep").properties()) {
                keys.addAll(SweepKey.of(entry.getKey(), entry.getValue()));
                asked = Math.multiplyExact(asked, entry.getValue().size());
            }
        } catch (JacksonException e) {
            throw RunReading.corrupt(file, e);
        }
        Path name = folder.toAbsolutePath().normalize().getFileName();
        List<String> damaged = new ArrayList<>();
        List<Cell> cells = cells(folder, keys, damaged);
        return new SweepRuns(name == null ? folder.toString() : name.toString(), text, keys, asked, cells, damaged);
    }

    /**
     * Refuses a sweep of which a cell cannot be read, for what would be wrong without it.
     *
     * @throws AutophageException with USAGE, naming what is wrong with the first such cell
     */
    public SweepRuns requireWhole() {
        if (!damaged.isEmpty()) {
            throw AutophageException.usage(damaged.get(0));
        }
        return this;
    }

    /** The cell of a name, which may not have begun. */
    public Optional<Cell> cell(String cell) {
        return cells.stream().filter(each -> each.name().equals(cell)).findFirst();
    }

    /** The loops that it compares: cells that differ in their seeds alone are one, with intervals over the seeds. */
    public SweepRuns loops() {
        List<SweepKey> telling = keys.stream().filter(key -> !key.isSeeds()).toList();
        Map<String, List<Cell>> groups = cells.stream()
                .collect(Collectors.groupingBy(cell -> cell.label(telling), LinkedHashMap::new, Collectors.toList()));
        if (groups.values().stream().anyMatch(SweepRuns::haveASeedTwice)) {
            return this;
        }
        int seeds = keys.stream()
                .filter(SweepKey::isSeeds)
                .mapToInt(key -> key.values().size())
                .sum();
        List<Cell> joined = groups.values().stream().map(Cell::joined).toList();
        return new SweepRuns(name, text, telling, asked / Math.max(1, seeds), joined, damaged);
    }

    private static boolean haveASeedTwice(List<Cell> cells) {
        List<Long> seeds = cells.stream()
                .flatMap(cell -> cell.run().run().seeds().keySet().stream())
                .toList();
        return new HashSet<>(seeds).size() < seeds.size();
    }

    private static List<Cell> cells(Path folder, List<SweepKey> keys, List<String> damaged) {
        List<Path> runs;
        try (Stream<Path> children = Files.list(folder)) {
            runs = children.filter(child -> new RunFolder(child).exists())
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(folder, e);
        }
        List<Cell> cells = new ArrayList<>();
        for (Path path : runs) {
            try {
                RunReading run = RunReading.read(path);
                // Cells of an earlier sweep with other values stay on disk and out of the report.
                if (keys.stream().allMatch(key -> key.holdsFor(run.spec()))) {
                    cells.add(Cell.of(run));
                }
            } catch (AutophageException e) {
                if (e.exitCode() != ExitCode.USAGE) {
                    throw e;
                }
                damaged.add(e.getMessage());
            }
        }
        cells.sort(inOrderOf(keys));
        return cells;
    }

    private static Comparator<Cell> inOrderOf(List<SweepKey> keys) {
        Comparator<Cell> order = (one, other) -> 0;
        for (SweepKey key : keys) {
            order = order.thenComparingInt(cell -> key.placeOf(cell.value(key)));
        }
        return order.thenComparing(Cell::name);
    }
}
