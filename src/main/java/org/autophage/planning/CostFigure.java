package org.autophage.planning;

/**
 * A duration, and how it is known.
 *
 * @param seconds of a step, a fit or a sample
 * @param basis "measured", or what it is extrapolated from
 */
record CostFigure(double seconds, String basis) {
    static final String MEASURED = "measured";
}
