package org.autophage.report.paper;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeSet;
import org.autophage.measure.Metric;
import org.autophage.report.plot.Drawing;
import org.autophage.report.plot.FigureDrawing;
import org.autophage.report.plot.FigureDrawing.Interval;
import org.autophage.report.plot.Frame;
import org.autophage.report.plot.LinePlot;
import org.autophage.report.plot.Place;
import org.autophage.report.plot.PlotAxis;
import org.autophage.report.records.Estimate;
import org.autophage.report.records.ExpectedBasis;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;

/** Metrics over the generations as figures of a paper, a line a loop with the band of its interval. */
public final class CurveFigures {
    private CurveFigures() {}

    /**
     * A figure a metric that has been measured.
     *
     * @param labels one a loop; of no meaning where there is one loop
     * @return drawings by names for their files: the metrics' keys
     */
    public static Map<String, Drawing> of(List<Trajectories> loops, List<String> labels, TableRequest request) {
        TreeSet<Integer> generations = new TreeSet<>();
        loops.forEach(loop ->
                loop.run().records().stream().map(GenerationRecord::generation).forEach(generations::add));
        Map<String, Drawing> figures = new LinkedHashMap<>();
        for (Metric metric : request.curves(Trajectories.metricsOf(loops))) {
            figures.put(metric.key(), figure(metric, loops, labels, generations));
        }
        return figures;
    }

    private static Drawing figure(
            Metric metric, List<Trajectories> loops, List<String> labels, TreeSet<Integer> generations) {
        List<LinePlot.Values> lines = new ArrayList<>();
        List<LinePlot.Values> closedForms = new ArrayList<>();
        List<Integer> closedFormsOf = new ArrayList<>();
        for (int i = 0; i < loops.size(); i++) {
            Trajectories loop = loops.get(i);
            List<Place> places = generations.stream()
                    .map(generation -> place(generation, loop.estimate(metric.key(), generation)))
                    .toList();
            lines.add(new LinePlot.Values(labels.get(i), places));
            SortedMap<Integer, Double> expected = loop.expected(metric.key());
            if (!expected.isEmpty()) {
                closedForms.add(new LinePlot.Values(
                        "",
                        expected.entrySet().stream()
                                .map(each -> place(each.getKey(), Estimate.alone(each.getValue(), 1)))
                                .toList()));
                closedFormsOf.add(i);
            }
        }
        lines.addAll(closedForms);
        // Generations are counted: an axis of ratios would say something else.
        PlotAxis axis = new PlotAxis(
                "Generation", generations.stream().map(Integer::doubleValue).toList(), false);
        LinePlot plot = LinePlot.of(Frame.COLUMN, axis, metric.label(), lines, OptionalDouble.empty());
        IntervalBasis intervals = IntervalBasis.of(loops);
        String caption = metric.label() + " by generation: mean"
                + (intervals.isThere() ? " with the " + intervals.inWords() + " as a band." : " of one seed each.")
                + (closedForms.isEmpty()
                        ? ""
                        : " Thin and dashed: " + ExpectedBasis.of(loops).inWords() + ".");
        return FigureDrawing.of(plot, Interval.BAND, closedFormsOf, metric.label() + " by generation", caption);
    }

    private static Place place(int generation, Estimate estimate) {
        return new Place(
                generation,
                0,
                estimate.isPresent() ? estimate.mean() : Double.NaN,
                estimate.hasInterval() ? OptionalDouble.of(estimate.halfWidth()) : OptionalDouble.empty(),
                "",
                "");
    }
}
