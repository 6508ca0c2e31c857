package org.autophage.verification;

import java.util.ArrayList;
import java.util.List;
import org.autophage.base.Progress;
import org.autophage.base.StopSignal;
import org.autophage.data.PointShape;
import org.autophage.data.points.PointDataset;
import org.autophage.data.points.PointDistribution;
import org.autophage.data.points.PointsSpec;
import org.autophage.loop.Expectation;
import org.autophage.loop.GenerationObserver;
import org.autophage.loop.LoopController;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.MemoryLog;
import org.autophage.metrics.suite.PointMetrics;
import org.autophage.model.ModelFamily;
import org.autophage.model.SamplingSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.program.Device;
import org.autophage.run.GenerationRecord;

/** Runs loops of Gaussians in memory, all replicas of a seed as one batch. */
final class GaussianLoops {
    private final Device device;
    private final StopSignal stop;

    /** Every batch has its own, so that no two figures share points. */
    private long seed = 20_260;

    GaussianLoops(Device device, StopSignal stop) {
        this.device = device;
        this.stop = stop;
    }

    /**
     * What is run.
     *
     * @param loop which data each generation is fitted to
     * @param dimensions d
     * @param estimator of the covariance
     * @param bias λ
     * @param replicas of one batch, which share the draws of points but not the points
     * @param seeds batches, whose draws differ too
     */
    record Setting(LoopSpec loop, int dimensions, Estimator estimator, double bias, int replicas, int seeds) {
        /** One batch, for loops that draw everything there is. */
        Setting(LoopSpec loop, int dimensions, Estimator estimator, double bias, int replicas) {
            this(loop, dimensions, estimator, bias, replicas, 1);
        }
    }

    /** Runs all batches of a setting to its last generation. */
    Outcome run(Setting setting) {
        PointsSpec spec = new PointsSpec(PointDistribution.GAUSSIAN, setting.dimensions(), setting.replicas(), 1, 0);
        PointDataset dataset = spec.open();
        int chunk = Math.max(1, setting.loop().synthetic());
        SamplingSpec sampling = new SamplingSpec(setting.bias(), null, null, chunk);
        PointShape shape = new PointShape(setting.replicas(), setting.dimensions());
        List<List<GenerationRecord>> batches = new ArrayList<>();
        try (ModelFamily family = new GaussianSpec(setting.estimator()).family(device, shape, sampling);
                PointMetrics metrics = PointMetrics.open(dataset, device)) {
            LoopController controller = new LoopController(
                    new LoopPlan(setting.loop(), setting.bias(), 0), dataset, family, metrics, Expectation.NOTHING);
            for (int i = 0; i < setting.seeds(); i++) {
                MemoryLog log = new MemoryLog(seed++);
                controller.run(log, Progress.SILENT, stop, GenerationObserver.NOBODY);
                batches.add(log.records());
            }
        }
        return new Outcome(batches);
    }
}
