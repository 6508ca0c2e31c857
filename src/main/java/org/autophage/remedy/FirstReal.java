package org.autophage.remedy;

import org.autophage.base.Seeds;
import org.autophage.data.Dataset;
import org.autophage.data.Samples;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.Turn;
import org.jspecify.annotations.Nullable;

/**
 * The samples that generation 1 of a seed is trained on: there was no model before it, so that whoever chooses may know them to be
 * real without asking for origins.
 */
final class FirstReal {
    private FirstReal() {}

    static Samples of(Dataset dataset, LoopPlan plan, Seeds seeds) {
        return dataset.real(plan.spec().dataMix().firstRealImages(dataset, seeds));
    }

    /** What is made of these samples, kept for as long as the seed stays the same. */
    static final class Made<T> {
        private final Dataset dataset;
        private final Maker<T> maker;
        private @Nullable Seeds seeds;
        private @Nullable T made;

        Made(Dataset dataset, Maker<T> maker) {
            this.dataset = dataset;
            this.maker = maker;
        }

        T of(Turn turn) {
            T known = made;
            if (known == null || !turn.seeds().equals(seeds)) {
                known = maker.of(FirstReal.of(dataset, turn.plan(), turn.seeds()));
                made = known;
                seeds = turn.seeds();
            }
            return known;
        }
    }

    @FunctionalInterface
    interface Maker<T> {
        T of(Samples real);
    }
}
