package org.autophage.remedy;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Phase;
import org.autophage.base.Range;
import org.autophage.base.Seeds;
import org.autophage.base.WrongValue;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.ModelStage;
import org.autophage.loop.Turn;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec.Optimization;
import org.jspecify.annotations.Nullable;

/**
 * A copy of a model that is briefly trained on the model's own samples: it shows where these lead, so that a remedy can go the
 * other way. Models in closed form are fitted to the samples anew.
 *
 * @param samples own samples that it is trained on, at least 2; null where the loop gives none
 * @param steps of its training; null of models in closed form
 * @param rate its learning rates relative to the model's, in (0, 1]; null of models in closed form
 */
record BriefCopy(@Nullable Integer samples, @Nullable Integer steps, @Nullable Double rate) {
    private static final double FURTHEST = 1000;
    private static final int SHARE_OF_STEPS = 50;
    private static final double USUAL_RATE = 0.1;
    private static final long TRAINING = 1;

    /** The stream of chunks of its samples lies beyond the seed of its training. */
    private static final long FIRST_CHUNK = 1L << 32;

    BriefCopy {
        Checks.within("samples", samples, Range.atLeast(2));
        Checks.within("steps", steps, Range.atLeast(1));
        Checks.within("rate", rate, Range.openClosed(0, 1), "the copy's learning rates relative to the model's");
    }

    BriefCopy complete(Setting setting) {
        Integer of = samples == null && setting.plan().spec().synthetic() >= 2
                ? Integer.valueOf(setting.plan().spec().synthetic())
                : samples;
        return setting.model()
                .optimization()
                .map(each -> new BriefCopy(
                        of,
                        steps == null ? Integer.valueOf(Math.max(1, each.steps() / SHARE_OF_STEPS)) : steps,
                        rate == null ? Double.valueOf(USUAL_RATE) : rate))
                .orElse(new BriefCopy(of, steps, rate));
    }

    /**
     * Looks whether an experiment's models can have such a copy.
     *
     * @throws AutophageException with USAGE
     */
    void check(Setting setting) {
        if (samples == null) {
            throw new WrongValue("samples", "is missing: loop.synthetic is too small to be taken for it");
        }
        setting.requireEnough(samples);
        if (setting.model().optimization().isEmpty()) {
            Checks.leftOut("steps", steps, "this model is fitted in closed form");
            Checks.leftOut("rate", rate, "this model is fitted in closed form");
        }
    }

    /** How many samples it is trained on. */
    int count() {
        return Objects.requireNonNull(samples);
    }

    Remedy.Cost cost(Setting setting) {
        boolean closedForm = setting.model().optimization().isEmpty();
        return new Remedy.Cost(
                count(),
                closedForm ? 1 : Objects.requireNonNull(steps),
                closedForm
                        ? "each model draws %d samples more, and a copy is fitted to them".formatted(count())
                        : "each model draws %d samples more, and a copy is trained on them for %d steps of the model's %d"
                                .formatted(
                                        count(),
                                        steps,
                                        setting.model()
                                                .optimization()
                                                .map(Optimization::steps)
                                                .orElseThrow()));
    }

    /** Refuses a weight that leads nowhere. */
    static void checkWeight(Strength weight) {
        weight.check("weight", Range.closed(-1, FURTHEST), "-1 is the copy itself, 0 the model");
    }

    /** What is made of a model and its copy. */
    @FunctionalInterface
    interface Leading {
        /**
         * Another model; the two are the caller's.
         *
         * @param weight how far it goes away from the copy
         */
        GenerativeModel of(GenerativeModel trained, GenerativeModel copy, double weight, Turn turn);
    }

    /** The stage in which a model is led away from such a copy; tells how far that is. */
    ModelStage stage(RemedyContext context, Strength weight, Leading leading) {
        ModelFamily family = context.brief(steps == null ? 1 : steps, rate == null ? 1 : rate);
        return (trained, turn) -> {
            try (trained;
                    GenerativeModel copy = of(trained, family, turn)) {
                double w = weight.at(turn.generation());
                GenerativeModel model = leading.of(trained, copy, w, turn);
                Map<String, Number> told = new LinkedHashMap<>();
                told.put("weight", w);
                told.put("drawn", count());
                told.put(
                        "distance",
                        trained.weights().orElseThrow().distance(copy.weights().orElseThrow()));
                return new ModelStage.Outcome(model, told);
            }
        };
    }

    /** The copy, which the caller closes; its samples and its training have streams and checkpoints of their own. */
    private GenerativeModel of(GenerativeModel trained, ModelFamily family, Turn turn) {
        int count = count();
        Seeds.Stream stream = turn.stream(Phase.TRANSFORM);
        Samples own = trained.sample(count, turn.plan().bias(), chunk -> stream.of(FIRST_CHUNK + chunk), turn.work());
        int[] generations = new int[count];
        Arrays.fill(generations, turn.generation());
        TrainingSet set = new TrainingSet(
                own, new Origins(generations, LongStream.range(0, count).toArray()), new Composition(0, 0, count));
        GenerativeModel start = steps == null ? null : trained; // a closed form has no start
        return family.train(set, start, new Seeds(stream.of(TRAINING)), turn.generation(), turn.work());
    }
}
