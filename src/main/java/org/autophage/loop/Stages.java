package org.autophage.loop;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.model.GenerativeModel;

/**
 * What stands in the two doors of a loop, in the order in which it is gone through.
 *
 * @param ofModel between training and sampling, by names that records and checkpoints use
 * @param ofPool between sampling and mixing, likewise
 */
public record Stages(Map<String, ModelStage> ofModel, Map<String, PoolStage> ofPool) {
    /** Open doors: a loop without remedies. */
    public static final Stages NONE = new Stages(Map.of(), Map.of());

    public Stages {
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
}
