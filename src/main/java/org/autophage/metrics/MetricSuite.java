package org.autophage.metrics;

import java.util.Map;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Density;
import org.autophage.data.Samples;

/** Everything that is measured of one generation's samples against the holdout. */
@FunctionalInterface
public interface MetricSuite {
    /**
     * Measures samples.
     *
     * @param density what is known exactly of the law that they were drawn from at λ = 1
     * @return values by the names of a generation's record, in the order in which a person would read them; every value
     *     is a finite number, a string such as the features' name, or a map of such values
     */
    Map<String, Object> of(Samples samples, Optional<Density> density, Seeds.Stream seeds, Work work);
}
