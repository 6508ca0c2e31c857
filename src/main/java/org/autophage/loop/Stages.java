package org.autophage.loop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.Phase;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;

/**
 * What stands in the three doors of a loop, in the order in which it is gone through.
 *
 * @param ofModel between training and sampling, by names that records and checkpoints use
 * @param ofPool between sampling and mixing, likewise
 * @param ofSet between mixing and training, likewise
 */
public record Stages(Map<String, ModelStage> ofModel, Map<String, PoolStage> ofPool, Map<String, SetStage> ofSet) {
    /** Open doors: a loop without remedies. */
    public static final Stages NONE = new Stages(Map.of(), Map.of());

    /** A loop whose training sets are what was mixed. */
    public Stages(Map<String, ModelStage> ofModel, Map<String, PoolStage> ofPool) {
        this(ofModel, ofPool, Map.of());
    }

    public Stages {
        ofSet = Collections.unmodifiableMap(new LinkedHashMap<>(ofSet));
        ofModel = Collections.unmodifiableMap(new LinkedHashMap<>(ofModel));
        ofPool = Collections.unmodifiableMap(new LinkedHashMap<>(ofPool));
    }

    /**
     * Takes a trained model through the first door.
     *
     * @param told is given what each stage tells, by its name
     */
    GenerativeModel modelOf(GenerativeModel trained, Turn turn, Map<String, Map<String, ? extends Number>> told) {
        GenerativeModel model = trained;
        int place = 0;
        for (Map.Entry<String, ModelStage> stage : ofModel.entrySet()) {
            ModelStage.Outcome outcome = stage.getValue().apply(model, turn.within(stage.getKey(), place++));
            model = outcome.model();
            told.put(stage.getKey(), outcome.told());
        }
        return model;
    }

    /**
     * Takes a model's draws through the second door.
     *
     * @param count how many come out
     * @param told is given what each stage tells, by its name
     */
    Given given(Draws ofModel, int count, Turn turn, Map<String, Map<String, ? extends Number>> told) {
        Map<String, Draws> all = new LinkedHashMap<>();
        Draws draws = ofModel;
        int place = 0;
        for (Map.Entry<String, PoolStage> stage : ofPool.entrySet()) {
            draws = stage.getValue().apply(draws, turn.within(stage.getKey(), place++));
            all.put(stage.getKey(), draws);
        }
        Given given = draws.next(count);
        all.forEach((name, each) -> told.put(name, each.told()));
        return given;
    }

    /**
     * Takes what was mixed for a generation through the third door. Generation 1 goes round it: its samples are real, and its
     * model is that of every loop on these data.
     *
     * @param turn whose training set is what was mixed
     * @param told is given what each stage tells, by its name, after how many samples of which origin it was offered and kept
     * @return the turn with what is trained on
     */
    Turn filtered(Turn turn, Map<String, Map<String, ? extends Number>> told) {
        if (turn.generation() == 1) {
            return turn;
        }
        TrainingSet set = turn.training();
        int place = 0;
        for (Map.Entry<String, SetStage> stage : ofSet.entrySet()) {
            Turn inPlace = turn.within(stage.getKey(), place++);
            SetStage.Choice choice = stage.getValue().choose(set, inPlace, inPlace.stream(Phase.FILTER));
            TrainingSet kept = set.select(choice.positions());
            Map<String, Number> of = new LinkedHashMap<>();
            tell("offered", set.composition(), of);
            tell("kept", kept.composition(), of);
            of.putAll(choice.told());
            told.put(stage.getKey(), of);
            set = kept;
        }
        return turn.training(set);
    }

    private static void tell(String what, Composition composition, Map<String, Number> told) {
        told.put(what, composition.total());
        composition
                .toMap()
                .forEach((key, count) ->
                        told.put(what + Character.toUpperCase(key.charAt(0)) + key.substring(1), count));
    }
}
