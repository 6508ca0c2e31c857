package org.autophage.model;

import com.fasterxml.jackson.annotation.JsonInclude;
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
                SampleLabels labels,
        @JsonPropertyDescription(
                        "Of models of tokens: only the fewest of the most probable next tokens that add up to as much are drawn, in (0, 1]; left out, all are")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                Double topP,
        @JsonPropertyDescription(
                        "Of models of tokens: only so many of the most probable next tokens are drawn, at least 1; left out, all are")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                Integer topK) {
    public static final SamplingSpec DEFAULTS = new SamplingSpec(1.0, null, null, null);

    /** Of all classes alike. */
    public SamplingSpec(double bias, @Nullable SamplerKind sampler, @Nullable Integer steps, @Nullable Integer chunk) {
        this(bias, sampler, steps, chunk, SampleLabels.BALANCED);
    }

    /** That draws all tokens. */
    public SamplingSpec(
            double bias,
            @Nullable SamplerKind sampler,
            @Nullable Integer steps,
            @Nullable Integer chunk,
            SampleLabels labels) {
        this(bias, sampler, steps, chunk, labels, null, null);
    }

    public SamplingSpec {
        Checks.within(
                "sampling.bias",
                bias,
                Range.openClosed(0, 1),
                "where 1 is unbiased and smaller values favour the modes");
        Checks.within("sampling.steps", steps, Range.atLeast(2));
        Checks.within("sampling.chunk", chunk, Range.atLeast(1));
        new Truncation(topP, topK); // which refuses what it cannot be
    }

    /**
     * This section for a model that is drawn from without a solver.
     *
     * @param kind of the model, for the message
     * @param usualChunk samples drawn at a time, where nothing is said
     * @throws WrongValue if it names a solver of a diffusion model
     */
    public Sampling withoutSolver(String kind, int usualChunk) {
        refuseSolver(kind);
        refuseTruncation(kind);
        return sampling(Optional.empty(), usualChunk, Truncation.NONE);
    }

    /**
     * This section for a model of tokens, whose temperature is λ.
     *
     * @param kind of the model, for the message
     * @param usualChunk sequences drawn at a time, where nothing is said
     * @throws WrongValue if it names a solver of a diffusion model
     */
    public Sampling ofTokens(String kind, int usualChunk) {
        refuseSolver(kind);
        return sampling(Optional.empty(), usualChunk, new Truncation(topP, topK));
    }

    /** This section for a model of which samples are solved for. */
    public Sampling solvedBy(String kind, Solver solver, int usualChunk) {
        refuseTruncation(kind);
        return sampling(Optional.of(solver), usualChunk, Truncation.NONE);
    }

    private void refuseSolver(String kind) {
        String direct = "model.kind %s is drawn from directly".formatted(kind);
        Checks.leftOut("sampling.sampler", sampler, direct);
        Checks.leftOut("sampling.steps", steps, direct);
    }

    private void refuseTruncation(String kind) {
        String none = "model.kind %s draws no tokens".formatted(kind);
        Checks.leftOut("sampling.topP", topP, none);
        Checks.leftOut("sampling.topK", topK, none);
    }

    private Sampling sampling(Optional<Solver> solver, int usualChunk, Truncation truncation) {
        return new Sampling(bias, solver, chunk == null ? usualChunk : chunk, labels, truncation);
    }
}
