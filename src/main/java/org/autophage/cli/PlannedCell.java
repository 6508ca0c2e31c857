package org.autophage.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.autophage.base.FolderLock;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.SweepCell;
import org.autophage.sweep.SweepSpec;

/**
 * One cell of a plan, for a process that runs it and no other.
 *
 * @param cell the cell
 * @param sweep the folder of the whole sweep, which exists
 */
record PlannedCell(SweepCell cell, SweepFolder sweep) {
    /**
     * Finds a cell. The plan of a folder is what the sweep there was begun with; a spec is written to its sweep's folder, for
     * reports and for `autophage resume`.
     *
     * @param plan a spec with a section sweep, or a sweep's folder
     * @param index which cell, counted from 0
     */
    static PlannedCell find(String plan, int index, List<String> overrides, RunsOption runs) {
        Optional<SweepFolder> begun = runs.findSweep(plan);
        if (begun.isPresent()) {
            SweepSpec sweep = SweepSpec.read(begun.get().sweep(), overrides);
            return new PlannedCell(sweep.cell(index), begun.get());
        }
        SweepSpec sweep = SweepSpec.read(Path.of(plan), overrides);
        SweepCell cell = sweep.cell(index);
        SweepFolder folder = runs.namedSweep(sweep.name());
        FolderLock lock = folder.begin(sweep.toYaml());
        if (lock != null) {
            lock.close(); // the processes of other cells begin here too
        }
        return new PlannedCell(cell, folder);
    }
}
