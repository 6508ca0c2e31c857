package org.autophage.sink;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;

/** The sinks of a run. None of them can fail the run: a sink's first error is said in a line, and the run goes on. */
public final class Sinks {
    private final List<Sink> sinks;
    private final Progress progress;
    private final Set<Sink> complained = new HashSet<>();

    private Sinks(List<Sink> sinks, Progress progress) {
        this.sinks = List.copyOf(sinks);
        this.progress = progress;
    }

    /**
     * Opens the sinks that a spec asks for.
     *
     * @param run whose experiment.yaml is in place
     * @param progress where a sink that fails is said
     */
    public static Sinks open(SinksSpec spec, RunFolder run, Progress progress) {
        List<Sink> sinks = new ArrayList<>();
        if (spec.tensorboard()) {
            sinks.add(new TensorBoardSink());
        }
        if (spec.mlflow() != null) {
            sinks.add(MlflowSink.open(spec.mlflow(), run, progress));
        }
        if (spec.prometheus() != null) {
            sinks.add(new PrometheusSink(Path.of(spec.prometheus()), run));
        }
        return new Sinks(sinks, progress);
    }

    /** Brings all sinks up to what a seed's folder holds. */
    public void catchUp(SeedFolder seed) {
        sinks.forEach(sink -> guarded(sink, () -> sink.catchUp(seed)));
    }

    /** Ends the session: what is left is logged, within limits of time. */
    public void end(ExitCode outcome) {
        sinks.forEach(sink -> guarded(sink, () -> sink.end(outcome)));
    }

    private void guarded(Sink sink, Runnable action) {
        try {
            action.run();
        } catch (RuntimeException e) {
            if (complained.add(sink)) {
                progress.message("records could not be logged, the run goes on: " + e.getMessage());
            }
        }
    }
}
