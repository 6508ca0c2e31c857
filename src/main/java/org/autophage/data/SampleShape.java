package org.autophage.data;

import java.util.Optional;

/** What one sample is that a model has to learn. */
public sealed interface SampleShape permits ImageShape, PointShape, TokenShape {
    /** What samples of this shape are. */
    SampleKind kind();

    /** In words, for messages: "images of 28 x 28 x 1". */
    String describe();

    /** This shape, where it is one of images. */
    default Optional<ImageShape> ofImages() {
        return Optional.empty();
    }

    /** This shape, where it is one of points. */
    default Optional<PointShape> ofPoints() {
        return Optional.empty();
    }

    /** This shape, where it is one of sequences of tokens. */
    default Optional<TokenShape> ofTokens() {
        return Optional.empty();
    }

    /** How many independent copies of a sample there are. */
    default int replicas() {
        return 1;
    }

    /** Whether samples are images of at least two classes. */
    default boolean hasClasses() {
        return ofImages().filter(images -> images.classes() > 1).isPresent();
    }
}
