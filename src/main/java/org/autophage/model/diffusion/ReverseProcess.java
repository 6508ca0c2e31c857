package org.autophage.model.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The way of some images from noise through falling noise levels. */
final class ReverseProcess {
    private final Methods methods;
    private final Sampler sampler;
    private final Tensor flat;
    private final Tensor labels;
    private final double guidance;
    private final double[] levels;

    /** The methods of a program that draws. */
    @FunctionalInterface
    interface Methods {
        /** Runs one, as {@link org.autophage.program.Program#run} does. */
        List<Tensor> run(Scope call, String method, Object... arguments);
    }

    /**
     * @param levels falling; the last may be 0
     * @param flat parameters
     * @param labels the classes asked for, int64 (N)
     * @param guidance w, 0 for none
     */
    ReverseProcess(Methods methods, Sampler sampler, double[] levels, Tensor flat, Tensor labels, double guidance) {
        this.methods = methods;
        this.sampler = sampler;
        this.flat = flat;
        this.labels = labels;
        this.guidance = guidance;
        this.levels = levels;
    }

    /**
     * Draws noise and takes all steps.
     *
     * @param call owns the result
     * @param template of the images' shape, (N, C, H, W)
     */
    Tensor solve(Scope call, Tensor template) {
        return solveFrom(call, methods.run(call, "latents", template, levels[0]).get(0));
    }

    /** Takes all steps from images at the first noise level, which are freed. */
    Tensor solveFrom(Scope call, Tensor noise) {
        Tensor x = noise;
        Tensor told = null;
        for (int i = 0; i + 1 < levels.length; i++) {
            List<Tensor> results = sampler.step(this, call, i, x, told);
            x.close();
            if (told != null) {
                told.close();
            }
            x = results.get(0);
            told = results.size() > 1 ? results.get(1) : null;
        }
        return x;
    }

    /** The noise level σ_i; the last may be 0. */
    double level(int i) {
        return levels[i];
    }

    /** Whether step i leads to σ = 0. */
    boolean isLast(int i) {
        return levels[i + 1] == 0;
    }

    /**
     * Runs a sampler's method, guided where the process is.
     *
     * @param i from level i to the next
     * @param own arguments after those that all methods have
     */
    List<Tensor> run(Scope call, String method, int i, Tensor x, Object... own) {
        boolean guided = guidance != 0;
        List<Object> arguments = new ArrayList<>(List.of(flat, x, labels, levels[i], levels[i + 1]));
        if (guided) {
            arguments.add(guidance);
        }
        arguments.addAll(List.of(own));
        return methods.run(call, SolverStep.name(method, guided), arguments.toArray());
    }
}
