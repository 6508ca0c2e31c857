package org.autophage.model.density;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.PointShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.NetworkFamily;
import org.autophage.model.NetworkSize;
import org.autophage.model.NetworkTraining;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;

/**
 * A normalizing flow of affine couplings (RealNVP, Dinh et al., arXiv 1605.08803), trained by maximum likelihood.
 * Sampling bias λ draws the latent points from N(0, λI) (MAD, arXiv 2307.01850).
 */
@JsonClassDescription("A normalizing flow of affine couplings (RealNVP) for points, trained by maximum likelihood")
public record FlowSpec(
        @JsonPropertyDescription("Couplings that points pass through, 2 to 256") int couplings,
        @JsonPropertyDescription("Width of the two hidden layers of a coupling's network, 1 to 16384") int width,
        @JsonPropertyDescription("Optimizer steps of one generation, at least 1") int steps,
        @JsonPropertyDescription("Points of one step, of every replica, at least 1") int batch,
        @JsonPropertyDescription("Peak of the learning rate's cosine schedule, in (0, 1)") double learningRate)
        implements DensitySpec, ModelSpec {
    public static final FlowSpec DEFAULTS = new FlowSpec(8, 64, 2000, 256, 2e-3);

    public FlowSpec {
        Checks.within("model.couplings", couplings, NetworkSize.layers(2));
        Checks.within("model.width", width, NetworkSize.features(1));
        Checks.within("model.steps", steps, Range.atLeast(1));
        Checks.within("model.batch", batch, Range.atLeast(1));
        Checks.within("model.learningRate", learningRate, Range.open(0, 1));
    }

    @Override
    public String kind() {
        return "flow";
    }

    @Override
    public Optional<Optimization> optimization() {
        return Optional.of(new Optimization(steps, batch));
    }

    @Override
    public int fewestSamples() {
        return 2;
    }

    @Override
    public void checkPoints(PointShape shape) {
        Checks.within(
                "dataset.dimensions",
                shape.dimensions(),
                Range.atLeast(2),
                "for a coupling of model.kind flow moves one half of them by the other");
    }

    @Override
    public ModelFamily familyOfPoints(Device device, PointShape shape, PointSampling sampling) {
        return new NetworkFamily(
                new FlowProgram(device, this, shape, sampling),
                NetworkTraining.ofOne(
                        device, new Optimization(steps, batch), LearningRate.cosine(learningRate, steps), "points"));
    }
}
