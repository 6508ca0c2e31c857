package org.autophage.model;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.AutophageException;
import org.autophage.data.SampleLabels;
import org.autophage.model.diffusion.SamplerKind;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code sampling} of an experiment.
 *
 * @param bias sampling bias λ in (0, 1]; 1 is unbiased
 * @param sampler how a diffusion model's reverse process is solved; null leaves it to the model's kind
 * @param steps of the sampler; null leaves it to the sampler
 * @param chunk samples drawn at a time; part of the random streams' key, so that results depend on it; null leaves it
 *     to the model's kind
 * @param labels which classes samples are asked to be of
 */
public record SamplingSpec(
        double bias,
        @Nullable SamplerKind sampler,
        @Nullable Integer steps,
        @Nullable Integer chunk,
        @JsonPropertyDescription("balanced: all classes alike; as-data: by their shares of the dataset's real images")
                SampleLabels labels) {
    public static final SamplingSpec DEFAULTS = new SamplingSpec(1.0, null, null, null);

    /** Of all classes alike. */
    public SamplingSpec(double bias, @Nullable SamplerKind sampler, @Nullable Integer steps, @Nullable Integer chunk) {
        this(bias, sampler, steps, chunk, SampleLabels.BALANCED);
    }

    public SamplingSpec {
        if (!(bias > 0 && bias <= 1)) {
            throw AutophageException.usage(
                    "sampling.bias is " + bias + ": must be in (0, 1]; 1 is unbiased, smaller values favour the modes");
        }
        if (steps != null && steps < 2) {
            throw AutophageException.usage("sampling.steps is " + steps + ": must be at least 2");
        }
        if (chunk != null && chunk < 1) {
            throw AutophageException.usage("sampling.chunk is " + chunk + ": must be at least 1");
        }
    }

    /**
     * This section for a model that is drawn from without a solver.
     *
     * @param kind of the model, for the message
     * @param usualChunk samples drawn at a time, where nothing is said
     * @throws AutophageException (usage) if it names a solver of a diffusion model
     */
    public SamplingSpec withoutSolver(String kind, int usualChunk) {
        if (sampler != null || steps != null) {
            throw AutophageException.usage("sampling.%s is %s: model.kind %s is drawn from directly; leave the key out"
                    .formatted(sampler != null ? "sampler" : "steps", sampler != null ? sampler : steps, kind));
        }
        return new SamplingSpec(bias, null, null, chunk == null ? usualChunk : chunk, labels);
    }
}
