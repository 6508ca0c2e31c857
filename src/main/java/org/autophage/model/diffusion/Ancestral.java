package org.autophage.model.diffusion;

import java.util.List;
import java.util.OptionalInt;
import org.autophage.program.Graph;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/** Stochastic, every step of the chain (Ho et al. 2020). */
record Ancestral() implements Sampler {
    @Override
    public String method() {
        return "ancestral";
    }

    /**
     * {@code ancestral(flat, x, labels, from, to[, w])}: a draw from DDPM's posterior of the image at σ = to given the one at
     * σ = from and the estimate D: mean D + (to/from)² (x − D), variance to² (1 − (to/from)²).
     */
    @Override
    public Graph record(SolverStep step) {
        Value denoised = step.denoised(step.x(), step.from());
        Value ratio = step.to().dividedBy(step.from()).square();
        Value deviation = step.to().times(ratio.negate().plus(1).squareRoot());
        Value mean = denoised.plus(step.x().minus(denoised).times(ratio));
        return step.graph().returns(mean.plus(mean.noise().times(deviation)));
    }

    /** The whole chain; 256 of models that have none. */
    @Override
    public int usualSteps(OptionalInt timesteps) {
        return timesteps.orElse(256);
    }

    @Override
    public boolean addsNoise() {
        return true;
    }

    @Override
    public List<Tensor> step(ReverseProcess process, Scope call, int i, Tensor x, @Nullable Tensor told) {
        return process.run(call, method(), i, x);
    }
}
