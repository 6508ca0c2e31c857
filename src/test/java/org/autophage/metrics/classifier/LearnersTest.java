package org.autophage.metrics.classifier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.data.Images;
import org.autophage.data.Shuffle;
import org.autophage.metrics.Bars;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a learner knows is what its images and labels say, and nothing else. */
class LearnersTest extends OnCpu {
    private static final int STEPS = 150;
    private static final Bars BARS = new Bars(400, 400);
    private static Learners learners;

    @BeforeAll
    static void open() {
        learners = new Learners(device, STEPS);
    }

    @AfterAll
    static void close() {
        learners.close();
    }

    private static Images real() {
        return BARS.real(LongStream.range(0, BARS.count()).toArray());
    }

    private static double accuracy(Images images, long seed) {
        return learners.of(images, seed).accuracy(BARS.holdout()).ofAll();
    }

    @Test
    void realImagesTeachTheClasses() {
        Learner.Accuracy accuracy = learners.of(real(), 1).accuracy(BARS.holdout());
        assertThat(accuracy.ofAll()).isGreaterThan(.95);
        assertThat(accuracy.ofWorstClass()).isBetween(.85, accuracy.ofAll());
    }

    /**
     * Labels that say nothing: over all permutations of labels the mean is exactly 1 of 4. Were all images of a class given one answer,
     * one training's standard deviation would be √3/8 = .217, and that of the mean of four .108.
     */
    @Tag("slow")
    @Test
    void shuffledLabelsTeachNothing() {
        double sum = 0;
        for (int seed = 0; seed < 4; seed++) {
            Images images = real();
            int[] labels = images.labels();
            int[] order = Shuffle.permutation(labels.length, new SplittableRandom(seed));
            int[] shuffled = Arrays.stream(order).map(i -> labels[i]).toArray();
            sum += accuracy(images.labelled(images.classNames(), shuffled), seed);
        }
        assertThat(sum / 4).isCloseTo(1.0 / Bars.CLASSES, within(.2));
    }

    /** Labels that all say the next class: what is learnt is never right. */
    @Test
    void wrongLabelsTeachWhatTheySay() {
        Images images = real();
        int[] wrong = Arrays.stream(images.labels())
                .map(label -> (label + 1) % Bars.CLASSES)
                .toArray();
        assertThat(accuracy(images.labelled(images.classNames(), wrong), 1)).isLessThan(.05);
    }

    /** Black pictures: one answer for all, right of one class in four. */
    @Test
    void picturesThatShowNothingTeachNothing() {
        Images images = real();
        Images black = new Images(16, 16, 1, images.classNames(), new byte[images.count() * 256], images.labels());
        assertThat(accuracy(black, 1)).isCloseTo(1.0 / Bars.CLASSES, within(.15));
    }

    @Test
    void aMissingClassIsNeverNamed() {
        Images images = real();
        int[] others = IntStream.range(0, images.count())
                .filter(i -> images.labels()[i] != 2)
                .toArray();
        Learner.Accuracy accuracy = learners.of(images.select(others), 1).accuracy(BARS.holdout());
        assertThat(accuracy.ofWorstClass()).isZero();
        assertThat(accuracy.ofAll()).isBetween(.7, .75);
    }

    @Test
    void theSameTrainingIsFoundAgainAndRepeatsItself() {
        Images images = real();
        Learner first = learners.of(images, 5);
        assertThat(learners.of(images, 5)).isSameAs(first);
        assertThat(learners.of(images, 6)).isNotSameAs(first);
        try (Learners others = new Learners(device, STEPS)) {
            assertThat(others.of(real(), 5).accuracy(BARS.holdout())).isEqualTo(first.accuracy(BARS.holdout()));
        }
    }

    @Test
    void anInterruptedTrainingEndsInOneLine() {
        AtomicInteger asked = new AtomicInteger();
        assertThatThrownBy(() -> Interruptible.until(() -> asked.incrementAndGet() > 20, () -> learners.of(real(), 7)))
                .isInstanceOf(AutophageException.class)
                .hasMessage("interrupted")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.INTERRUPTED);
        assertThat(asked.get()).isLessThan(30);
    }
}
