package org.autophage.base;

/**
 * What a random stream is for. The order is part of every stream's key and so of every result: append, never reorder.
 */
public enum Phase {
    /** Drawing a training set out of real images and the sample pool. */
    MIX,
    /** Initial parameters of a model. */
    INITIALIZE,
    /** Order of training images, noise and dropout of a training step. */
    TRAIN,
    /** Latents, labels and noise of the synthetic images. */
    SAMPLE,
    /** The grid of a report: the same latents and labels in every generation. */
    GRID,
    /** Random choices of a metric. */
    METRICS,
    /** What a remedy does to a trained model, with the samples and the training that it takes. */
    TRANSFORM,
    /** Random choices among a model's draws. */
    SELECT,
    /** Random choices among the samples of a training set. */
    FILTER
}
