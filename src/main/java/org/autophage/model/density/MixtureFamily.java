package org.autophage.model.density;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.SavedArrays;
import org.autophage.model.density.MixtureSpec.DeadComponents;
import org.autophage.program.Device;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Fits batches of Gaussian mixtures by expectation maximization, from centres that k-means++ spreads over the training
 * points, or from the components of the model before. A replica that has converged rests while others go on, so that what
 * it becomes does not depend on them.
 */
final class MixtureFamily implements ModelFamily {
    private final Device device;
    private final MixtureSpec spec;
    private final PointShape shape;
    private final PointSampling sampling;
    private final Program program;

    MixtureFamily(Device device, MixtureSpec spec, PointShape shape, PointSampling sampling) {
        this.device = device;
        this.spec = spec;
        this.shape = shape;
        this.sampling = sampling;
        MixtureProgram methods = new MixtureProgram(shape, spec.components(), sampling.chunk());
        this.program = new Program(
                device,
                methods.first(),
                methods.spread(),
                methods.assign(),
                methods.expect(),
                methods.maximize(),
                methods.sample(),
                methods.logDensity());
    }

    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Points points = DensityModels.points(training);
        if (points.count() < spec.components()) {
            throw AutophageException.usage(
                    "generation %d has %d points: model.components is %d, and each needs at least one"
                            .formatted(generation, points.count(), spec.components()));
        }
        return Interruptible.until(work.stop(), () -> fitted(points, training, previous, seeds, generation, work));
    }

    private GenerativeModel fitted(
            Points points,
            TrainingSet training,
            @Nullable GenerativeModel previous,
            Seeds seeds,
            int generation,
            Work work) {
        try (Scope fit = device.newScope()) {
            Tensor all = fit.doubles(points.values(), shape.replicas(), points.count(), shape.dimensions());
            Tensor weights = fit.doubles(training.weights().values(points.count()), points.count());
            device.seed(seeds.of(generation, Phase.INITIALIZE, 0));
            MixtureComponents start =
                    previous instanceof MixtureModel model ? model.components() : spread(fit, all, weights);
            return new MixtureModel(
                    program, shape, sampling, device.newScope(), climb(fit, all, weights, start, generation, work));
        }
    }

    /** The components of the points that are nearest to centres which k-means++ chose. */
    private MixtureComponents spread(Scope fit, Tensor points, Tensor weights) {
        try (Scope scope = fit.newScope()) {
            Tensor centres = program.run(scope, "first", points, weights).get(0);
            for (int k = 1; k < spec.components(); k++) {
                centres = program.run(scope, "spread", points, weights, centres).get(0);
            }
            Tensor assigned =
                    program.run(scope, "assign", points, weights, centres).get(0);
            boolean[] all = new boolean[shape.replicas()];
            Arrays.fill(all, true);
            MixtureComponents none = MixtureComponents.zeros(scope, shape, spec.components());
            return maximize(fit, points, assigned, all, none).components();
        }
    }

    /** Raises the likelihood of every replica until it gains little; the last iteration's gain is still taken. */
    private MixtureComponents climb(
            Scope fit, Tensor points, Tensor weights, MixtureComponents start, int generation, Work work) {
        MixtureComponents components = start;
        boolean[] active = new boolean[shape.replicas()];
        Arrays.fill(active, true);
        double[] before = new double[active.length];
        Arrays.fill(before, Double.NEGATIVE_INFINITY);
        try (Progress.Task task = work.progress().begin("fitting", spec.iterations(), "iterations")) {
            for (int iteration = 1; iteration <= spec.iterations() && anyOf(active); iteration++) {
                try (Scope call = fit.newScope()) {
                    List<Tensor> expected = program.run(call, "expect", components.after(points, weights));
                    double[] likelihoods = expected.get(1).toDoubles();
                    Maximum maximum = maximize(fit, points, expected.get(0), active, components);
                    check(likelihoods, maximum.masses(), active, generation);
                    for (int replica = 0; replica < active.length; replica++) {
                        active[replica] &= Math.abs(likelihoods[replica] - before[replica]) >= spec.tolerance();
                    }
                    before = likelihoods;
                    if (components != start) {
                        components.close();
                    }
                    components = maximum.components();
                    task.advanceTo(iteration, "");
                }
            }
        }
        return components;
    }

    private static boolean anyOf(boolean[] flags) {
        for (boolean flag : flags) {
            if (flag) {
                return true;
            }
        }
        return false;
    }

    /** Components, and how much of all points belongs to each, (R, K) row-major. */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere
    private record Maximum(MixtureComponents components, double[] masses) {}

    private Maximum maximize(
            Scope fit, Tensor points, Tensor responsibilities, boolean[] active, MixtureComponents before) {
        double[] moves = new double[active.length];
        Arrays.setAll(moves, replica -> active[replica] ? 1 : 0);
        Tensor moving = fit.doubles(moves, active.length, 1, 1);
        Object[] arguments = before.after(points, responsibilities, moving, spec.regularization());
        List<Tensor> found = program.run(fit, "maximize", arguments);
        try (Tensor masses = found.get(3);
                moving) {
            return new Maximum(new MixtureComponents(found.get(0), found.get(1), found.get(2)), masses.toDoubles());
        }
    }

    private void check(double[] likelihoods, double[] masses, boolean[] active, int generation) {
        for (int i = 0; i < masses.length; i++) {
            int replica = i / spec.components();
            if (!active[replica]) {
                continue;
            }
            if (!Double.isFinite(likelihoods[replica])) {
                throw diverged(
                        "the mixture of generation %d, replica %d, has a log-likelihood of %s: a larger model.regularization may help"
                                .formatted(generation, replica, likelihoods[replica]));
            }
            if (spec.deadComponents() == DeadComponents.FAIL && masses[i] < MixtureProgram.VANISHED) {
                throw diverged(
                        "component %d of the mixture of generation %d, replica %d, has died: no point belongs to it any more; fewer model.components help, or model.deadComponents drop"
                                .formatted(i % spec.components(), generation, replica));
            }
        }
    }

    private static AutophageException diverged(String message) {
        return new AutophageException(ExitCode.DIVERGED, message);
    }

    @Override
    public GenerativeModel load(Path folder) {
        SavedArrays arrays = SavedArrays.read(folder);
        Scope scope = device.newScope();
        MixtureComponents components = new MixtureComponents(
                DensityModels.tensor(arrays.require("logWeights"), scope),
                DensityModels.tensor(arrays.require("means"), scope),
                DensityModels.tensor(arrays.require("factors"), scope));
        return new MixtureModel(program, shape, sampling, scope, components);
    }

    @Override
    public void close() {
        program.close();
    }
}
