package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Encoder;
import org.autophage.data.Images;
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

    /**
     * Draws the samples that {@link #sample(int, double, Seeds.Stream, Work)} draws and hands them on in order: of images, and of whatever
     * programs draw, a few at a time, so that there may be more than the heap holds, of other samples all at once. Keeps no checkpoint.
     */
    default void sampleInParts(int count, double bias, Seeds.Stream seeds, Work work, Consumer<Samples> parts) {
        parts.accept(sample(count, bias, seeds, work.keeping(CheckpointStore.NONE)));
    }

    /**
     * Draws samples as {@link #sample(int, double, Seeds.Stream, Work)} does, of latents that are changed before.
     *
     * @param change where it changes nothing, so the samples are the same
     * @throws UnsupportedOperationException if the model does not {@linkplain ModelSpec#findsLatents find} latents
     */
    default Samples sample(LatentChange change, int count, double bias, Seeds.Stream seeds, Work work) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " finds no latents");
    }

    /**
     * The latents that images would be made of by this model, as far as they can be found: those of its own images for the most part.
     *
     * @param images of the model's shape, with the classes that they were asked to be of
     * @param bias λ that they were drawn with
     * @param steps of the way back, where it has some
     * @param work progress and the stop signal
     * @return (images × d) row by row, in the unit of draws: N(0, 1)
     * @throws UnsupportedOperationException if the model does not {@linkplain ModelSpec#findsLatents find} latents
     */
    default float[] latents(Images images, double bias, int steps, Work work) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " finds no latents");
    }

    /**
     * Samples that are given noise, and led from there back by this model (SDEdit, arXiv 2108.01073). Sample i depends on sample i,
     * the seeds and on i only.
     *
     * @param clean of the model's shape; the classes that a model of images is asked for are theirs
     * @param noise σ above 0, at most {@link ModelSpec#highestNoise}, of images in the unit of pixels from −1 to 1
     * @param bias the sampling bias λ in (0, 1]
     * @param seeds one seed a chunk of samples
     * @param work progress, checkpoints (phase "sample") and the stop signal
     * @throws UnsupportedOperationException if the model has no levels of noise
     */
    default Samples edited(Samples clean, double noise, double bias, Seeds.Stream seeds, Work work) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no levels of noise");
    }

    /** Whether drawing a few samples costs as much as drawing many, so that a picture shows some that were drawn anyway. */
    default boolean isSlowToStart() {
        return false;
    }

    /** What is known exactly of the law that its samples have at λ = 1; nothing for most models of images. */
    default Optional<Density> density() {
        return Optional.empty();
    }

    /**
     * How badly the model fits images that it may never have seen: what each adds to the loss of training, at the same random numbers for
     * all images and calls. Of a diffusion model the denoising error, of an autoencoder −ln of the likelihood's lower bound.
     *
     * @throws UnsupportedOperationException if {@link ModelSpec#losesOnImages} is false
     */
    default double[] losses(Images images) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no loss of images");
    }

    /** The way from images back to codes, for models that have one; the caller closes it. */
    default Optional<Encoder> encoder() {
        return Optional.empty();
    }

    /**
     * What the model has learnt, all that {@link #sample} depends on besides its arguments; nothing for models that have
     * no such point in a linear space, where a line through two models has no meaning.
     */
    default Optional<ModelWeights> weights() {
        return Optional.empty();
    }

    /**
     * This model with other weights. It is a model of its own, which the caller closes beside this one; what is no part of
     * the weights (a GAN's discriminator) and the curve of the training, which {@link #save} writes, are this model's. With
     * this model's own weights it draws the very same samples.
     *
     * @param weights of {@link #weights} of a model of the same family, or of a line through two such
     * @throws IllegalArgumentException if their arrays have other names or lengths
     * @throws UnsupportedOperationException if {@link #weights} is empty
     */
    default GenerativeModel with(ModelWeights weights) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no weights");
    }

    /**
     * Variances, over all replicas, that the weights of {@link #with} put below 0 and that are 0 instead; 0 for all models
     * but Gaussians.
     */
    default long clippedVariances() {
        return 0;
    }

    /** What early stopping did in its training: one by no name, or one a member of an ensemble by the member's; most models have none. */
    default Map<String, EarlyStop> earlyStops() {
        return Map.of();
    }

    /** Writes what is needed to use the model again (model.pt, weights.safetensors) and its loss curve into a folder. */
    void save(Path folder) throws IOException;

    @Override
    void close();
}
