package org.autophage.model.diffusion;

import java.util.List;
import java.util.OptionalInt;
import org.autophage.program.Graph;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/** Deterministic, second order (Karras et al. 2022, algorithm 1): Euler's step with the trapezoidal correction. */
record Heun() implements Sampler {
    @Override
    public String method() {
        return "heun";
    }

    /** {@code heun(flat, x, labels, from, to[, w])}; to &gt; 0. */
    @Override
    public Graph record(SolverStep step) {
        Value slope = step.slope(step.x(), step.from());
        Value corrected = step.slope(step.advance(slope), step.to());
        return step.graph().returns(step.advance(slope.plus(corrected).times(0.5)));
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
