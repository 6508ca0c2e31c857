package org.autophage.model.gan;

import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Value;

/** Sums over the images of a batch, class by class. */
final class Classes {
    private Classes() {}

    /**
     * 1 where an image is of a class, 0 elsewhere (N, classes).
     *
     * @param rows of the type and on the device that the result has
     * @param labels int64 (N)
     */
    static Value membership(Value rows, Value labels, long classes) {
        Value each = Functional.range(rows, classes, ElementType.INT64).reshape(1, classes);
        return Functional.equal(labels.reshape(Graph.ANY, 1), each).like(rows);
    }

    /** How many images are of each class (classes, 1). */
    static Value counts(Value membership) {
        return membership.sum(0).reshape(membership.dim(1), 1);
    }

    /** Means of rows (N, width) over the images of each class (classes, width); 0 for classes without one. */
    static Value means(Value membership, Value rows) {
        Value counts = counts(membership).clamp(1, Double.POSITIVE_INFINITY);
        return membership.transpose(0, 1).matmul(rows).dividedBy(counts);
    }
}
