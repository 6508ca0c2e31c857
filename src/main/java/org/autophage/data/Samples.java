package org.autophage.data;

import java.util.List;

/** What models are trained on and what they produce: an ordered, immutable collection of images (or, later, points). */
public sealed interface Samples permits Images {
    int count();

    /** The samples at the given positions, in that order; a position may come more than once. */
    Samples select(int[] positions);

    /** All samples of the parts, in order; the parts are of one kind and size, and there is at least one. */
    static Samples concatenate(List<? extends Samples> parts) {
        return Images.concatenate(parts.stream().map(Images.class::cast).toList());
    }
}
