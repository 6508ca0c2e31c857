package org.autophage.report.records;

import java.util.List;

/**
 * What the intervals of a page are over, and how they were computed.
 *
 * @param seeds whether some run has several training seeds without replicas
 * @param replicas whether some run has replicas
 * @param method of intervals over seeds
 */
public record IntervalBasis(boolean seeds, boolean replicas, IntervalMethod method) {
    public static IntervalBasis of(List<Trajectories> runs) {
        boolean seeds = false;
        boolean replicas = false;
        for (Trajectories run : runs) {
            long begun = run.run().seeds().values().stream()
                    .filter(records -> !records.isEmpty())
                    .count();
            replicas |= run.replicas() > 1;
            seeds |= run.replicas() == 1 && begun > 1;
        }
        IntervalMethod method =
                runs.stream().map(Trajectories::intervals).findFirst().orElse(IntervalMethod.T);
        return new IntervalBasis(seeds, replicas, method);
    }

    /** Whether there is anything to compute intervals from. */
    public boolean isThere() {
        return seeds || replicas;
    }

    /** "seeds", "replicas", or both, as a sentence has them. */
    public String over() {
        return seeds && replicas ? "seeds or replicas" : replicas ? "replicas" : "seeds";
    }

    /** "95% Student t interval over seeds". */
    public String inWords() {
        return "95% " + method.label() + " over " + over();
    }

    /** Whether seeds were drawn again. */
    public boolean isBootstrap() {
        return method == IntervalMethod.BOOTSTRAP;
    }
}
