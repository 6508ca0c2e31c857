package org.autophage.metrics;

import java.util.Optional;
import java.util.function.Supplier;
import org.autophage.base.Seeds;
import org.autophage.data.Density;
import org.autophage.data.Encoder;
import org.autophage.data.Samples;

/**
 * A generation as metrics see it.
 *
 * @param number of the generation, counted from 1; real samples are compared with as they are at its time
 * @param samples what its model drew
 * @param training what the model learnt from
 * @param density what is known exactly of the law that the samples were drawn from at λ = 1
 * @param firstEncoder the way from images to codes of generation 1's model, read back where another process trained it; nothing
 *     for models that have none. Not to be closed by who asks
 * @param seeds of random choices
 */
public record MeasuredGeneration(
        int number,
        Samples samples,
        Samples training,
        Optional<Density> density,
        Supplier<Optional<Encoder>> firstEncoder,
        Seeds.Stream seeds) {
    /** Of a first model of which nothing more is known. */
    public static MeasuredGeneration of(Samples samples, Samples training, Seeds.Stream seeds) {
        return new MeasuredGeneration(1, samples, training, Optional.empty(), Optional::empty, seeds);
    }
}
