package org.autophage.model.density;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.PointShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.program.Device;

/**
 * A mixture of Gaussians with full covariances, fitted by expectation maximization (Dempster, Laird and Rubin 1977).
 * Sampling bias λ draws from components N(μₖ, λΣₖ) with the weights as they are.
 */
@JsonClassDescription("A mixture of Gaussians with full covariances, fitted to points by expectation maximization")
public record MixtureSpec(
        @JsonPropertyDescription("Number of Gaussians, at least 1") int components,
        @JsonPropertyDescription("Iterations of the fit at most, at least 1") int iterations,
        @JsonPropertyDescription(
                        "The fit ends where an iteration adds less to the mean log-likelihood of a point, in nats, at least 0")
                double tolerance,
        @JsonPropertyDescription(
                        "Added to every variance of a component, above 0, so that one of a single point has a width")
                double regularization,
        @JsonPropertyDescription(
                        "What becomes of a component that no point belongs to any more: fail ends the run, drop keeps it at weight 0")
                DeadComponents deadComponents)
        implements DensitySpec, ModelSpec {
    /** Tolerance and regularization are scikit-learn's. */
    public static final MixtureSpec DEFAULTS = new MixtureSpec(25, 200, 1e-3, 1e-6, DeadComponents.FAIL);

    /** What to do with a component that no point belongs to any more. */
    public enum DeadComponents {
        /** The run ends: a mixture of fewer components is not what was asked for. */
        @JsonProperty("fail")
        FAIL,
        /** The component keeps the weight 0 from then on. */
        @JsonProperty("drop")
        DROP
    }

    public MixtureSpec {
        Checks.within("model.components", components, Range.atLeast(1));
        Checks.within("model.iterations", iterations, Range.atLeast(1));
        Checks.within("model.tolerance", tolerance, Range.atLeast(0));
        Checks.within(
                "model.regularization", regularization, Range.above(0), "or a component of one point has no width");
    }

    @Override
    public String kind() {
        return "mixture";
    }

    @Override
    public int fewestSamples() {
        return components;
    }

    /** EM finds a maximum near where it starts. */
    @Override
    public boolean canFineTune() {
        return true;
    }

    @Override
    public ModelFamily familyOfPoints(Device device, PointShape shape, PointSampling sampling) {
        return new MixtureFamily(device, this, shape, sampling);
    }

    @Override
    public boolean hasWeights() {
        return false;
    }
}
