package org.autophage.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.autophage.data.SampleLabels;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.diffusion.SamplerKind;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code sampling} of an experiment.
 */
public record SamplingSpec(
        @JsonPropertyDescription(
                        "Sampling bias lambda, in (0, 1]: 1 draws from what the model learnt, smaller values favour its modes")
                double bias,
        @JsonPropertyDescription(
                        "How a diffusion model's reverse process is solved; other models are drawn from directly and have none")
                @Nullable
                SamplerKind sampler,
        @JsonPropertyDescription(
                        "Steps of the sampler, at least 2, of ddpm at most model.timesteps; only diffusion models have them")
                @Nullable
                Integer steps,
        @JsonPropertyDescription(
                        "Samples drawn at a time, at least 1: more take more memory. Random streams are keyed by chunk, so that other chunks give other samples")
                @Nullable
                Integer chunk,
        @JsonPropertyDescription(
                        "Which classes samples are asked to be of: balanced, all alike, or as-data, by their shares of the dataset's real images")
                SampleLabels labels) {
    public static final SamplingSpec DEFAULTS = new SamplingSpec(1.0, null, null, null);

    /** Of all classes alike. */
    public SamplingSpec(double bias, @Nullable SamplerKind sampler, @Nullable Integer steps, @Nullable Integer chunk) {
        this(bias, sampler, steps, chunk, SampleLabels.BALANCED);
    }

    public SamplingSpec {
        Checks.within(
                "sampling.bias",
                bias,
                Range.openClosed(0, 1),
                "where 1 is unbiased and smaller values favour the modes");
        Checks.within("sampling.steps", steps, Range.atLeast(2));
        Checks.within("sampling.chunk", chunk, Range.atLeast(1));
    }

    /**
     * This section for a model that is drawn from without a solver.
     *
     * @param kind of the model, for the message
     * @param usualChunk samples drawn at a time, where nothing is said
     * @throws WrongValue if it names a solver of a diffusion model
     */
    public Sampling withoutSolver(String kind, int usualChunk) {
        String direct = "model.kind %s is drawn from directly".formatted(kind);
        Checks.leftOut("sampling.sampler", sampler, direct);
        Checks.leftOut("sampling.steps", steps, direct);
        return sampling(Optional.empty(), usualChunk);
    }

    /** This section for a model of which samples are solved for. */
    public Sampling solvedBy(Solver solver, int usualChunk) {
        return sampling(Optional.of(solver), usualChunk);
    }

    private Sampling sampling(Optional<Solver> solver, int usualChunk) {
        return new Sampling(bias, solver, chunk == null ? usualChunk : chunk, labels);
    }
}
