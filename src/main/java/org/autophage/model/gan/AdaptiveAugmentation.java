package org.autophage.model.gan;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.Checks;
import org.autophage.base.Range;

/**
 * How often images are changed before the discriminator sees them, by how sure it is of real ones (ADA: Karras et al. 2020, arXiv
 * 2006.06676): the probability p starts at 0 and moves at a fixed rate, up where r_t = E[sign D(real)] is above a target and down
 * where it is below.
 */
public record AdaptiveAugmentation(
        @JsonPropertyDescription(
                        "r_t that p is moved towards, in [0, 1]: the mean sign of the discriminator's scores of real images, 0 where it knows nothing and 1 where it knows all of them by heart")
                double target,
        @JsonPropertyDescription(
                        "Real images that the discriminator sees while p moves from 0 to 1, at least 1; the paper's 500000 are for trainings with 25 million")
                int images,
        @JsonPropertyDescription(
                        "Steps of the discriminator over which r_t is measured and after which p moves, at least 1")
                int every,
        @JsonPropertyDescription(
                        "Largest p, in (0, 1]: above about 0.8 the changes begin to show in what the generator makes")
                double most) {
    /** The paper's target and interval, at a rate for small trainings. */
    public static final AdaptiveAugmentation DEFAULTS = new AdaptiveAugmentation(0.6, 50_000, 4, 0.8);

    public AdaptiveAugmentation {
        Checks.within("model.ada.target", target, Range.closed(0, 1));
        Checks.within("model.ada.images", images, Range.atLeast(1));
        Checks.within("model.ada.every", every, Range.atLeast(1));
        Checks.within("model.ada.most", most, Range.openClosed(0, 1));
    }

    /**
     * Where p moves.
     *
     * @param sign r_t
     * @param seen real images that it was measured on
     */
    double moved(double probability, double sign, long seen) {
        double step = Math.signum(sign - target) * seen / images;
        return Math.max(0, Math.min(most, probability + step));
    }
}
