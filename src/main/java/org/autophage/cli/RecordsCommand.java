package org.autophage.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.experiment.SoftwareVersion;
import org.autophage.report.records.RecordColumns;
import org.autophage.report.records.RunLabels;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.SweepKey;
import org.autophage.report.records.SweepRuns;
import org.autophage.run.SweepFolder;
import org.autophage.table.CsvTable;
import org.autophage.table.ParquetTable;
import org.autophage.table.TableColumn;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage records RUN...}. */
@Command(
        name = "records",
        description = {
            "Gives all records of runs as one table, CSV or Parquet: a row a generation, a column a number.",
            "A sweep's folder stands for all of its cells, whose keys are columns."
        },
        mixinStandardHelpOptions = true)
final class RecordsCommand implements Callable<Integer> {
    private static final String CSV = ".csv";
    private static final String PARQUET = ".parquet";

    @Parameters(
            arity = "1..*",
            paramLabel = "RUN",
            description = "Folders of runs or sweeps, or their names below --runs.")
    private List<String> names;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Where to write: a name that ends with .csv or .parquet (default: CSV to standard output).")
    private @Nullable Path out;

    @Mixin
    private RunsOption runs;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        String lower = out == null ? CSV : out.toString().toLowerCase(Locale.ROOT);
        if (!lower.endsWith(CSV) && !lower.endsWith(PARQUET)) {
            throw AutophageException.usage("--out %s: must end with .csv or .parquet".formatted(out));
        }
        List<TableColumn> table = table();
        PrintWriter standard = spec.commandLine().getOut();
        if (out == null) {
            standard.print(CsvTable.of(table));
        } else if (lower.endsWith(CSV)) {
            AtomicFiles.writeText(out, CsvTable.of(table));
        } else {
            byte[] bytes = ParquetTable.of(table, "autophage version " + SoftwareVersion.current());
            AtomicFiles.write(out, temporary -> Files.write(temporary, bytes));
        }
        if (out != null) {
            standard.println(Printable.of("%s: %d records of %d columns"
                    .formatted(out, table.get(0).values().size(), table.size())));
        }
        standard.flush();
        return ExitCode.DONE.code();
    }

    private List<TableColumn> table() {
        List<RunReading> readings = new ArrayList<>();
        Map<String, SweepKey> keys = new LinkedHashMap<>();
        for (String name : names) {
            Optional<SweepFolder> sweep = runs.findSweep(name);
            if (sweep.isEmpty()) {
                readings.add(RunReading.read(runs.find(name).root()));
                continue;
            }
            SweepRuns cells = SweepRuns.read(sweep.get().root()).requireWhole();
            cells.keys().forEach(key -> keys.putIfAbsent(key.key(), key));
            cells.cells().forEach(cell -> readings.add(cell.run().run()));
        }
        List<String> labels =
                RunLabels.of(readings.stream().map(RunReading::path).toList());
        List<TableColumn> table = RecordColumns.of(readings, labels, List.copyOf(keys.values()));
        if (table.isEmpty()) {
            throw AutophageException.usage("%s: no generation is finished yet, so that there are no records"
                    .formatted(String.join(", ", names)));
        }
        return table;
    }
}
