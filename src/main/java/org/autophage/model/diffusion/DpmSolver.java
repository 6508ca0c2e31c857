package org.autophage.model.diffusion;

import java.util.List;
import java.util.OptionalInt;
import org.autophage.program.Graph;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/**
 * Deterministic, second order from one evaluation a step: DPM-Solver++(2M) (Lu et al. 2022, arXiv 2211.01095, algorithm 2, in
 * σ). The estimate's course over ln σ is extrapolated to the middle of the step from the one before.
 */
record DpmSolver() implements Sampler {
    @Override
    public String method() {
        return "dpm";
    }

    /**
     * {@code dpm(flat, x, labels, from, to[, w], before, share)}: the images at σ = to &gt; 0 and the estimate D(x; from). The
     * middle of the step is D + share · (D − before), with the estimate of the step before.
     */
    @Override
    public Graph record(SolverStep step) {
        Value before = step.graph().input("before", step.x().dims());
        Value share = step.graph().inputNumber("share");
        Value denoised = step.denoised(step.x(), step.from());
        Value middle = denoised.plus(denoised.minus(before).times(share));
        Value kept = step.x().minus(middle).times(step.to().dividedBy(step.from()));
        return step.graph().returns(middle.plus(kept), denoised);
    }

    @Override
    public int usualSteps(OptionalInt timesteps) {
        return 12;
    }

    @Override
    public List<Tensor> step(ReverseProcess process, Scope call, int i, Tensor x, @Nullable Tensor told) {
        if (process.isLast(i)) {
            return process.run(call, Ddim.EULER, i, x);
        }
        // Nothing came before the first step: by a share of 0 whatever stands there counts for nothing.
        return told == null
                ? process.run(call, method(), i, x, x, 0.0)
                : process.run(call, method(), i, x, told, halfOfStepBefore(process, i));
    }

    /** Half of step i over the whole of the step before, in ln σ. */
    private static double halfOfStepBefore(ReverseProcess process, int i) {
        return Math.log(process.level(i) / process.level(i + 1))
                / Math.log(process.level(i - 1) / process.level(i))
                / 2;
    }
}
