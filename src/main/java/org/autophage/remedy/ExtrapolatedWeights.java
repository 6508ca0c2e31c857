package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.ModelStage;
import org.autophage.loop.Turn;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.model.ModelWeights;
import org.jspecify.annotations.Nullable;

/**
 * Neon (arXiv 2510.03597): the trained model θ_r draws samples, a copy of it is briefly trained on them, which gives θ_s, and
 * θ_r − w(θ_s − θ_r) samples in place of θ_r: a step away from where its own samples lead. It needs samples that are narrower than
 * the law they stand for, as with λ &lt; 1. Both θ are the moving averages that one samples with; of a GAN the generator's. Models in closed
 * form, Gaussians, are fitted to the samples anew, and what is extrapolated is mean and covariance.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Neon: weights go away from those of a copy that is briefly trained on own samples")
public record ExtrapolatedWeights(
        @JsonPropertyDescription(
                        "w: how far they go, in [-1, 1000]; 0 changes nothing, -1 is the copy itself. A number, or a list for generations 1, 2, … whose last one holds on")
                Strength weight,
        @JsonPropertyDescription("Own samples that the copy is trained on, at least 2; left out, loop.synthetic")
                @Nullable
                Integer samples,
        @JsonPropertyDescription(
                        "Steps of the copy's training, at least 1; left out, a fiftieth of model.steps. Models fitted in closed form have none")
                @Nullable
                Integer steps,
        @JsonPropertyDescription(
                        "The copy's learning rates relative to the model's, in (0, 1]; left out, 0.1. Models fitted in closed form have none")
                @Nullable
                Double rate)
        implements ModelRemedy {
    /** Half the way, with all else left to the experiment. */
    public static final ExtrapolatedWeights DEFAULTS = new ExtrapolatedWeights(0.5, null, null, null);

    /** Of the same weight in every generation. */
    public ExtrapolatedWeights(
            double weight, @Nullable Integer samples, @Nullable Integer steps, @Nullable Double rate) {
        this(Strength.of(weight), samples, steps, rate);
    }

    private static final double FURTHEST = 1000;
    private static final int SHARE_OF_STEPS = 50;
    private static final double USUAL_RATE = 0.1;
    private static final long TRAINING = 1;

    /** The stream of chunks of its samples lies beyond the seed of its training. */
    private static final long FIRST_CHUNK = 1L << 32;

    public ExtrapolatedWeights {
        weight.check("weight", -1, FURTHEST, "-1 is the copy itself, 0 the model");
        if (samples != null && samples < 2) {
            throw AutophageException.usage("samples is %d: must be at least 2".formatted(samples));
        }
        if (steps != null && steps < 1) {
            throw AutophageException.usage("steps is %d: must be at least 1".formatted(steps));
        }
        if (rate != null && !(rate > 0 && rate <= 1)) {
            throw AutophageException.usage(
                    "rate is %s: must be in (0, 1], the copy's learning rates relative to the model's".formatted(rate));
        }
    }

    @Override
    public Remedy complete(Setting setting) {
        Integer of = samples == null && setting.plan().spec().synthetic() >= 2
                ? Integer.valueOf(setting.plan().spec().synthetic())
                : samples;
        return setting.model()
                .optimization()
                .<Remedy>map(each -> new ExtrapolatedWeights(
                        weight,
                        of,
                        steps == null ? Integer.valueOf(Math.max(1, each.steps() / SHARE_OF_STEPS)) : steps,
                        rate == null ? Double.valueOf(USUAL_RATE) : rate))
                .orElse(new ExtrapolatedWeights(weight, of, steps, rate));
    }

    @Override
    public void check(Setting setting) {
        if (!setting.model().hasWeights()) {
            throw AutophageException.usage(
                    "models of this kind have no weights that a line through two of them has a meaning for; leave the remedy out");
        }
        if (samples == null) {
            throw AutophageException.usage("samples is missing: loop.synthetic is too small to be taken for it");
        }
        if (samples < setting.model().fewestSamples()) {
            throw AutophageException.usage("samples is %d: this model needs at least %d to learn from"
                    .formatted(samples, setting.model().fewestSamples()));
        }
        if (setting.model().optimization().isEmpty()) {
            refuse("steps", steps);
            refuse("rate", rate);
        }
    }

    private static void refuse(String key, @Nullable Number value) {
        if (value != null) {
            throw AutophageException.usage(
                    "%s is %s: this model is fitted in closed form; leave the key out".formatted(key, value));
        }
    }

    @Override
    public Cost cost(Setting setting) {
        int drawn = Objects.requireNonNull(samples);
        boolean closedForm = setting.model().optimization().isEmpty();
        return new Cost(
                drawn,
                closedForm ? 1 : Objects.requireNonNull(steps),
                closedForm
                        ? "each model draws %d samples more, and a copy is fitted to them".formatted(drawn)
                        : "each model draws %d samples more, and a copy is trained on them for %d steps of the model's %d"
                                .formatted(
                                        drawn,
                                        steps,
                                        setting.model()
                                                .optimization()
                                                .map(Optimization::steps)
                                                .orElseThrow()));
    }

    @Override
    public ModelStage open(RemedyContext context) {
        int count = Objects.requireNonNull(samples);
        ModelFamily family = context.brief(steps == null ? 1 : steps, rate == null ? 1 : rate);
        return (trained, turn) -> {
            try (trained;
                    GenerativeModel copy = copy(trained, family, count, turn)) {
                double w = weight.at(turn.generation());
                ModelWeights base = trained.weights().orElseThrow();
                ModelWeights line = base.extrapolated(w, copy.weights().orElseThrow());
                requireFinite(line, turn);
                GenerativeModel model = trained.with(line);
                Map<String, Number> told = new LinkedHashMap<>();
                told.put("weight", w);
                told.put("drawn", count);
                told.put("distance", base.distance(copy.weights().orElseThrow()));
                told.put("clippedVariances", model.clippedVariances());
                return new ModelStage.Outcome(model, told);
            }
        };
    }

    /** The model, trained on its own samples; they and the training have streams and checkpoints of their own. */
    private GenerativeModel copy(GenerativeModel trained, ModelFamily family, int count, Turn turn) {
        Seeds.Stream stream = turn.stream(Phase.TRANSFORM);
        Samples own = trained.sample(count, turn.plan().bias(), chunk -> stream.of(FIRST_CHUNK + chunk), turn.work());
        int[] generations = new int[count];
        Arrays.fill(generations, turn.generation());
        TrainingSet set = new TrainingSet(
                own, new Origins(generations, LongStream.range(0, count).toArray()), new Composition(0, 0, count));
        GenerativeModel start = steps == null ? null : trained; // a closed form has no start
        return family.train(set, start, new Seeds(stream.of(TRAINING)), turn.generation(), turn.work());
    }

    private void requireFinite(ModelWeights weights, Turn turn) {
        if (!weights.areFinite()) {
            throw new AutophageException(
                    ExitCode.DIVERGED,
                    "generation %d: weights extrapolated with remedies, extrapolate, weight %s are not finite: a smaller weight keeps them near the model's"
                            .formatted(turn.generation(), weight.at(turn.generation())));
        }
    }
}
