package org.autophage.model.diffusion;

import java.util.List;
import java.util.OptionalInt;
import org.autophage.program.Graph;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/**
 * Deterministic, second order from two evaluations a step: DPM-Solver-2 (Lu et al. 2022, arXiv 2206.00927, algorithm 1, in σ). The slope
 * of the whole step is that at its middle in ln σ, where Euler's step leads; its error is about half of Heun's.
 */
record DpmSolver2() implements Sampler {
    @Override
    public String method() {
        return "dpm2";
    }

    /** {@code dpm2(flat, x, labels, from, to[, w])}; to &gt; 0. */
    @Override
    public Graph record(SolverStep step) {
        Value slope = step.slope(step.x(), step.from());
        Value middle = step.from().times(step.to()).squareRoot();
        Value halfway = step.x().plus(slope.times(middle.minus(step.from())));
        return step.graph().returns(step.advance(step.slope(halfway, middle)));
    }

    @Override
    public int usualSteps(OptionalInt timesteps) {
        return 18;
    }

    @Override
    public List<Tensor> step(ReverseProcess process, Scope call, int i, Tensor x, @Nullable Tensor told) {
        return process.run(call, process.isLast(i) ? Ddim.EULER : method(), i, x);
    }
}
