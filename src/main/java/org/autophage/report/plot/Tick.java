package org.autophage.report.plot;

import java.util.ArrayList;
import java.util.List;

/**
 * A mark of an axis.
 *
 * @param at length from the left or the top
 * @param text what stands beside it
 */
public record Tick(String at, String text) {
    /**
     * A mark a value of an axis, but for those that would stand on the one before.
     *
     * @param room that a number needs along the axis
     */
    static List<Tick> of(PlotAxis axis, double[] pixels, double room) {
        List<Tick> ticks = new ArrayList<>();
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < pixels.length; i++) {
            if (Math.abs(pixels[i] - before) >= room) {
                ticks.add(new Tick(
                        Frame.pixels(pixels[i]), PlotAxis.text(axis.values().get(i))));
                before = pixels[i];
            }
        }
        return ticks;
    }
}
