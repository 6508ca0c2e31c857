package org.autophage.model.density;

import java.util.Optional;
import org.autophage.data.Density;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;

/** A model that is the density that it has learnt. */
interface DensityModel extends GenerativeModel, Density {
    @Override
    default Optional<Density> density() {
        return Optional.of(this);
    }

    @Override
    default double[] logDensity(Samples samples) {
        return logDensity(samples.points().orElseThrow());
    }

    /** The same of points. */
    double[] logDensity(Points points);
}
