package org.autophage.sink;

import java.lang.reflect.RecordComponent;
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
        for (RecordComponent key : SinksSpec.class.getRecordComponents()) {
            Object value = SinksSpec.value(spec, key);
            if (value != null && !Boolean.FALSE.equals(value)) {
                sinks.add(opener(key).open(value, run, progress));
            }
        }
        return new Sinks(sinks, progress);
    }

    /** Of the key's own type, which the compiler cannot know. */
    @SuppressWarnings("unchecked")
    private static Opener<Object> opener(RecordComponent key) {
        try {
            return (Opener<Object>) key.getAnnotation(Opener.Of.class)
                    .value()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("sinks." + key.getName() + " has no opener", e);
        }
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
