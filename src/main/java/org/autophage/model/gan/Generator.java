package org.autophage.model.gan;

import java.util.List;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;

/**
 * A generator as methods of a program. Among them are {@code generate(flat, latents, labels)}, the images (N, C, H, W) of
 * latent points (N, latent) and labels int64 (N), and {@code generate_biased(flat, latents, labels, bias)}, the same with
 * sampling bias λ.
 */
interface Generator {
    /** Records the methods; fills the parameters. */
    List<Graph> methods(Parameters parameters);

    /**
     * Records images for a training step, and what the step has to keep account of besides the gradient.
     *
     * @param step of the generator's optimizer
     * @param latents (N, latent)
     * @param labels int64 (N)
     */
    Value train(TrainingStep step, Value latents, Value labels);
}
