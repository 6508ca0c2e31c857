package org.autophage.model.gan;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Optional;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
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
import org.jspecify.annotations.Nullable;

/**
 * A generative adversarial network. What is left out is filled in by the architecture.
 */
@JsonClassDescription("A generative adversarial network")
public record GanSpec(
        @JsonPropertyDescription("stylegan2 (Karras et al. 2020, in a small size) or wgan-gp (Gulrajani et al. 2017)")
                ArchitectureKind architecture,
        @JsonPropertyDescription("Whether both networks are told labels") boolean conditional,
        @JsonPropertyDescription("Channels at the images' size, 1 to 16384; each halving of the size doubles them")
                @Nullable
                Integer channels,
        @JsonPropertyDescription("Most channels of a layer, model.channels to 16384") @Nullable Integer maxChannels,
        @JsonPropertyDescription("Dimensions of a latent point, and of stylegan2's W, 1 to 16384") @Nullable
                Integer latent,
        @JsonPropertyDescription("Layers of stylegan2's mapping network, 1 to 256; wgan-gp has none") @Nullable
                Integer mappingLayers,
        @JsonPropertyDescription(
                        "Learning rate of stylegan2's mapping network relative to the other layers', in (0, 1]; wgan-gp has none")
                @Nullable
                Double mappingRate,
        @JsonPropertyDescription("Steps of the generator's optimizer in one generation, at least 1") @Nullable
                Integer steps,
        @JsonPropertyDescription("Steps of the discriminator's optimizer before each of the generator's, at least 1")
                @Nullable
                Integer criticSteps,
        @JsonPropertyDescription("Images of a discriminator's step, at least 1") @Nullable Integer batch,
        @JsonPropertyDescription("Peak of the generator's learning rate, in (0, 1]") @Nullable Double learningRate,
        @JsonPropertyDescription("Peak of the discriminator's learning rate, in (0, 1]; left out, model.learningRate")
                @Nullable
                Double discriminatorLearningRate,
        @JsonPropertyDescription(
                        "Decay of the moving average of the generator, with which one samples, in [0, 1); 0 for none")
                @Nullable
                Double ema,
        @JsonPropertyDescription("Gamma of stylegan2's R1 penalty, in [0, 1e6), 0 for none; wgan-gp has none") @Nullable
                Double r1,
        @JsonPropertyDescription("Steps from one R1 penalty to the next, at least 1; wgan-gp has none") @Nullable
                Integer r1Every,
        @JsonPropertyDescription("Weight of wgan-gp's gradient penalty, in [0, 1e6); stylegan2 has none") @Nullable
                Double gradientPenalty,
        @JsonPropertyDescription("Whether half of the training images are mirrored") boolean flips,
        @JsonPropertyDescription(
                        "What is done to real and generated images before the discriminator sees them: none, diffaugment (Zhao et al. 2020), or ada, each of diffaugment's changes with a probability that adapts (Karras et al. 2020)")
                Augmentation augmentation,
        @JsonPropertyDescription(
                        "Arithmetic of the networks: float32, or bfloat16, faster where the processor has instructions for it; parameters, optimizer and loss are float32 in any case")
                Precision precision,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @JsonPropertyDescription(
                        "How the probability of augmentation ada moves, from 0 in every generation; other augmentations have none")
                @Nullable
                AdaptiveAugmentation ada)
        implements ModelSpec {
    /** StyleGAN2, told labels; all else is left to the architecture. */
    public static final GanSpec DEFAULTS = new GanSpec(
            ArchitectureKind.STYLEGAN2,
            true,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            false,
            Augmentation.NONE,
            Precision.FLOAT32);

    /** Without adaptation. */
    public GanSpec(
            ArchitectureKind architecture,
            boolean conditional,
            @Nullable Integer channels,
            @Nullable Integer maxChannels,
            @Nullable Integer latent,
            @Nullable Integer mappingLayers,
            @Nullable Double mappingRate,
            @Nullable Integer steps,
            @Nullable Integer criticSteps,
            @Nullable Integer batch,
            @Nullable Double learningRate,
            @Nullable Double discriminatorLearningRate,
            @Nullable Double ema,
            @Nullable Double r1,
            @Nullable Integer r1Every,
            @Nullable Double gradientPenalty,
            boolean flips,
            Augmentation augmentation,
            Precision precision) {
        this(
                architecture,
                conditional,
                channels,
                maxChannels,
                latent,
                mappingLayers,
                mappingRate,
                steps,
                criticSteps,
                batch,
                learningRate,
                discriminatorLearningRate,
                ema,
                r1,
                r1Every,
                gradientPenalty,
                flips,
                augmentation,
                precision,
                null);
    }

    /** Names of the architectures. */
    public enum ArchitectureKind {
        @JsonProperty("stylegan2")
        STYLEGAN2,
        @JsonProperty("wgan-gp")
        WGAN_GP
    }

    public GanSpec {
        if (architecture == ArchitectureKind.STYLEGAN2) {
            Checks.leftOut("model.gradientPenalty", gradientPenalty, "only architecture wgan-gp has it");
        } else {
            String style = "only architecture stylegan2 has it";
            Checks.leftOut("model.mappingLayers", mappingLayers, style);
            Checks.leftOut("model.mappingRate", mappingRate, style);
            Checks.leftOut("model.r1", r1, style);
            Checks.leftOut("model.r1Every", r1Every, style);
        }
        if (augmentation != Augmentation.ADA) {
            Checks.leftOut("model.ada", ada, "only model.augmentation ada has it");
        } else if (architecture == ArchitectureKind.WGAN_GP) {
            throw WrongValue.of(
                    "model.augmentation",
                    "ada",
                    "only architecture stylegan2 has it, for the scores of a wgan-gp's critic have no sign that says anything");
        }
        Checks.within("model.channels", channels, NetworkSize.features(1));
        Checks.within("model.maxChannels", maxChannels, NetworkSize.features(1));
        if (channels != null) {
            Checks.within("model.maxChannels", maxChannels, Range.atLeast(channels), "the value of model.channels");
        }
        Checks.within("model.latent", latent, NetworkSize.features(1));
        Checks.within("model.mappingLayers", mappingLayers, NetworkSize.layers(1));
        Checks.within("model.mappingRate", mappingRate, Range.openClosed(0, 1));
        Checks.within("model.steps", steps, Range.atLeast(1));
        Checks.within("model.criticSteps", criticSteps, Range.atLeast(1));
        Checks.within("model.batch", batch, Range.atLeast(1));
        Checks.within("model.learningRate", learningRate, Range.openClosed(0, 1));
        Checks.within("model.discriminatorLearningRate", discriminatorLearningRate, Range.openClosed(0, 1));
        Checks.within("model.ema", ema, Range.closedOpen(0, 1));
        Checks.within("model.r1", r1, Range.closedOpen(0, 1e6));
        Checks.within("model.r1Every", r1Every, Range.atLeast(1));
        Checks.within("model.gradientPenalty", gradientPenalty, Range.closedOpen(0, 1e6));
    }

    @Override
    public GanSpec complete() {
        GanSettings all = GanSettings.of(this);
        boolean style = architecture == ArchitectureKind.STYLEGAN2;
        return new GanSpec(
                architecture,
                conditional,
                all.channels(),
                all.maxChannels(),
                all.latent(),
                style ? Integer.valueOf(all.mappingLayers()) : null,
                style ? Double.valueOf(all.mappingRate()) : null,
                all.steps(),
                all.criticSteps(),
                all.batch(),
                all.learningRate(),
                all.discriminatorLearningRate(),
                all.ema(),
                style ? Double.valueOf(GanSettings.nonSaturating(this).gamma()) : null,
                style ? Integer.valueOf(GanSettings.nonSaturating(this).every()) : null,
                style ? null : Double.valueOf(GanSettings.wasserstein(this).weight()),
                flips,
                augmentation,
                precision,
                all.ada());
    }

    @Override
    public String kind() {
        return "gan";
    }

    @Override
    public int usualChunk() {
        return 100;
    }

    @Override
    public Optional<Optimization> optimization() {
        return Optional.of(GanSettings.of(this).optimization());
    }

    @Override
    public boolean learnsLabels() {
        return conditional;
    }

    @Override
    public List<String> learningRates() {
        return List.of("learningRate", "discriminatorLearningRate");
    }

    @Override
    public void check(SampleShape shape) {
        ImageShape images = ImageShape.of(shape, kind());
        if (!Resolutions.of(images.size(), GanSettings.of(this)).fit()) {
            throw WrongValue.of(
                    "dataset.size",
                    images.size(),
                    "model.kind gan halves it down to 4, 5, 6 or 7 pixels; 28, 32, 64 and 128 are such sizes");
        }
    }

    @Override
    public ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        check(shape);
        GanSettings settings = GanSettings.of(this);
        ImageShape images = ImageShape.of(shape, kind());
        GanProgram program = new GanProgram(
                device,
                settings,
                conditional ? images : images.unlabelled(),
                complete(sampling).chunk());
        return new NetworkFamily(
                program,
                new NetworkTraining(
                        device,
                        settings.optimization(),
                        LearningRate.cosine(settings.learningRate(), settings.steps()),
                        "images",
                        program.watch()));
    }
}
