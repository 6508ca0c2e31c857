package org.autophage.model.density;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.SampleShape;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;

/**
 * A Gaussian kernel at every training point. Sampling bias λ draws from the same kernels with λ times their covariance:
 * towards 0 the samples are copies of training points.
 *
 * @param bandwidth of the kernels
 */
public record KernelSpec(
        @JsonPropertyDescription("Width of the kernels: a positive number, scott or silverman") Bandwidth bandwidth)
        implements ModelSpec {
    static final String KIND = "kernel";

    public static final KernelSpec DEFAULTS = new KernelSpec(Bandwidth.SCOTT);

    @Override
    public Optional<Optimization> optimization() {
        return Optional.empty();
    }

    @Override
    public int fewestSamples() {
        return bandwidth.rule() == null ? 1 : 2;
    }

    @Override
    public boolean canFineTune() {
        return false;
    }

    @Override
    public boolean learnsGaussian() {
        return false;
    }

    @Override
    public KernelSpec complete() {
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
        return new KernelFamily(device, bandwidth, DensityModels.points(shape, KIND), complete(sampling));
    }
}
