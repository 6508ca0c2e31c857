package org.autophage.model;

/** What one sample is that a model has to learn. */
public sealed interface SampleShape permits ImageShape, PointShape {
    /** In words, for messages: "images of 28 x 28 x 1". */
    String describe();
}
