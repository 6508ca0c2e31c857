package org.autophage.data;

/** What models are trained on and what they produce: an ordered, immutable collection of images (or, later, points). */
public sealed interface Samples permits Images {
    int count();

    /** The samples at the given positions, in that order; a position may come more than once. */
    Samples select(int[] positions);
}
