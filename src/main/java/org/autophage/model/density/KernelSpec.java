package org.autophage.model.density;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.data.PointShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.program.Device;

/**
 * A Gaussian kernel at every training point. Sampling bias λ draws from the same kernels with λ times their covariance:
 * towards 0 the samples are copies of training points.
 */
@JsonClassDescription("A Gaussian kernel at every training point")
public record KernelSpec(
        @JsonPropertyDescription(
                        "Width of the kernels: a number above 0, in the points' unit, or the rule scott or silverman for a multiple of the points' covariance")
                Bandwidth bandwidth)
        implements DensitySpec, ModelSpec {
    public static final KernelSpec DEFAULTS = new KernelSpec(Bandwidth.SCOTT);

    @Override
    public String kind() {
        return "kernel";
    }

    @Override
    public int fewestSamples() {
        return bandwidth.rule() == null ? 1 : 2;
    }

    @Override
    public ModelFamily familyOfPoints(Device device, PointShape shape, PointSampling sampling) {
        return new KernelFamily(device, bandwidth, shape, sampling);
    }

    @Override
    public boolean hasWeights() {
        return false;
    }
}
