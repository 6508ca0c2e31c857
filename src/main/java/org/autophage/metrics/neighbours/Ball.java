package org.autophage.metrics.neighbours;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Locale;

/** Whether a point on the edge of a nearest-neighbour ball is inside; implementations in use differ, so it is a choice. */
public enum Ball {
    /** Distance &lt; radius, as in prdc (Naeem et al., arXiv 2002.09797). */
    @JsonProperty("strict")
    STRICT,
    /** Distance ≤ radius, as in Kynkäänniemi et al. (arXiv 1904.06991), StyleGAN3 and torch-fidelity. */
    @JsonProperty("inclusive")
    INCLUSIVE;

    boolean holds(double distance, double radius) {
        return this == STRICT ? distance < radius : distance <= radius;
    }

    /** As written in a spec. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
