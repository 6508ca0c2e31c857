package org.autophage.model.vae;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.ImageShape;
import org.autophage.data.SampleShape;
import org.autophage.model.EarlyStopping;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.NetworkFamily;
import org.autophage.model.NetworkSize;
import org.autophage.model.NetworkTraining;
import org.autophage.model.Precision;
import org.autophage.model.Regularization;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.jspecify.annotations.Nullable;

/**
 * A variational autoencoder (Kingma and Welling 2014) with convolutions, as in Shumailov et al. (Nature 631, 2024): the
 * decoder's means are the samples, and sampling bias λ draws the codes from N(0, λI).
 */
@JsonClassDescription(
        "A convolutional variational autoencoder, as in Shumailov et al. 2024; its decoder's means are the samples")
public record VaeSpec(
        @JsonPropertyDescription("Dimensions of a code, 1 to 16384") int latent,
        @JsonPropertyDescription("Channels of the first convolution, 1 to 16384") int channels,
        @JsonPropertyDescription(
                        "Multipliers of the channels, one a convolution, each of which halves height and width: 1 to 10 numbers from 1 to 64")
                List<Integer> multipliers,
        @JsonPropertyDescription(
                        "Weight of the Kullback-Leibler term against the cross-entropy summed over pixels, in [0, 1e6)")
                double klWeight,
        @JsonPropertyDescription("Whether encoder and decoder are told the label") boolean conditional,
        @JsonPropertyDescription("Optimizer steps of one generation, at least 1") int steps,
        @JsonPropertyDescription("Images of one step, at least 1") int batch,
        @JsonPropertyDescription("Learning rate, the same in every step, in (0, 1)") double learningRate,
        @JsonPropertyDescription(
                        "Decay of the moving average of the parameters, with which one samples, in [0, 1); 0 for none")
                double ema,
        @JsonPropertyDescription(
                        "Arithmetic of the network: float32, or bfloat16, faster where the processor has instructions for it; parameters, optimizer and loss are float32 in any case")
                Precision precision,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @JsonPropertyDescription("What is done against learning the training set by heart; left out, nothing")
                @Nullable
                Regularization regularization,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @JsonPropertyDescription(
                        "Training that ends when a part of the training set that is held out is learnt no better, with the weights that did best; left out, all steps are taken on all samples")
                @Nullable
                EarlyStopping earlyStopping)
        implements ModelSpec {
    /** The network and optimizer of Shumailov et al., told the labels as this tool's other models of images are. */
    public static final VaeSpec DEFAULTS =
            new VaeSpec(20, 64, List.of(1, 2), 1, true, 4000, 256, 1e-3, 0, Precision.FLOAT32);

    /** Without regularization. */
    public VaeSpec(
            int latent,
            int channels,
            List<Integer> multipliers,
            double klWeight,
            boolean conditional,
            int steps,
            int batch,
            double learningRate,
            double ema,
            Precision precision) {
        this(latent, channels, multipliers, klWeight, conditional, steps, batch, learningRate, ema, precision, null);
    }

    /** That takes all steps. */
    public VaeSpec(
            int latent,
            int channels,
            List<Integer> multipliers,
            double klWeight,
            boolean conditional,
            int steps,
            int batch,
            double learningRate,
            double ema,
            Precision precision,
            @Nullable Regularization regularization) {
        this(
                latent,
                channels,
                multipliers,
                klWeight,
                conditional,
                steps,
                batch,
                learningRate,
                ema,
                precision,
                regularization,
                null);
    }

    public VaeSpec {
        multipliers = List.copyOf(multipliers);
        Checks.within("model.latent", latent, NetworkSize.features(1));
        Checks.within("model.channels", channels, NetworkSize.features(1));
        NetworkSize.checkMultipliers(multipliers);
        Checks.within("model.klWeight", klWeight, Range.closedOpen(0, 1e6));
        Checks.within("model.steps", steps, Range.atLeast(1));
        Checks.within("model.batch", batch, Range.atLeast(1));
        Checks.within("model.learningRate", learningRate, Range.open(0, 1));
        Checks.within("model.ema", ema, Range.closedOpen(0, 1));
        Checks.leftOut(
                "model.regularization.dropout",
                Regularization.orNone(regularization).dropout(),
                "an autoencoder has no residual blocks, where dropout stands");
    }

    @Override
    public Optional<Optimization> optimization() {
        return Optional.of(new Optimization(steps, batch));
    }

    @Override
    public boolean losesOnImages() {
        return true;
    }

    @Override
    public boolean findsLatents() {
        return true;
    }

    @Override
    public int latents(SampleShape shape) {
        return latent;
    }

    @Override
    public Optional<EarlyStopping> stopping() {
        return Optional.ofNullable(earlyStopping);
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
        Checks.multipleOf(
                1 << multipliers.size(),
                "dataset.size",
                images.size(),
                "for %d halvings by model.multipliers".formatted(multipliers.size()));
    }

    @Override
    public ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        check(shape);
        ImageShape images = ImageShape.of(shape, kind());
        return new NetworkFamily(
                new VaeProgram(
                        device,
                        this,
                        conditional ? images : images.unlabelled(),
                        complete(sampling).chunk()),
                NetworkTraining.ofOne(
                                device, new Optimization(steps, batch), LearningRate.constant(learningRate), "images")
                        .stopping(earlyStopping));
    }
}
