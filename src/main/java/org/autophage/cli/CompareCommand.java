package org.autophage.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.collapse.Definition;
import org.autophage.collapse.Thresholds;
import org.autophage.report.compare.Comparison;
import org.autophage.report.compare.ComparisonRequest;
import org.autophage.report.paper.TableFormat;
import org.autophage.report.records.IntervalMethod;
import org.autophage.run.SweepFolder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage compare RUN...}. */
@Command(
        name = "compare",
        description = {
            "Writes a page with several loops side by side, and prints the verdict on each.",
            "A sweep's folder stands for all of its cells."
        },
        mixinStandardHelpOptions = true)
final class CompareCommand implements Callable<Integer> {
    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders of runs or sweeps, or their names below --runs.")
    private List<String> names;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description =
                    "Where to write the page (default: comparison.html in the sweep's folder, or beside the first run;"
                            + " none with --table and --json).")
    private @Nullable Path out;

    @Option(
            names = "--by",
            split = ",",
            paramLabel = "KEY",
            description = "Groups runs by keys of their spec, such as loop.kind,sampling.bias; the seeds of a group are"
                    + " averaged over. Without it every run is one loop, and a sweep's cells are grouped by its keys but the"
                    + " seeds.")
    private List<String> by = List.of();

    @Option(
            names = "--interval",
            paramLabel = "METHOD",
            description = "95%% intervals over seeds: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}).")
    private IntervalMethod interval = IntervalMethod.T;

    @Option(
            names = "--threshold",
            split = ",",
            paramLabel = "NAME=VALUE",
            description =
                    "From where on a loop is collapsed, against its generation 1: diversity=0.5, spread=0.5, tails=0.5"
                            + " or entropy=0.5 of what it had, distance=2 times as far, modes=1 more lost, hallucination=0.1 of the"
                            + " samples more.")
    private Map<String, Double> thresholds = new LinkedHashMap<>();

    @Option(
            names = "--grids",
            split = ",",
            paramLabel = "GENERATION",
            description = "Whose samples to show (default: the first and the last that all loops have).")
    private List<Integer> grids = List.of();

    @Mixin
    private TableOptions table;

    @ArgGroup
    private @Nullable Output output;

    @Mixin
    private RunsOption runs;

    @Spec
    private CommandSpec spec;

    /** What goes to standard output in place of the verdicts. */
    static final class Output {
        @Option(
                names = "--table",
                paramLabel = "FORMAT",
                description = "Prints a table for a paper: ${COMPLETION-CANDIDATES}.")
        private @Nullable TableFormat table;

        @Option(names = "--json", description = "Prints verdicts, values and differences as one JSON object.")
        private boolean json;
    }

    @Override
    public Integer call() {
        List<Path> folders = names.stream().map(this::folder).toList();
        Comparison comparison = Comparison.of(
                new ComparisonRequest(folders, by, interval, thresholds(), new TreeSet<>(grids), table.request()));
        String text = text(comparison); // what cannot be printed leaves no page
        PrintWriter standard = spec.commandLine().getOut();
        Path page = page(folders);
        if (page != null) {
            comparison.writePage(page);
        }
        table.writeFigures(comparison::figures, spec.commandLine().getErr());
        standard.print(text);
        if (page != null) {
            (output == null ? standard : spec.commandLine().getErr())
                    .println(Printable.of(output == null ? page.toString() : "page: " + page));
        }
        standard.flush();
        return ExitCode.DONE.code();
    }

    /** Where the page goes: beside what it is about, unless somebody said; null where only a table was asked for. */
    private @Nullable Path page(List<Path> folders) {
        if (out != null || output != null) {
            return out;
        }
        SweepFolder first = new SweepFolder(folders.get(0));
        return folders.size() == 1 && first.exists()
                ? first.comparison()
                : first.root().resolveSibling(first.comparison().getFileName());
    }

    private String text(Comparison comparison) {
        if (output == null) {
            return comparison.verdictText();
        }
        return output.table == null ? comparison.json() + System.lineSeparator() : comparison.table(output.table);
    }

    private Path folder(String name) {
        return runs.findSweep(name).map(SweepFolder::root).orElseGet(() -> runs.find(name)
                .root());
    }

    private Thresholds thresholds() {
        Thresholds all = Thresholds.DEFAULTS;
        for (Map.Entry<String, Double> given : thresholds.entrySet()) {
            Definition definition = definition(given.getKey());
            Thresholds.check("--threshold " + given.getKey(), definition, given.getValue());
            all = all.with(definition, given.getValue());
        }
        return all;
    }

    private static Definition definition(String name) {
        for (Definition definition : Definition.values()) {
            if (definition.specName().equals(name)) {
                return definition;
            }
        }
        throw AutophageException.usage("--threshold %s: must be one of %s"
                .formatted(
                        name,
                        Arrays.stream(Definition.values())
                                .map(Definition::specName)
                                .collect(Collectors.joining(", "))));
    }
}
