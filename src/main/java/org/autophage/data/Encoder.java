package org.autophage.data;

/** The way back of a model with latent codes: from images to codes. Outlives the model that it belongs to. */
public interface Encoder extends AutoCloseable {
    /**
     * The means of the codes' distributions.
     *
     * @return (images × latent dimensions), row by row
     */
    float[] means(Images images);

    @Override
    void close();
}
