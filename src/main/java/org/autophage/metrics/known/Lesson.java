package org.autophage.metrics.known;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.autophage.base.Seeds;
import org.autophage.data.Images;
import org.autophage.data.Shuffle;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.classifier.Learners;

/**
 * What models that are trained for a measurement learn from and are tested on.
 *
 * @param samples generated images with their labels
 * @param chosen some of the real images that generations may learn from, as many as samples or as there are
 * @param holdout real images that nothing learns from
 * @param labelsFrom whose labels the samples have
 * @param seeds of the generation
 */
record Lesson(
        Images samples,
        MeasuredSet chosen,
        Images holdout,
        String labelsFrom,
        Instruments instruments,
        Seeds.Stream seeds) {
    /** Chunks of a generation's stream of seeds: one a training. */
    static final long LEARNER = 0x6c65_6172_6e65_7200L;

    static final long LEARNER_WITH_REAL = LEARNER + 1;
    static final long CONTRASTIVE = LEARNER + 2;
    static final long ROTATION = LEARNER + 3;

    /** Of trainings on real images alone, which are of no generation. */
    static final long SEED = 20_231_002;

    /** What a pair has to learn from; nothing outside of runs, and of images without classes. */
    static Optional<Lesson> of(MeasuredPair pair) {
        return pair.labelled().flatMap(samples -> pair.chosenReal().flatMap(chosen -> pair.generation()
                .map(generation -> new Lesson(
                        samples,
                        chosen,
                        pair.real().images().orElseThrow(),
                        labelsFrom(pair.judged().orElseThrow()),
                        pair.instruments(),
                        generation.seeds()))));
    }

    private static String labelsFrom(MeasuredPair.JudgedImages judged) {
        return judged.asked().isPresent() ? Basis.ASKED : judged.judge().name();
    }

    /** Real images to learn from. */
    Images real() {
        return chosen.images().orElseThrow();
    }

    /** So many of the holdout, or all where there are fewer: drawn, because it may be sorted by class, the same every time. */
    Images tested(int most) {
        return holdout.select(Shuffle.subset(most, holdout.count(), new SplittableRandom(SEED)));
    }

    /** The seed of one training. */
    long seed(long training) {
        return seeds.of(training);
    }

    /** A figure of the real images alone, found once a run. */
    double once(Metric figure, Supplier<Double> compute) {
        return chosen.figure(figure.key(), () -> Optional.of(compute.get())).orElseThrow();
    }

    /** Who trains. */
    Learners learners() {
        return instruments.of(Learners.class, Learners::new);
    }
}
