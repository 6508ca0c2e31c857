package org.autophage.metrics;

import org.autophage.base.Interruptible;
import org.autophage.measure.Measures;

/** Everything that is measured of one generation's samples against the holdout. */
@FunctionalInterface
public interface MetricSuite {
    /**
     * Measures samples. Keeps nothing of them, so that whoever asks for it may {@linkplain Interruptible#until give it up}.
     *
     * @return in the order in which a record has them
     */
    Measures of(MeasuredGeneration generation);
}
