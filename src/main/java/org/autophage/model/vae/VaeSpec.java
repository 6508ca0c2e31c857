package org.autophage.model.vae;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.data.ImageShape;
import org.autophage.data.SampleShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.NetworkFamily;
import org.autophage.model.NetworkSize;
import org.autophage.model.NetworkTraining;
import org.autophage.model.Precision;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;

/**
 * A variational autoencoder (Kingma and Welling 2014) with convolutions, as in Shumailov et al. (Nature 631, 2024): the
 * decoder's means are the samples, and sampling bias λ draws the codes from N(0, λI).
 *
 * @param latent dimensions of a code
 * @param channels of the first convolution
 * @param multipliers of the channels, one a convolution; each one halves height and width
 * @param klWeight weight of the Kullback-Leibler term against the summed cross-entropy, β of Higgins et al. 2017
 * @param conditional whether encoder and decoder are told the label
 * @param steps optimizer steps of one generation
 * @param batch images of one step
 * @param learningRate the same in every step
 * @param ema decay of the moving average of the parameters, with which one samples; 0 for none
 * @param precision of network arithmetic
 */
public record VaeSpec(
        @JsonPropertyDescription("Dimensions of a code") int latent,
        @JsonPropertyDescription("Channels of the first convolution") int channels,
        @JsonPropertyDescription("Multipliers of the channels, one a convolution; each halves height and width")
                List<Integer> multipliers,
        @JsonPropertyDescription("Weight of the Kullback-Leibler term") double klWeight,
        @JsonPropertyDescription("Whether encoder and decoder are told the label") boolean conditional,
        @JsonPropertyDescription("Optimizer steps of one generation") int steps,
        @JsonPropertyDescription("Images of one step") int batch,
        @JsonPropertyDescription("Learning rate, the same in every step") double learningRate,
        @JsonPropertyDescription("Decay of the moving average of the parameters; 0 for none") double ema,
        @JsonPropertyDescription("Arithmetic of the network") Precision precision)
        implements ModelSpec {
    /** The network and optimizer of Shumailov et al., told the labels as this tool's other models of images are. */
    public static final VaeSpec DEFAULTS =
            new VaeSpec(20, 64, List.of(1, 2), 1, true, 4000, 256, 1e-3, 0, Precision.FLOAT32);

    public VaeSpec {
        multipliers = List.copyOf(multipliers);
        NetworkSize.features("latent", latent, 1);
        NetworkSize.features("channels", channels, 1);
        NetworkSize.multipliers(multipliers);
        if (!(klWeight >= 0 && klWeight < 1e6)) {
            throw AutophageException.usage("model.klWeight is " + klWeight + ": must be in [0, 1e6)");
        }
        atLeast("steps", steps, 1);
        atLeast("batch", batch, 1);
        if (!(learningRate > 0 && learningRate < 1)) {
            throw AutophageException.usage("model.learningRate is " + learningRate + ": must be in (0, 1)");
        }
        if (!(ema >= 0 && ema < 1)) {
            throw AutophageException.usage("model.ema is " + ema + ": must be in [0, 1)");
        }
    }

    private static void atLeast(String key, int value, int least) {
        if (value < least) {
            throw AutophageException.usage("model.%s is %d: must be at least %d".formatted(key, value, least));
        }
    }

    @Override
    public Optional<Optimization> optimization() {
        return Optional.of(new Optimization(steps, batch));
    }

    @Override
    public boolean learnsLabels() {
        return conditional;
    }

    @Override
    public VaeSpec complete() {
        return this;
    }

    @Override
    public String kind() {
        return "vae";
    }

    /** A decoder is cheap. */
    @Override
    public int usualChunk() {
        return 500;
    }

    @Override
    public void check(SampleShape shape) {
        ImageShape images = ImageShape.of(shape, kind());
        int divisor = 1 << multipliers.size();
        if (images.size() % divisor != 0) {
            throw AutophageException.usage("dataset.size is %d: %d halvings by model.multipliers need a multiple of %d"
                    .formatted(images.size(), multipliers.size(), divisor));
        }
    }

    @Override
    public ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        check(shape);
        ImageShape images = ImageShape.of(shape, kind());
        return new NetworkFamily(
                new VaeProgram(device, this, conditional ? images : images.unlabelled(), complete(sampling)),
                NetworkTraining.ofOne(
                        device, new Optimization(steps, batch), LearningRate.constant(learningRate), "images"));
    }
}
