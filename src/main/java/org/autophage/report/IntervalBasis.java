package org.autophage.report;

import java.util.List;

/**
 * What the intervals of a page are over.
 *
 * @param seeds whether some run has several training seeds without replicas
 * @param replicas whether some run has replicas
 */
public record IntervalBasis(boolean seeds, boolean replicas) {
    static IntervalBasis of(List<Trajectories> runs) {
        boolean seeds = false;
        boolean replicas = false;
        for (Trajectories run : runs) {
            long begun = run.run().seeds().values().stream()
                    .filter(records -> !records.isEmpty())
                    .count();
            replicas |= run.replicas() > 1;
            seeds |= run.replicas() == 1 && begun > 1;
        }
        return new IntervalBasis(seeds, replicas);
    }

    /** Whether there is anything to compute intervals from. */
    public boolean isThere() {
        return seeds || replicas;
    }

    /** "seeds", "replicas", or both, as a sentence has them. */
    public String over() {
        return seeds && replicas ? "seeds or replicas" : replicas ? "replicas" : "seeds";
    }
}
