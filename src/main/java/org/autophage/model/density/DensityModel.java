package org.autophage.model.density;

import java.util.Optional;
import org.autophage.data.Density;
import org.autophage.model.GenerativeModel;

/** A model that is the density that it has learnt. */
interface DensityModel extends GenerativeModel, Density {
    @Override
    default Optional<Density> density() {
        return Optional.of(this);
    }
}
