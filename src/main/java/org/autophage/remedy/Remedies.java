package org.autophage.remedy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.loop.ModelStage;
import org.autophage.loop.PoolStage;
import org.autophage.loop.Stages;

/** All remedies of an experiment. */
public final class Remedies {
    private Remedies() {}

    /** Puts remedies into the two doors; the order within each is the list's. */
    public static Stages open(List<Remedy> remedies, RemedyContext context) {
        Map<String, ModelStage> ofModel = new LinkedHashMap<>();
        Map<String, PoolStage> ofPool = new LinkedHashMap<>();
        for (Remedy remedy : remedies) {
            if (remedy instanceof ModelRemedy model) {
                ofModel.put(freeName(model, ofModel), model.open(context));
            } else if (remedy instanceof PoolRemedy pool) {
                ofPool.put(freeName(pool, ofPool), pool.open(context));
            }
        }
        return new Stages(ofModel, ofPool);
    }

    /** The kind; with a number from the second of a kind on. */
    private static String freeName(Remedy remedy, Map<String, ?> taken) {
        long before = taken.keySet().stream()
                .filter(name -> name.matches(remedy.kind() + "(-\\d+)?"))
                .count();
        return before == 0 ? remedy.kind() : remedy.kind() + "-" + (before + 1);
    }

    /**
     * Looks whether they can do anything in an experiment.
     *
     * @throws AutophageException with USAGE, naming which of them, if one cannot
     */
    public static void check(List<Remedy> remedies, Setting setting) {
        for (int i = 0; i < remedies.size(); i++) {
            try {
                remedies.get(i).check(setting);
            } catch (AutophageException e) {
                throw new AutophageException(
                        e.exitCode(),
                        "remedies[%d], %s: %s".formatted(i, remedies.get(i).kind(), e.getMessage()));
            }
        }
    }
}
