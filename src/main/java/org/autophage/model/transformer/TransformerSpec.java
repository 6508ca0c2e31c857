package org.autophage.model.transformer;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Optional;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.SampleShape;
import org.autophage.data.TokenShape;
import org.autophage.model.EarlyStopping;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.NetworkFamily;
import org.autophage.model.NetworkSize;
import org.autophage.model.NetworkTraining;
import org.autophage.model.Precision;
import org.autophage.model.Sampling;
import org.autophage.model.SamplingSpec;
import org.autophage.model.SequenceSampling;
import org.autophage.program.Device;
import org.autophage.program.LearningRate;
import org.jspecify.annotations.Nullable;

/** A causal language model of sequences of tokens; sampling bias λ is the temperature of its next tokens. */
@JsonClassDescription(
        "A causal transformer, a language model of tokens: rotary positions, pre-norm, GELU, AdamW; lambda is the temperature of its next tokens")
public record TransformerSpec(
        @JsonPropertyDescription("Blocks of attention and a layer, 1 to 256") int layers,
        @JsonPropertyDescription("Features of a token, 2 to 16384, a multiple of twice the heads") int width,
        @JsonPropertyDescription("Heads of the attention of each block, at least 1") int heads,
        @JsonPropertyDescription(
                        "Tokens that one sees before it predicts the next, itself among them, at least 1; where sequences end by a token, those of a row of training, too. Sequences of one length must not be longer")
                int context,
        @JsonPropertyDescription(
                        "Whether the table that tokens are embedded by gives the logits too; else these have one of their own")
                boolean tied,
        @JsonPropertyDescription("Optimizer steps of one generation, at least 1") int steps,
        @JsonPropertyDescription(
                        "Rows of one step, at least 1: of as many tokens as context has, or of a sequence each where all have one length")
                int batch,
        @JsonPropertyDescription("Highest learning rate, in (0, 1)") double learningRate,
        @JsonPropertyDescription(
                        "Learning rate of the last step as a share of the highest, in [0, 1]; half a cosine leads there")
                double lastRate,
        @JsonPropertyDescription("First steps, at least 0, over which the learning rate rises") int warmUp,
        @JsonPropertyDescription(
                        "Decoupled weight decay (AdamW, arXiv 1711.05101), in [0, 1000]: before each step all parameters are multiplied by 1 - learning rate times this")
                double weightDecay,
        @JsonPropertyDescription(
                        "Decay of the moving average of the parameters, with which one samples, in [0, 1); 0 for none")
                double ema,
        @JsonPropertyDescription(
                        "Arithmetic of the network: float32, or bfloat16, faster where the processor has instructions for it; parameters, optimizer, loss and the draw of tokens are not rounded in any case")
                Precision precision,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @JsonPropertyDescription(
                        "Share of what each block adds, and of the embedding, that each training step zeroes at random, in (0, 1); left out, nothing")
                @Nullable
                Double dropout,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @JsonPropertyDescription(
                        "Truncated cross-entropy (arXiv 2509.08972): tokens that are predicted with a higher probability than this, in (0, 1), have no part in the loss; left out, all have")
                @Nullable
                Double lossCap,
        @JsonInclude(JsonInclude.Include.NON_NULL)
                @JsonPropertyDescription(
                        "Training that ends when a part of the training set that is held out is learnt no better, with the weights that did best; left out, all steps are taken on all samples")
                @Nullable
                EarlyStopping earlyStopping)
        implements ModelSpec {
    /** Small enough for minutes on a CPU; large enough for the number agreement and nesting of a small grammar. */
    public static final TransformerSpec DEFAULTS = new TransformerSpec(
            2, 64, 4, 64, false, 1000, 64, 1e-2, 0.1, 50, 0.1, 0.99, Precision.FLOAT32, null, null, null);

    private static final double HEAVIEST = 1000;

    public TransformerSpec {
        Checks.within("model.layers", layers, NetworkSize.layers(1));
        Checks.within("model.width", width, NetworkSize.features(2));
        Checks.within("model.heads", heads, NetworkSize.features(1));
        Checks.multipleOf(
                Math.multiplyExact(2, heads),
                "model.width",
                width,
                "for %d heads (model.heads) share it, and positions turn pairs of features".formatted(heads));
        Checks.within("model.context", context, Range.atLeast(1));
        Checks.within("model.steps", steps, Range.atLeast(1));
        Checks.within("model.batch", batch, Range.atLeast(1));
        Checks.within("model.learningRate", learningRate, Range.open(0, 1));
        Checks.within("model.lastRate", lastRate, Range.closed(0, 1));
        Checks.within("model.warmUp", warmUp, Range.atLeast(0));
        Checks.within("model.weightDecay", weightDecay, Range.closed(0, HEAVIEST));
        Checks.within("model.ema", ema, Range.closedOpen(0, 1));
        Checks.within("model.dropout", dropout, Range.open(0, 1));
        Checks.within("model.lossCap", lossCap, Range.open(0, 1));
    }

    /** Share of features that a training step zeroes; 0 for none. */
    double dropped() {
        return dropout == null ? 0 : dropout;
    }

    @Override
    public Optional<Optimization> optimization() {
        return Optional.of(new Optimization(steps, batch));
    }

    @Override
    public boolean editsTokens() {
        return true;
    }

    @Override
    public Optional<EarlyStopping> stopping() {
        return Optional.ofNullable(earlyStopping);
    }

    @Override
    public TransformerSpec complete() {
        return this;
    }

    @Override
    public Sampling complete(SamplingSpec sampling) {
        return sampling.ofTokens(kind(), usualChunk());
    }

    @Override
    public String kind() {
        return "transformer";
    }

    /** Sequences that have ended make room, and the fewer there are the less a token costs. */
    @Override
    public int usualChunk() {
        return 512;
    }

    @Override
    public void check(SampleShape shape) {
        TokenShape tokens = TokenShape.of(shape, kind());
        if (tokens.replicas() != 1) {
            Checks.within(
                    "dataset.replicas",
                    tokens.replicas(),
                    Range.wholeFrom(1, 1),
                    "for model.kind transformer learns one");
        }
        if (!tokens.ends()) {
            Checks.within(
                    "model.context",
                    context,
                    Range.atLeast(tokens.length()),
                    "for the dataset's sequences have %d tokens each".formatted(tokens.length()));
        }
    }

    @Override
    public ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        check(shape);
        TokenShape tokens = TokenShape.of(shape, kind());
        Sampling complete = complete(sampling);
        LearningRate rate = LearningRate.cosine(learningRate, lastRate * learningRate, warmUp, steps);
        return new NetworkFamily(
                new TransformerProgram(
                        this, new SequenceSampling(device, tokens, complete.chunk()), complete.truncation()),
                NetworkTraining.ofOne(device, new Optimization(steps, batch), rate, "rows")
                        .stopping(earlyStopping));
    }
}
