package org.autophage.cli;

import java.util.List;
import java.util.Optional;
import org.autophage.cli.SweepPlaces.Hardware;
import org.autophage.sweep.SweepRunner.Result;

/** {@code --on local}: processes of this machine, which end with this one. */
final class LocalSite implements SweepSite {
    static final String NAME = "local";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean sharesGpus() {
        return true;
    }

    @Override
    public Optional<List<Result>> run(SweepWork work) {
        SweepPlaces places = SweepPlaces.of(work.sweep(), work.jobs(), work.perGpu(), Hardware.here());
        CellProcess processes = new CellProcess(work.folder(), places, work.trust(), work.progress());
        return Optional.of(work.shareOut(processes, places::count));
    }
}
