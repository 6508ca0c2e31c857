package org.autophage.loop;

import org.autophage.base.AutophageException;
import org.autophage.data.Dataset;

/**
 * What can be known of a loop before it starts: that no generation asks for more images than there can be, or for none.
 */
record LoopCheck(LoopSpec spec, DataMix mix) {
    void check(Dataset dataset) {
        for (int t = 2; t <= spec.generations(); t++) {
            checkGeneration(t);
        }
        checkRealImages(dataset);
        dataset.at(spec.generations()); // refuses a law that cannot move that far
    }

    private void checkGeneration(int t) {
        if (mix.fixedReal().at(t) > spec.initial()) {
            throw AutophageException.usage(
                    "loop.mix.fixedReal is %d for generation %d: these are images of generation 1, so at most loop.initial = %d"
                            .formatted(mix.fixedReal().at(t), t, spec.initial()));
        }
        if (!mix.synthetic().isAll() && mix.synthetic().at(t) > mix.inMemory(t)) {
            throw AutophageException.usage(
                    "loop.mix.synthetic is %d for generation %d: with loop.synthetic = %d and memory %s there are at most %d"
                            .formatted(
                                    mix.synthetic().at(t),
                                    t,
                                    spec.synthetic(),
                                    mix.memory().specValue(),
                                    mix.inMemory(t)));
        }
        long gathered = mix.gathered(t);
        if (gathered > Integer.MAX_VALUE) {
            throw AutophageException.usage(
                    "generation %d would train on %d images: at most %d fit; lower loop.synthetic"
                            .formatted(t, gathered, Integer.MAX_VALUE));
        }
        if (mix.subsample() != null && mix.subsample().at(t) > gathered) {
            throw AutophageException.usage(
                    "loop.mix.subsample is %d for generation %d: there are only %d images to draw from"
                            .formatted(mix.subsample().at(t), t, gathered));
        }
        checkWeights(t);
        if (gathered == 0 || (mix.subsample() != null && mix.subsample().at(t) == 0)) {
            throw AutophageException.usage(
                    "loop.kind %s leaves generation %d without images: loop.synthetic is %d; give it, or real images, at least 1"
                            .formatted(spec.kind().specName(), t, spec.synthetic()));
        }
    }

    /** A kind of images that has all the weight has to be there. */
    private void checkWeights(int t) {
        Double weight = mix.weightReal() == null ? null : mix.weightReal().share();
        int real = mix.fixedReal().at(t) + mix.freshReal().at(t);
        boolean synthetic = mix.gathered(t) > real;
        if (weight != null && (weight == 0 && !synthetic || weight == 1 && real == 0)) {
            throw AutophageException.usage(
                    "loop.mix.weightReal is %s, but generation %d has only %s samples: their weights would sum to 0"
                            .formatted(weight, t, synthetic ? "synthetic" : "real"));
        }
    }

    private void checkRealImages(Dataset dataset) {
        long available = dataset.available();
        if (spec.initial() > available) {
            throw AutophageException.usage(
                    "loop.initial is %d, but %s has %d real samples outside the holdout: at most %d"
                            .formatted(spec.initial(), dataset.name(), available, available));
        }
        long needed = mix.realImagesUsed(spec.generations());
        if (needed > available) {
            throw AutophageException.usage(freshDataRunsOut(dataset, needed));
        }
    }

    private String freshDataRunsOut(Dataset dataset, long needed) {
        long available = dataset.available();
        if (spec.kind() != LoopKind.FRESH_DATA) {
            return "loop.mix.freshReal is %s, which uses up %d real images in %d generations with loop.initial = %d, but %s has %d"
                    .formatted(
                            mix.freshReal().specValue(),
                            needed,
                            spec.generations(),
                            spec.initial(),
                            dataset.name(),
                            available);
        }
        int mixed = spec.generations() - 1;
        return ("loop.real is %1$d: %2$d at first + %3$d generations x %1$d fresh = %4$d real images, but %5$s has %6$d:"
                        + " at most loop.real = %7$d, or %8$d generations")
                .formatted(
                        spec.real(),
                        spec.initial(),
                        mixed,
                        needed,
                        dataset.name(),
                        available,
                        (available - spec.initial()) / mixed,
                        1 + (available - spec.initial()) / mix.freshReal().at(2));
    }
}
