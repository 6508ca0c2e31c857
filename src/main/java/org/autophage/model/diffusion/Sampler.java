package org.autophage.model.diffusion;

import java.util.List;
import java.util.OptionalInt;
import org.autophage.program.Graph;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * How the reverse process is solved: images at one noise level from those at the level before. What it is given is written in
 * σ, so that each serves both parameterizations. It is registered in {@link SamplerKind}.
 */
interface Sampler {
    /** Of its method in a program. */
    String method();

    /** Records the method: one step from σ = from to σ = to. */
    Graph record(SolverStep step);

    /**
     * Steps where a spec names none.
     *
     * @param timesteps T of a model that is a chain of so many levels
     */
    int usualSteps(OptionalInt timesteps);

    /** Whether steps add noise of their own, so that samples are made of more than the noise that they begin with. */
    default boolean addsNoise() {
        return false;
    }

    /**
     * Runs a step.
     *
     * @param call owns the result
     * @param i from level i to the next
     * @param x images at level i
     * @param told what the step before returned besides its images; null before the first
     * @return the images at the next level, and what the next step is to be told, if anything
     */
    List<Tensor> step(ReverseProcess process, Scope call, int i, Tensor x, @Nullable Tensor told);
}
