package org.autophage.model.diffusion;

import java.util.ArrayList;
import java.util.List;
import org.autophage.model.SamplingSpec.Sampler;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/** The way of some images from noise through the falling noise levels of a spec's sampler. */
final class ReverseProcess {
    private final DiffusionProgram program;
    private final Tensor flat;
    private final Tensor labels;
    private final double guidance;
    private final double[] levels;

    /** The estimate of the clean images in the step before, of samplers that use it. */
    private @Nullable Tensor estimate;

    /**
     * @param flat parameters
     * @param labels the classes asked for, int64 (N)
     * @param guidance w, 0 for none
     */
    ReverseProcess(DiffusionProgram program, Tensor flat, Tensor labels, double guidance) {
        this.program = program;
        this.flat = flat;
        this.labels = labels;
        this.guidance = guidance;
        this.levels = program.samplingLevels();
    }

    /**
     * Draws noise and takes all steps.
     *
     * @param call owns the result
     * @param template of the images' shape, (N, C, H, W)
     */
    Tensor solve(Scope call, Tensor template) {
        return solveFrom(call, program.run(call, "latents", template, levels[0]).get(0));
    }

    /** Takes all steps from images at the first noise level, which are freed. */
    Tensor solveFrom(Scope call, Tensor noise) {
        Tensor x = noise;
        for (int i = 0; i + 1 < levels.length; i++) {
            List<Tensor> results = step(call, x, i);
            x.close();
            if (estimate != null) {
                estimate.close();
            }
            x = results.get(0);
            estimate = results.size() > 1 ? results.get(1) : null;
        }
        return x;
    }

    /** From level i to the next. */
    private List<Tensor> step(Scope call, Tensor x, int i) {
        Sampler sampler = program.sampling().sampler();
        if (sampler == Sampler.ANCESTRAL) {
            return run(call, "ancestral", x, i);
        }
        // At σ = 0 slope and logarithm are not defined: the last step is Euler's (Karras et al. 2022, algorithm 1).
        boolean last = levels[i + 1] == 0;
        if (sampler == Sampler.HEUN && !last) {
            return run(call, "heun", x, i);
        }
        if (sampler == Sampler.DPM && !last) {
            return estimate == null
                    ? run(call, "dpm", x, i, x, 0.0)
                    : run(call, "dpm", x, i, estimate, halfOfStepBefore(i));
        }
        return run(call, "euler", x, i);
    }

    /** Half of step i over the whole of the step before, in ln σ. */
    private double halfOfStepBefore(int i) {
        return Math.log(levels[i] / levels[i + 1]) / Math.log(levels[i - 1] / levels[i]) / 2;
    }

    private List<Tensor> run(Scope call, String solver, Tensor x, int i, Object... own) {
        boolean guided = guidance != 0;
        List<Object> arguments = new ArrayList<>(List.of(flat, x, labels, levels[i], levels[i + 1]));
        if (guided) {
            arguments.add(guidance);
        }
        arguments.addAll(List.of(own));
        return program.run(call, DiffusionMethods.name(solver, guided), arguments.toArray());
    }
}
