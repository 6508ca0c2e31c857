package org.autophage.remedy;

import org.autophage.data.Samples;

/** What a selection goes by: a number a sample. */
@FunctionalInterface
interface SampleScores {
    /** One number an image; of points (R, N), row-major: one a point of every replica. */
    double[] of(Samples samples);
}
