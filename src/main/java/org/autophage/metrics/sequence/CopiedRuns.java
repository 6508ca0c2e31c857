package org.autophage.metrics.sequence;

import java.util.OptionalDouble;
import org.autophage.data.Tokens;

/**
 * How much of sequences stands word for word in others, exactly.
 *
 * @param longest mean over the sequences of the tokens of the longest run that is of some training sequence too
 * @param share of the runs of {@link #RUN} tokens that are; empty where no sequence is that long
 */
public record CopiedRuns(double longest, OptionalDouble share) {
    /** Tokens of a run that is looked for. */
    public static final int RUN = 8;

    /**
     * Looks for the samples' runs.
     *
     * @param samples of one replica, at least one
     * @param training of one replica
     */
    public static CopiedRuns of(Tokens samples, Tokens training) {
        int[] runs = new Substrings(samples).sharedWith(training);
        long sum = 0;
        long all = 0;
        long copied = 0;
        for (int i = 0; i < samples.count(); i++) {
            int start = samples.starts()[i];
            int most = 0;
            for (int at = start; at < samples.starts()[i + 1]; at++) {
                most = Math.max(most, runs[at]);
                if (at - start >= RUN - 1) {
                    all++;
                    copied += runs[at] >= RUN ? 1 : 0;
                }
            }
            sum += most;
        }
        return new CopiedRuns(
                (double) sum / samples.count(),
                all == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) copied / all));
    }
}
