package org.autophage.model.density;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.OptionalDouble;
import org.autophage.data.PointShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * A Gaussian fitted by its mean and full covariance; sampling bias λ draws from N(μ, λΣ) (MAD, arXiv 2307.01850).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("A Gaussian fitted to points by their mean and full covariance")
public record GaussianSpec(
        @JsonPropertyDescription(
                        "Divide squared deviations by n − 1 (unbiased, as in MAD) or by n (biased, the maximum-likelihood fit)")
                Estimator covariance,
        @JsonPropertyDescription("What the fit does besides; left out, nothing") @Nullable GaussianFit fit)
        implements DensitySpec, ModelSpec {
    public static final GaussianSpec DEFAULTS = new GaussianSpec(Estimator.UNBIASED);

    /** Of mean and covariance as they are. */
    public GaussianSpec(Estimator covariance) {
        this(covariance, null);
    }

    /** Estimators of a covariance from n points. */
    public enum Estimator {
        /** Squared deviations over n − 1, as in MAD. */
        @JsonProperty("unbiased")
        UNBIASED,
        /** Over n: the maximum-likelihood fit, as in Kazdan et al. (arXiv 2410.16713). */
        @JsonProperty("biased")
        BIASED
    }

    @Override
    public String kind() {
        return "gaussian";
    }

    /** A step leads from the last generation's. */
    @Override
    public boolean canFineTune() {
        return mustFineTune();
    }

    @Override
    public boolean mustFineTune() {
        return fit != null && fit.step() != null;
    }

    @Override
    public int fewestSamples() {
        return 2;
    }

    @Override
    public OptionalDouble highestNoise() {
        return OptionalDouble.of(Double.POSITIVE_INFINITY);
    }

    @Override
    public boolean learnsGaussian() {
        return true;
    }

    @Override
    public ModelFamily familyOfPoints(Device device, PointShape shape, PointSampling sampling) {
        return new GaussianFamily(device, this, shape, sampling);
    }
}
