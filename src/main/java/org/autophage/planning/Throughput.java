package org.autophage.planning;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;

/**
 * How fast an experiment's model works on this machine now; null where something was not asked for.
 *
 * @param framework what did the work, with versions
 * @param device cpu or gpu:N
 * @param threads of an op on the CPU
 * @param samples what one of them is, such as "images of 28 x 28 x 1"
 * @param batch samples of a training step, or of a whole fit where models are fitted in closed form
 * @param millisecondsPerStep median over the timed steps; on a GPU, where a single step is not waited for, their mean
 * @param imagesPerSecond of training
 * @param samplesPerSecond of sampling, with the spec's sampler and chunk
 * @param generation a whole one
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Throughput(
        String framework,
        String device,
        int threads,
        String samples,
        int batch,
        @Nullable Double millisecondsPerStep,
        @Nullable Double imagesPerSecond,
        @Nullable Double samplesPerSecond,
        @Nullable Generation generation) {
    /** What of an experiment is timed. */
    public enum Part {
        TRAINING,
        SAMPLING,
        GENERATION
    }

    /**
     * Seconds of generation 1 in the spec's sizes, without writing anything to disk; feature extractor and the holdout's
     * features are ready before, as in a run.
     *
     * @param seconds of all three
     */
    public record Generation(double seconds, double trainSeconds, double sampleSeconds, double metricSeconds) {}
}
