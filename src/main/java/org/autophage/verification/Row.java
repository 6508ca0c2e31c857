package org.autophage.verification;

import java.util.List;

/**
 * A row of the table: a loop with a known answer.
 *
 * @param name what loop it is, under which fit
 * @param work runs it and compares
 */
record Row(String name, Work work) {
    @FunctionalInterface
    interface Work {
        List<Check> run(GaussianLoops loops, Effort effort);
    }
}
