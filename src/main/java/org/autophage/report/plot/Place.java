package org.autophage.report.plot;

import java.util.OptionalDouble;

/**
 * A value at a place of a plot.
 *
 * @param x on the horizontal axis
 * @param y on the vertical axis of a map; of no meaning in a plot of lines
 * @param value what is drawn; NaN where there is nothing yet
 * @param error half-width of its interval, where it has one
 * @param text the value as it is written into the plot
 * @param title what a person reads who points at it
 */
public record Place(double x, double y, double value, OptionalDouble error, String text, String title) {}
