package org.autophage.model.diffusion;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
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
import org.autophage.model.Sampling;
import org.autophage.model.Sampling.Solver;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.jspecify.annotations.Nullable;

/**
 * A diffusion model. What makes a digit legible is decided at higher σ than what makes a photograph: on small images of glyphs a
 * {@code noiseMean} of −0.4 drew 90% legible digits where the paper's −1.2 drew 83%.
 */
@JsonClassDescription("A diffusion model: a U-Net that takes noise out of images")
public record DiffusionSpec(
        @JsonPropertyDescription("edm (Karras et al. 2022) or ddpm (Ho et al. 2020, as in MAD)")
                ParameterizationKind parameterization,
        @JsonPropertyDescription("T, levels of noise of a ddpm chain, at least 2; edm has none") @Nullable
                Integer timesteps,
        @JsonPropertyDescription(
                        "Mean of ln sigma in edm's training, in (-10, 10); ddpm has none. -0.4 drew more legible glyphs than the usual value, which is for photographs")
                @Nullable
                Double noiseMean,
        @JsonPropertyDescription("Standard deviation of ln sigma in edm's training, in (0, 10); ddpm has none")
                @Nullable
                Double noiseDeviation,
        @JsonPropertyDescription("Whether the network is told labels") boolean conditional,
        @JsonPropertyDescription("Channels of the U-Net at its highest resolution, 4 to 16384, a multiple of 4")
                int channels,
        @JsonPropertyDescription(
                        "Multipliers of the channels, one a resolution, each of which halves height and width: 1 to 10 numbers from 1 to 64")
                List<Integer> multipliers,
        @JsonPropertyDescription("Residual blocks of a resolution on the way down, 1 to 256") int blocks,
        @JsonPropertyDescription(
                        "Side, in pixels, of the square that the network sees as one position, at least 1; 2 makes a step about three times cheaper on small images")
                int patch,
        @JsonPropertyDescription("Optimizer steps of one generation, at least 1") int steps,
        @JsonPropertyDescription("Images of one step, at least 1") int batch,
        @JsonPropertyDescription("Peak of the learning rate's cosine schedule, in (0, 1)") double learningRate,
        @JsonPropertyDescription(
                        "Decay of the moving average of the parameters, with which one samples, in [0, 1); 0 for none")
                double ema,
        @JsonPropertyDescription(
                        "Share of training images whose label is hidden, in [0, 1); classifier-free guidance, a sampling.bias below 1, needs some")
                @Nullable
                Double labelDropout,
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
    public static final DiffusionSpec DEFAULTS = new DiffusionSpec(
            ParameterizationKind.EDM,
            null,
            null,
            null,
            true,
            32,
            List.of(1, 2),
            1,
            2,
            4000,
            128,
            2e-3,
            0.999,
            null,
            Precision.FLOAT32);

    /** T of ddpm where none is given: MAD's. */
    private static final int DEFAULT_TIMESTEPS = 500;

    /** Ho and Salimans 2022, and MAD. */
    private static final double DEFAULT_LABEL_DROPOUT = 0.1;

    /** Names of the parameterizations. */
    public enum ParameterizationKind {
        @JsonProperty("edm")
        EDM,
        @JsonProperty("ddpm")
        DDPM
    }

    /** Without regularization. */
    public DiffusionSpec(
            ParameterizationKind parameterization,
            @Nullable Integer timesteps,
            @Nullable Double noiseMean,
            @Nullable Double noiseDeviation,
            boolean conditional,
            int channels,
            List<Integer> multipliers,
            int blocks,
            int patch,
            int steps,
            int batch,
            double learningRate,
            double ema,
            @Nullable Double labelDropout,
            Precision precision) {
        this(
                parameterization,
                timesteps,
                noiseMean,
                noiseDeviation,
                conditional,
                channels,
                multipliers,
                blocks,
                patch,
                steps,
                batch,
                learningRate,
                ema,
                labelDropout,
                precision,
                null);
    }

    /** That takes all steps. */
    public DiffusionSpec(
            ParameterizationKind parameterization,
            @Nullable Integer timesteps,
            @Nullable Double noiseMean,
            @Nullable Double noiseDeviation,
            boolean conditional,
            int channels,
            List<Integer> multipliers,
            int blocks,
            int patch,
            int steps,
            int batch,
            double learningRate,
            double ema,
            @Nullable Double labelDropout,
            Precision precision,
            @Nullable Regularization regularization) {
        this(
                parameterization,
                timesteps,
                noiseMean,
                noiseDeviation,
                conditional,
                channels,
                multipliers,
                blocks,
                patch,
                steps,
                batch,
                learningRate,
                ema,
                labelDropout,
                precision,
                regularization,
                null);
    }

    public DiffusionSpec {
        multipliers = List.copyOf(multipliers);
        if (parameterization == ParameterizationKind.EDM) {
            Checks.leftOut("model.timesteps", timesteps, "only parameterization ddpm has it");
        } else {
            Checks.leftOut("model.noiseMean", noiseMean, "only parameterization edm has it");
            Checks.leftOut("model.noiseDeviation", noiseDeviation, "only parameterization edm has it");
        }
        Checks.within("model.timesteps", timesteps, Range.atLeast(2));
        Checks.within("model.noiseMean", noiseMean, Range.open(-10, 10));
        Checks.within("model.noiseDeviation", noiseDeviation, Range.open(0, 10));
        Checks.within("model.channels", channels, NetworkSize.features(4));
        Checks.multipleOf(4, "model.channels", channels, "for the groups of group norm");
        NetworkSize.checkMultipliers(multipliers);
        Checks.within("model.blocks", blocks, NetworkSize.layers(1));
        Checks.within("model.patch", patch, Range.atLeast(1));
        Checks.within("model.steps", steps, Range.atLeast(1));
        Checks.within("model.batch", batch, Range.atLeast(1));
        Checks.within("model.learningRate", learningRate, Range.open(0, 1));
        Checks.within("model.ema", ema, Range.closedOpen(0, 1));
        Checks.within("model.labelDropout", labelDropout, Range.closedOpen(0, 1));
        if (labelDropout != null && labelDropout > 0 && !conditional) {
            throw WrongValue.of(
                    "model.labelDropout",
                    labelDropout,
                    "model.conditional is false, so there are no labels to hide; leave the key out");
        }
    }

    @Override
    public DiffusionSpec complete() {
        boolean edm = parameterization == ParameterizationKind.EDM;
        return new DiffusionSpec(
                parameterization,
                edm ? null : Integer.valueOf(chainLength()),
                edm ? Double.valueOf(edm().noiseMean()) : null,
                edm ? Double.valueOf(edm().noiseDeviation()) : null,
                conditional,
                channels,
                multipliers,
                blocks,
                patch,
                steps,
                batch,
                learningRate,
                ema,
                shareWithoutLabel(),
                precision,
                regularization,
                earlyStopping);
    }

    /** What the network's estimates mean, with everything that the spec leaves out. */
    Parameterization parameterized() {
        return switch (parameterization) {
            case EDM -> edm();
            case DDPM -> new Ddpm(chainLength());
        };
    }

    private Edm edm() {
        return new Edm(
                noiseMean == null ? Edm.LOG_MEAN : noiseMean,
                noiseDeviation == null ? Edm.LOG_DEVIATION : noiseDeviation);
    }

    /** T of ddpm. */
    private int chainLength() {
        return timesteps == null ? DEFAULT_TIMESTEPS : timesteps;
    }

    /** T of ddpm; edm is no chain. */
    private OptionalInt chain() {
        return switch (parameterization) {
            case EDM -> OptionalInt.empty();
            case DDPM -> OptionalInt.of(chainLength());
        };
    }

    /** The share of training images whose label is hidden, which is usual where the spec leaves it out. */
    double shareWithoutLabel() {
        return labelDropout == null ? (conditional ? DEFAULT_LABEL_DROPOUT : 0) : labelDropout;
    }

    @Override
    public String kind() {
        return "diffusion";
    }

    /** As fast as any of the sizes tried on a CPU (see docs/performance.md). */
    @Override
    public int usualChunk() {
        return 125;
    }

    @Override
    public Sampling complete(SamplingSpec sampling) {
        return sampling.solvedBy(kind(), solver(sampling), usualChunk());
    }

    private Solver solver(SamplingSpec sampling) {
        SamplerKind usual =
                switch (parameterization) {
                    case EDM -> SamplerKind.DPM;
                    case DDPM -> SamplerKind.DDIM;
                };
        SamplerKind sampler = Objects.requireNonNullElse(sampling.sampler(), usual);
        OptionalInt chain = chain();
        int samplerSteps = sampling.steps() == null ? sampler.sampler().usualSteps(chain) : sampling.steps();
        if (samplerSteps > chain.orElse(Integer.MAX_VALUE)) {
            throw WrongValue.of(
                    "sampling.steps",
                    samplerSteps,
                    "model.timesteps is %d, so at most that many".formatted(chain.getAsInt()));
        }
        if (sampling.bias() < 1 && shareWithoutLabel() == 0) {
            throw WrongValue.of(
                    "sampling.bias",
                    sampling.bias(),
                    conditional
                            ? "guidance needs a model trained without labels too, so model.labelDropout must be above 0"
                            : "guidance is towards a label, so model.conditional must be true");
        }
        return new Solver(sampler, samplerSteps);
    }

    @Override
    public Optional<Optimization> optimization() {
        return Optional.of(new Optimization(steps, batch));
    }

    @Override
    public boolean denoises() {
        return true;
    }

    @Override
    public boolean losesOnImages() {
        return true;
    }

    @Override
    public OptionalDouble highestNoise() {
        return OptionalDouble.of(parameterized().highest());
    }

    @Override
    public boolean findsLatents() {
        return true;
    }

    /** One a pixel and channel. */
    @Override
    public int latents(SampleShape shape) {
        return ImageShape.of(shape, kind()).bytes();
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
    public void check(SampleShape shape) {
        ImageShape images = ImageShape.of(shape, kind());
        Checks.multipleOf(
                patch << (multipliers.size() - 1),
                "dataset.size",
                images.size(),
                "for model.patch %d and %d resolutions".formatted(patch, multipliers.size()));
    }

    @Override
    public ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        check(shape);
        ImageShape images = ImageShape.of(shape, kind());
        return new NetworkFamily(
                new DiffusionProgram(
                        device,
                        this,
                        conditional ? images : images.unlabelled(),
                        solver(sampling),
                        complete(sampling).chunk()),
                NetworkTraining.ofOne(
                                device,
                                new Optimization(steps, batch),
                                LearningRate.cosine(learningRate, steps),
                                "images")
                        .stopping(earlyStopping));
    }
}
