package org.autophage.benchmarks;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Counts what a call has worked on, so that the result is told in images a second too, with its interval. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class Worked {
    /** Images, or rows of features. */
    public long images;
}
