package org.autophage.sweep;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.Work;
import org.autophage.experiment.ExperimentRunner;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.SweepFolder;
import org.autophage.spec.SpecBinder;
import org.autophage.spec.SpecDefaults;
import org.autophage.spec.SpecOverride;
import org.autophage.spec.SpecSource;
import org.autophage.spec.Yaml;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A spec with a section {@code sweep}: one experiment a combination of its values, the values of the last key changing
 * fastest.
 *
 * @param name of the sweep and of its folder
 * @param cells the experiments
 * @param tree what was written, with the overrides of the command line
 */
public record SweepSpec(String name, List<SweepCell> cells, ObjectNode tree) {
    /** More are a slip of the keyboard. */
    static final int MOST_CELLS = 10_000;

    public SweepSpec {
        cells = List.copyOf(cells);
    }

    /** Whether a spec file has a section {@code sweep}. */
    public static boolean isIn(Path file) {
        return Yaml.readMapping(file).hasNonNull(ExperimentSpec.SWEEP);
    }

    /**
     * Reads a sweep; every cell's spec is read and checked.
     *
     * @param file YAML; see {@code experiments/schema.json}
     * @param overrides each {@code key.path=value}; {@code sweep.KEY=[...]} overrides the values of a key
     * @throws AutophageException with USAGE if the file is missing, or says something that is not possible in any cell
     */
    public static SweepSpec read(Path file, List<String> overrides) {
        SpecSource source = SpecSource.read(ExperimentSpec.class, file, overrides);
        JsonNode section = source.tree().path(ExperimentSpec.SWEEP);
        if (section.isMissingNode() || section.isNull()) {
            throw AutophageException.usage(
                    file + " has no section sweep: `autophage run` runs it, or write one: sweep: {KEY: [VALUE, ...]}");
        }
        List<SweepAxis> axes = SweepAxis.parse(section, file.toString());
        refuseFixed(source, axes);
        ObjectNode base = source.tree().deepCopy();
        base.remove(ExperimentSpec.SWEEP);
        String name = base.path(SpecSource.NAME).asString("");
        List<SweepCell> cells = new ArrayList<>();
        for (List<SpecOverride> changes : combinations(axes, file)) {
            cells.add(cell(source, base, changes));
        }
        return new SweepSpec(name, cells, written(base, axes));
    }

    /**
     * A cell by its number, counted from 0.
     *
     * @throws AutophageException with USAGE if there is none of this number
     */
    public SweepCell cell(int index) {
        if (index < 0 || index >= cells.size()) {
            throw AutophageException.usage(
                    "index is %d: sweep %s has cells 0 to %d".formatted(index, name, cells.size() - 1));
        }
        return cells.get(index);
    }

    /**
     * Checks every cell, before any of them starts.
     *
     * @param work told where opening a dataset takes long
     * @throws AutophageException with USAGE if some cell cannot run or its folder holds another experiment
     */
    public void check(SweepFolder folder, Work work) {
        for (SweepCell cell : cells) {
            ExperimentRunner.recordedSpec(cell.spec(), folder.cell(cell.name()));
            cell.open(work);
        }
    }

    /** Whether the sweep goes over a key, dotted. */
    public boolean isOver(String key) {
        return tree.path(ExperimentSpec.SWEEP).has(key);
    }

    /** The same with every cell on a device; what was written stays. */
    public SweepSpec on(String device) {
        return new SweepSpec(
                name,
                cells.stream()
                        .map(cell -> new SweepCell(cell.name(), cell.spec().with("device", device)))
                        .toList(),
                tree);
    }

    /** What was asked for as YAML; reading it gives the same cells. */
    public String toYaml() {
        return Yaml.write(tree);
    }

    private static void refuseFixed(SpecSource source, List<SweepAxis> axes) {
        for (SpecOverride change : source.overrides()) {
            for (SweepAxis axis : axes) {
                if (axis.keys().stream().anyMatch(change.key()::startsWith)) {
                    throw AutophageException.usage(
                            "override %s: %s has a sweep over %s; override its values with %s.%s='[...]'"
                                    .formatted(change, source.file(), axis.key(), ExperimentSpec.SWEEP, axis.key()));
                }
            }
        }
    }

    private static List<List<SpecOverride>> combinations(List<SweepAxis> axes, Path file) {
        long count = axes.stream().mapToLong(axis -> axis.values().size()).reduce(1, Math::multiplyExact);
        if (count > MOST_CELLS) {
            throw AutophageException.usage("%s: %s has %d combinations of values: must be at most %d"
                    .formatted(file, ExperimentSpec.SWEEP, count, MOST_CELLS));
        }
        List<List<SpecOverride>> combinations = List.of(List.of());
        for (SweepAxis axis : axes) {
            List<List<SpecOverride>> longer = new ArrayList<>();
            for (List<SpecOverride> shorter : combinations) {
                for (JsonNode value : axis.values()) {
                    List<SpecOverride> one = new ArrayList<>(shorter);
                    one.addAll(axis.changes(value));
                    longer.add(one);
                }
            }
            combinations = longer;
        }
        return combinations;
    }

    private static SweepCell cell(SpecSource source, ObjectNode base, List<SpecOverride> changes) {
        String cell = SpecOverride.inName(changes);
        ObjectNode tree = base.deepCopy();
        changes.forEach(change -> change.key().set(tree, change.value()));
        tree.put(SpecSource.NAME, base.path(SpecSource.NAME).asString("") + "," + cell);
        ObjectNode complete = SpecDefaults.complete(ExperimentSpec.class, tree);
        ExperimentSpec spec = SpecBinder.bind(ExperimentSpec.class, complete, key -> {
            boolean swept =
                    changes.stream().anyMatch(change -> change.key().startsWith(key) || key.startsWith(change.key()));
            return swept ? source.file() + ", cell " + cell : source.nameOf(key);
        });
        return new SweepCell(cell, spec);
    }

    /** The tree with the sweep's keys dotted, and the sweep last. */
    private static ObjectNode written(ObjectNode base, List<SweepAxis> axes) {
        ObjectNode tree = base.deepCopy();
        ObjectNode section = tree.putObject(ExperimentSpec.SWEEP);
        for (SweepAxis axis : axes) {
            ArrayNode values = section.putArray(axis.key().toString());
            axis.values().forEach(values::add);
        }
        return tree;
    }
}
