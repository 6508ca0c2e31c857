package org.autophage.report.watch;

import java.util.List;
import org.autophage.run.RunProgress;
import org.jspecify.annotations.Nullable;

/**
 * What the list says of a run; equal as long as nothing that it shows has changed.
 *
 * @param id the folder below the one that is watched, with slashes
 * @param name the same to be shown, see {@link org.autophage.base.Printable}
 * @param state how it stands
 * @param outcome the exit code's name where it failed, or what cannot be read; empty otherwise
 * @param loop the kind of loop
 * @param bias the sampling bias λ; null where the spec does not say
 * @param data kinds of dataset and model
 * @param generations that every seed is to come to
 * @param seeds how far each seed is
 * @param endsAt when the run will be done at its pace so far, milliseconds since 1970; null where that is unknown or over
 * @param work the piece of work at hand, while it runs
 * @param device that the models are trained on; empty where unknown
 * @param host the machine; empty where unknown
 * @param changed when its files changed last, milliseconds since 1970
 * @param report whether there is a report.html
 */
record RunSummary(
        String id,
        String name,
        State state,
        String outcome,
        String loop,
        @Nullable Double bias,
        String data,
        int generations,
        List<Seed> seeds,
        @Nullable Long endsAt,
        @Nullable RunProgress work,
        String device,
        String host,
        long changed,
        boolean report) {
    /** How a run stands. */
    enum State {
        RUNNING,
        FINISHED,
        /** Ended by its stop rule in some seed. */
        STOPPED,
        FAILED,
        /** Asked to end, or killed; can be resumed. */
        INTERRUPTED,
        /** Its files are not those of a run. */
        UNREADABLE
    }

    /**
     * How far a seed is.
     *
     * @param begun tells its records from those of a run that was begun anew in its place; empty before the first
     * @param generation the last one that has finished
     * @param firstGrid the first generation with a picture; 0 where there is none
     * @param newestGrid the last one
     * @param shownAs the name of its file; empty where there is none
     * @param stopped why the stop rule ended it; empty where it did not
     * @param warnings of the early warning, as sentences
     */
    record Seed(
            long seed,
            String begun,
            int generation,
            int firstGrid,
            int newestGrid,
            String shownAs,
            String stopped,
            List<String> warnings) {}
}
