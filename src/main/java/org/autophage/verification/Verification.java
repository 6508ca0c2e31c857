package org.autophage.verification;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.program.Device;

/**
 * Lets the tool prove itself: runs loops whose answer is known through the loop controller, data mixes, sample pool and
 * engine that image experiments use, and compares.
 */
public final class Verification {
    private static final List<Row> ROWS = Stream.of(
                    ReplaceRows.all(),
                    AccumulateRows.all(),
                    FreshDataRows.all(),
                    DriftRows.all(),
                    SelectionRows.all(),
                    DiscriminatorRows.all(),
                    CorrectionRows.all(),
                    RemedyRows.all(),
                    SetSelectionRows.all(),
                    MarkRows.all(),
                    CurriculumRows.all(),
                    ExtrapolationRows.all(),
                    EnsembleRows.all(),
                    FitRows.all(),
                    TokenRows.all(),
                    BigramRows.all())
            .flatMap(List::stream)
            .toList();

    private Verification() {}

    /**
     * Runs the whole table.
     *
     * @param runs where loops of networks, which can be gone on with, have their run folders
     * @return a check a figure, in the table's order
     * @throws org.autophage.base.AutophageException with INTERRUPTED when stopped
     */
    public static List<Check> run(Device device, Effort effort, Path runs, Progress progress, StopSignal stop) {
        return run(device, effort, runs, progress, stop, row -> true);
    }

    /** The same of the rows whose names pass. */
    static List<Check> run(
            Device device, Effort effort, Path runs, Progress progress, StopSignal stop, Predicate<String> asked) {
        GaussianLoops loops = new GaussianLoops(device, stop);
        List<Check> checks = new ArrayList<>();
        List<Row> rows = new ArrayList<>(ROWS);
        if (effort == Effort.FULL) {
            rows.add(new AutoencoderRow(device, runs, progress, stop).row());
        }
        rows.removeIf(row -> !asked.test(row.name()));
        for (Row row : rows) {
            progress.message(row.name());
            checks.addAll(row.work().run(loops, effort));
        }
        return checks;
    }
}
