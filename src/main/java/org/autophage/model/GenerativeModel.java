package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Samples;

/** A trained model of one generation. Closing it frees its memory on the device. */
public interface GenerativeModel extends AutoCloseable {
    /**
     * Draws samples. Sample i depends on the seeds and on i only, not on how many are drawn in all.
     *
     * @param count how many
     * @param bias the sampling bias λ in (0, 1]; 1 is unbiased
     * @param seeds one seed a chunk of samples
     * @param work progress, checkpoints (phase "sample") and the stop signal
     */
    Samples sample(int count, double bias, Seeds.Stream seeds, Work work);

    /** What is known exactly of the law that its samples have at λ = 1; nothing for most models of images. */
    default Optional<Density> density() {
        return Optional.empty();
    }

    /** The way from images back to codes, for models that have one; the caller closes it. */
    default Optional<Encoder> encoder() {
        return Optional.empty();
    }

    /** Writes what is needed to use the model again (model.pt, weights.safetensors) and its loss curve into a folder. */
    void save(Path folder) throws IOException;

    @Override
    void close();
}
