package org.autophage.report.compare;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.report.records.FlatTree;
import org.autophage.report.records.RunLabels;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.SweepKey;
import org.autophage.report.records.SweepRuns;
import org.autophage.run.Identity;
import org.autophage.run.SweepFolder;

/**
 * What a comparison treats as one: runs that differ in nothing but their seeds.
 *
 * @param label its name on the page
 * @param members its run folders
 * @param run all of its seeds
 */
record Arm(String label, List<RunReading> members, RunReading run) {
    /** A run before it is known what it is grouped with. */
    private record Candidate(RunReading run, String label) {}

    /**
     * Reads folders and groups them.
     *
     * @param folders run folders, and folders of sweeps, which stand for all of their cells
     * @param by the keys whose values make an arm; without any every run is one, and the cells of a sweep are grouped by
     *     its keys but the seeds
     * @throws AutophageException with USAGE where a folder comes twice, a key is unknown, or an arm has a seed twice
     */
    static List<Arm> of(List<Path> folders, List<String> by) {
        List<Candidate> candidates = candidates(folders);
        if (!by.isEmpty()) {
            candidates = labelled(candidates.stream().map(Candidate::run).toList(), by);
        }
        Map<String, List<RunReading>> groups = candidates.stream()
                .collect(Collectors.groupingBy(
                        Candidate::label, LinkedHashMap::new, Collectors.mapping(Candidate::run, Collectors.toList())));
        List<Arm> arms = new ArrayList<>();
        groups.forEach((label, runs) -> {
            requireSeedsOnce(label, runs);
            arms.add(new Arm(label, List.copyOf(runs), runs.size() == 1 ? runs.get(0) : RunReading.joined(runs)));
        });
        return arms;
    }

    private static List<Candidate> candidates(List<Path> folders) {
        List<Candidate> candidates = new ArrayList<>();
        List<String> labels = RunLabels.of(folders);
        for (int i = 0; i < folders.size(); i++) {
            Path folder = folders.get(i);
            if (new SweepFolder(folder).exists()) {
                SweepRuns sweep = SweepRuns.read(folder).requireWhole();
                List<SweepKey> keys =
                        sweep.keys().stream().filter(key -> !key.isSeeds()).toList();
                String prefix = folders.size() > 1 ? labels.get(i) + (keys.isEmpty() ? "" : ": ") : "";
                for (SweepRuns.Cell cell : sweep.cells()) {
                    candidates.add(new Candidate(
                            cell.run().run(), prefix + label(cell.run().run(), keys)));
                }
            } else {
                candidates.add(new Candidate(RunReading.read(folder), labels.get(i)));
            }
        }
        List<Path> all = candidates.stream().map(each -> each.run().path()).toList();
        RunLabels.of(all); // refuses a cell that is given by itself and with its sweep
        return candidates;
    }

    private static List<Candidate> labelled(List<RunReading> runs, List<String> by) {
        List<SweepKey> keys =
                by.stream().map(key -> new SweepKey(key, List.of())).toList();
        for (SweepKey key : keys) {
            if (runs.stream().allMatch(run -> key.in(run.spec()).isMissingNode())) {
                Set<String> differing = differingKeys(runs);
                throw AutophageException.usage("--by " + key.key() + ": no run has this key in its experiment.yaml; "
                        + (differing.isEmpty()
                                ? "they differ in their seeds alone"
                                : "they differ in " + String.join(", ", differing)));
            }
        }
        return runs.stream().map(run -> new Candidate(run, label(run, keys))).toList();
    }

    /** By the values of keys, or by its name where there are none. */
    private static String label(RunReading run, List<SweepKey> keys) {
        return keys.isEmpty() ? run.name() : SweepKey.label(keys, run.spec());
    }

    private static void requireSeedsOnce(String label, List<RunReading> runs) {
        Map<Long, RunReading> holders = new HashMap<>();
        for (RunReading run : runs) {
            for (long seed : run.seeds().keySet()) {
                RunReading other = holders.put(seed, run);
                if (other != null) {
                    Set<String> differing = differingKeys(List.of(other, run));
                    throw AutophageException.usage("the arm " + label + " has seed " + seed + " twice, in "
                            + other.path()
                            + " and in " + run.path()
                            + (differing.isEmpty()
                                    ? ", which have the same settings: compare one of them"
                                    : ", which differ in " + String.join(", ", differing) + ": add it to --by"));
                }
            }
        }
    }

    private static Set<String> differingKeys(List<RunReading> runs) {
        List<Map<String, String>> specs =
                runs.stream().map(run -> FlatTree.of(run.spec())).toList();
        Set<String> keys = new LinkedHashSet<>();
        specs.forEach(spec -> keys.addAll(spec.keySet()));
        keys.removeIf(key -> Identity.isOpen(key)
                || specs.stream()
                                .map(spec -> spec.getOrDefault(key, ""))
                                .distinct()
                                .count()
                        == 1);
        return keys;
    }

    /** A setting of its runs; several values where they are not the same. */
    String setting(String key) {
        return members.stream()
                .map(run -> FlatTree.of(run.spec()).getOrDefault(key, ""))
                .distinct()
                .collect(Collectors.joining(" "));
    }

    /** The keys of its runs' specs, in order. */
    Set<String> settings() {
        Set<String> keys = new LinkedHashSet<>();
        members.forEach(run -> keys.addAll(FlatTree.of(run.spec()).keySet()));
        return keys;
    }

    /** The lowest seed that all arms have, otherwise this one's lowest; 0 before any. */
    long seedForPictures(List<Arm> arms) {
        TreeSet<Long> common = new TreeSet<>(run.seeds().keySet());
        arms.forEach(arm -> common.retainAll(arm.run().seeds().keySet()));
        return !common.isEmpty()
                ? common.first()
                : run.seeds().isEmpty() ? 0 : run.seeds().firstKey();
    }
}
