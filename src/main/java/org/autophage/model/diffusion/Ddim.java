package org.autophage.model.diffusion;

import java.util.List;
import java.util.OptionalInt;
import org.autophage.program.Graph;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * Deterministic, first order (Song et al. 2021, η = 0): Euler's method for the probability-flow ODE. It is the last step of
 * other samplers too, since at σ = 0 neither slope nor logarithm is defined (Karras et al. 2022, algorithm 1).
 */
record Ddim() implements Sampler {
    static final String EULER = "euler";

    @Override
    public String method() {
        return EULER;
    }

    /** {@code euler(flat, x, labels, from, to[, w])}. */
    @Override
    public Graph record(SolverStep step) {
        return step.graph().returns(step.advance(step.slope(step.x(), step.from())));
    }

    @Override
    public int usualSteps(OptionalInt timesteps) {
        return 50;
    }

    @Override
    public List<Tensor> step(ReverseProcess process, Scope call, int i, Tensor x, @Nullable Tensor told) {
        return process.run(call, EULER, i, x);
    }
}
