package org.autophage.remedy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.ModelStage;
import org.autophage.loop.PoolStage;
import org.autophage.loop.SetStage;

/**
 * Stages that tell how many real samples their remedy knows beyond the loop's: what they do carries information on these into every
 * generation, so that the count belongs beside whatever they gain.
 */
final class SideInformation {
    private static final String KEY = "sideInformation";

    private SideInformation() {}

    static ModelStage told(ModelStage stage, long samples) {
        return samples == 0
                ? stage
                : (trained, turn) -> {
                    ModelStage.Outcome outcome = stage.apply(trained, turn);
                    return new ModelStage.Outcome(outcome.model(), with(outcome.told(), samples));
                };
    }

    static PoolStage told(PoolStage stage, long samples) {
        return samples == 0
                ? stage
                : (draws, turn) -> {
                    Draws made = stage.apply(draws, turn);
                    return new Draws() {
                        @Override
                        public Given next(int count) {
                            return made.next(count);
                        }

                        @Override
                        public Map<String, Number> told() {
                            return with(made.told(), samples);
                        }
                    };
                };
    }

    static SetStage told(SetStage stage, long samples) {
        return samples == 0
                ? stage
                : (set, turn, random) -> {
                    SetStage.Choice choice = stage.choose(set, turn, random);
                    return new SetStage.Choice(choice.positions(), with(choice.told(), samples));
                };
    }

    private static Map<String, Number> with(Map<String, Number> told, long samples) {
        Map<String, Number> all = new LinkedHashMap<>(told);
        all.put(KEY, samples);
        return all;
    }
}
