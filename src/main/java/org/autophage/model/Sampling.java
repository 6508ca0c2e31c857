package org.autophage.model;

import java.util.Optional;
import org.autophage.data.SampleLabels;
import org.autophage.model.diffusion.SamplerKind;

/**
 * How models are sampled, with nothing left to their kind: what a {@link SamplingSpec} comes to.
 *
 * @param bias λ, in (0, 1]
 * @param solver of a diffusion model's reverse process; nothing for models that are drawn from directly
 * @param chunk samples drawn at a time
 * @param labels which classes samples are asked to be of
 * @param truncation which tokens can be drawn
 */
public record Sampling(double bias, Optional<Solver> solver, int chunk, SampleLabels labels, Truncation truncation) {
    /** That draws all tokens. */
    public Sampling(double bias, Optional<Solver> solver, int chunk, SampleLabels labels) {
        this(bias, solver, chunk, labels, Truncation.NONE);
    }

    /**
     * How the reverse process is solved.
     *
     * @param steps at least 2
     */
    public record Solver(SamplerKind sampler, int steps) {}

    /** The section of a spec that says so. */
    public SamplingSpec written() {
        return new SamplingSpec(
                bias,
                solver.map(Solver::sampler).orElse(null),
                solver.map(Solver::steps).orElse(null),
                chunk,
                labels,
                truncation.topP(),
                truncation.topK());
    }
}
