package org.autophage.metrics;

import java.util.Optional;
import org.autophage.base.Interruptible;
import org.autophage.base.Seeds;
import org.autophage.data.Density;
import org.autophage.data.Samples;
import org.autophage.measure.Measures;

/** Everything that is measured of one generation's samples against the holdout. */
@FunctionalInterface
public interface MetricSuite {
    /**
     * Measures samples. Keeps nothing, so that whoever asks for it may {@linkplain Interruptible#until give it up}.
     *
     * @param density what is known exactly of the law that they were drawn from at λ = 1
     * @return in the order in which a record has them
     */
    Measures of(Samples samples, Optional<Density> density, Seeds.Stream seeds);
}
