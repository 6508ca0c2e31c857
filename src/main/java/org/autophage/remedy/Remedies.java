package org.autophage.remedy;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleFunction;
import org.autophage.base.AutophageException;
import org.autophage.data.SampleShape;
import org.autophage.loop.KeptShares;
import org.autophage.loop.ModelStage;
import org.autophage.loop.PoolStage;
import org.autophage.loop.SetStage;
import org.autophage.loop.Stages;
import org.autophage.model.ModelFamily;

/** All remedies of an experiment. */
public final class Remedies {
    private Remedies() {}

    /** Puts remedies into the three doors; the order within each is the list's. */
    public static Stages open(List<Remedy> remedies, Setting setting, RemedyContext context) {
        Map<String, ModelStage> ofModel = new LinkedHashMap<>();
        Map<String, PoolStage> ofPool = new LinkedHashMap<>();
        Map<String, SetStage> ofSet = new LinkedHashMap<>();
        for (Remedy remedy : remedies) {
            long known = remedy.cost(setting).sideInformation();
            if (remedy instanceof ModelRemedy model) {
                ofModel.put(freeName(model, ofModel), SideInformation.told(model.open(context), known));
            } else if (remedy instanceof PoolRemedy pool) {
                ofPool.put(freeName(pool, ofPool), SideInformation.told(pool.open(context), known));
            } else if (remedy instanceof SetRemedy set) {
                String name = freeName(set, ofSet);
                ofSet.put(name, SideInformation.told(enough(name, set.open(context), setting), known));
            }
        }
        return new Stages(ofModel, ofPool, ofSet);
    }

    /** The same choice, refused where it leaves fewer samples than a model can be fitted to. */
    private static SetStage enough(String name, SetStage stage, Setting setting) {
        int fewest = setting.model().fewestSamples();
        return (set, turn, random) -> {
            SetStage.Choice choice = stage.choose(set, turn, random);
            if (choice.positions().length < fewest) {
                throw AutophageException.usage(
                        "generation %d: remedies, %s keeps %d of %d samples: this model needs at least %d to learn from"
                                .formatted(
                                        turn.generation(),
                                        name,
                                        choice.positions().length,
                                        set.samples().count(),
                                        fewest));
            }
            return choice;
        };
    }

    /**
     * The shares of real and of synthetic samples that remain, where each sample does or does not by chance alone; nothing where
     * a remedy does anything else.
     */
    public static Optional<KeptShares> keptShares(List<Remedy> remedies) {
        KeptShares kept = KeptShares.ALL;
        for (Remedy remedy : remedies) {
            Optional<KeptShares> of = remedy.keptShares();
            if (of.isEmpty()) {
                return Optional.empty();
            }
            kept = kept.and(of.get());
        }
        return Optional.of(kept);
    }

    /**
     * Refuses a remedy between sampling and mixing that another one there comes before.
     *
     * @param why it has to be the first, a sentence without its end
     * @throws AutophageException with USAGE
     */
    static void requireFirstOfPool(Remedy remedy, List<Remedy> all, String why) {
        for (Remedy before : all) {
            if (before == remedy) {
                return;
            }
            if (before instanceof PoolRemedy) {
                throw AutophageException.usage(
                        "%s, so that it must come before %s, which changes them: put it first in the list"
                                .formatted(why, before.kind()));
            }
        }
    }

    /** Those that act on training. */
    public static List<FamilyRemedy> ofTraining(List<Remedy> remedies) {
        return remedies.stream()
                .filter(FamilyRemedy.class::isInstance)
                .map(FamilyRemedy.class::cast)
                .toList();
    }

    /**
     * The family of an experiment's models, with all remedies that act on training.
     *
     * @param plain makes one as the experiment describes it, whose trainings take the given share of its steps
     * @param shape of the samples
     */
    public static ModelFamily family(List<Remedy> remedies, DoubleFunction<ModelFamily> plain, SampleShape shape) {
        DoubleFunction<ModelFamily> all = plain;
        for (FamilyRemedy remedy : ofTraining(remedies)) {
            DoubleFunction<ModelFamily> inner = all;
            all = share -> remedy.family(part -> inner.apply(share * part), shape);
        }
        return all.apply(1);
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
            Remedy remedy = remedies.get(i);
            try {
                if (!remedy.mayRepeat()
                        && remedies.stream()
                                        .filter(other -> other.kind().equals(remedy.kind()))
                                        .count()
                                > 1) {
                    throw AutophageException.usage("there is another of this kind, which can be there once");
                }
                remedy.check(setting);
                remedy.checkBeside(remedies);
            } catch (AutophageException e) {
                throw new AutophageException(
                        e.exitCode(), "remedies[%d], %s: %s".formatted(i, remedy.kind(), e.getMessage()));
            }
        }
    }
}
