package org.autophage.model;

/** A model whose samples come out of noise step by step, so that the way there can be another without any training. */
public interface DenoisingModel extends GenerativeModel {
    /**
     * This model, drawing away from another: D + ω(D − D') in place of its estimate D of what is clean, with D' the other's
     * (SIMS, arXiv 2408.16333). A step takes two networks. It is a model of its own, which the caller closes beside this one
     * and the other, and is fine-tuned from as this one is.
     *
     * @param other of the same family; its weights are copied
     * @param weight ω; 0 draws as this model, −1 as the other
     */
    DenoisingModel awayFrom(GenerativeModel other, double weight);

    /**
     * This model, drawing to another last level of noise. It is a model of its own, which the caller closes beside this one.
     *
     * @param noise σ of the last level above 0, in the units of samples that reach from −1 to 1
     * @param denoised whether a step from there to 0 follows, which gives the estimate of what is clean
     */
    DenoisingModel endingAt(double noise, boolean denoised);
}
