package org.autophage.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToDoubleFunction;
import java.util.function.UnaryOperator;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.data.Dataset;
import org.autophage.data.DatasetSpec;
import org.autophage.data.Density;
import org.autophage.data.SampleLabels;
import org.autophage.data.SampleShape;
import org.autophage.data.TokenTable;
import org.autophage.loop.Expectation;
import org.autophage.loop.GenerationObserver;
import org.autophage.loop.LoopController;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.MemoryLog;
import org.autophage.loop.Stages;
import org.autophage.measure.Measures;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;

/** Runs loops of models that count tokens, in memory, all replicas as one batch. */
final class TokenLoops {
    private final Device device;
    private final StopSignal stop;

    /** Every loop has its own, so that no two figures share tokens. */
    private long seed = 74_000;

    TokenLoops(Device device, StopSignal stop) {
        this.device = device;
        this.stop = stop;
    }

    /**
     * What is learnt in some generations.
     *
     * @param tables of all replicas, by generation
     */
    record Learnt(Map<Integer, TokenTable> tables) {
        /**
         * The mean over replicas of a figure of one row.
         *
         * @param generation t, counted from 1
         */
        Outcome.Estimate of(int generation, int row, ToDoubleFunction<double[]> figure) {
            TokenTable table = table(generation);
            double[] figures = new double[table.replicas()];
            for (int replica = 0; replica < figures.length; replica++) {
                int from = table.start(replica, row);
                figures[replica] =
                        figure.applyAsDouble(Arrays.copyOfRange(table.probabilities(), from, from + table.size()));
            }
            return Outcome.mean(figures);
        }

        /** What was learnt in a generation that was asked for. */
        TokenTable table(int generation) {
            TokenTable table = tables.get(generation);
            if (table == null) {
                throw new IllegalStateException("generation " + generation + " was not asked for");
            }
            return table;
        }

        /** The same of a law of one row. */
        Outcome.Estimate of(int generation, ToDoubleFunction<double[]> figure) {
            return of(generation, 0, figure);
        }
    }

    /**
     * Runs a loop to its last generation.
     *
     * @param bias λ, the temperature
     * @param generations whose tables are wanted
     */
    Learnt run(DatasetSpec data, ModelSpec model, LoopSpec loop, double bias, int... generations) {
        Dataset dataset = data.open();
        SampleShape shape = dataset.shape(SampleLabels.BALANCED);
        LoopPlan plan = new LoopPlan(loop, bias, 0, 1, SampleLabels.BALANCED, shape.kind());
        Map<Integer, TokenTable> tables = new TreeMap<>();
        List<Integer> wanted =
                new ArrayList<>(Arrays.stream(generations).boxed().toList());
        try (ModelFamily family = model.family(device, shape, SamplingSpec.DEFAULTS)) {
            LoopController controller = new LoopController(
                    plan,
                    dataset,
                    family,
                    UnaryOperator.identity(),
                    Stages.NONE,
                    generation -> {
                        if (wanted.contains(generation.number())) {
                            generation
                                    .density()
                                    .flatMap(Density::table)
                                    .ifPresent(table -> tables.put(generation.number(), table));
                        }
                        return Measures.NONE;
                    },
                    Expectation.NOTHING);
            controller.run(new MemoryLog(seed++), Progress.SILENT, stop, GenerationObserver.NOBODY);
        }
        return new Learnt(tables);
    }
}
