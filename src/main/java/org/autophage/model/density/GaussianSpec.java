package org.autophage.model.density;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.SampleShape;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;

/**
 * A Gaussian fitted by its mean and full covariance; sampling bias λ draws from N(μ, λΣ) (MAD, arXiv 2307.01850).
 *
 * @param covariance how the covariance is estimated
 */
public record GaussianSpec(
        @JsonPropertyDescription("Divide squared deviations by n − 1 (unbiased) or by n (biased)") Estimator covariance)
        implements ModelSpec {
    static final String KIND = "gaussian";

    public static final GaussianSpec DEFAULTS = new GaussianSpec(Estimator.UNBIASED);

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
    public Optional<Optimization> optimization() {
        return Optional.empty();
    }

    @Override
    public int fewestSamples() {
        return 2;
    }

    @Override
    public boolean canFineTune() {
        return false;
    }

    @Override
    public boolean learnsGaussian() {
        return true;
    }

    @Override
    public GaussianSpec complete() {
        return this;
    }

    @Override
    public SamplingSpec complete(SamplingSpec sampling) {
        return DensityModels.direct(sampling, KIND);
    }

    @Override
    public void check(SampleShape shape) {
        DensityModels.points(shape, KIND);
    }

    @Override
    public ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        return new GaussianFamily(device, this, DensityModels.points(shape, KIND), complete(sampling));
    }
}
