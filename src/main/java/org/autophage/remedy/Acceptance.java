package org.autophage.remedy;

import java.util.SplittableRandom;
import org.autophage.data.Samples;

/** A rule that takes a candidate or does not, whatever comes after it. */
@FunctionalInterface
interface Acceptance {
    /** Looks at candidates; they follow those that it looked at before. */
    Answers of(Samples candidates);

    /** What it says of them. Asked in the order of positions, and of none twice. */
    @FunctionalInterface
    interface Answers {
        /**
         * Whether a candidate is taken; it then is.
         *
         * @param replica of points; 0 of images
         */
        boolean accepts(int replica, int position);
    }

    /**
     * Takes candidates with probabilities. A candidate's fate does not depend on how many others are drawn with it.
     *
     * @param probabilities in [0, 1]
     * @param selection whose chances they are taken by
     */
    static Acceptance withProbability(SampleScores probabilities, Selection selection) {
        SplittableRandom[][] chances = new SplittableRandom[1][];
        return candidates -> {
            int count = candidates.count();
            double[] probability = selection.finite(probabilities.of(candidates), count, "probability");
            if (chances[0] == null) {
                chances[0] = selection.chances(candidates.replicas());
            }
            for (int i = 0; i < probability.length; i++) {
                boolean accepted = chances[0][i / count].nextDouble() < probability[i];
                probability[i] = accepted ? 1 : 0;
            }
            return (replica, position) -> probability[replica * count + position] > 0;
        };
    }
}
