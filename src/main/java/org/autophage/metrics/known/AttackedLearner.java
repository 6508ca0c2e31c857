package org.autophage.metrics.known;

import java.util.List;
import org.autophage.data.Images;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.classifier.Attack;
import org.autophage.metrics.classifier.Learner;
import org.autophage.metrics.classifier.Learners;

/**
 * Whether a classifier that is trained on a generation's samples withstands attacks on real images, trained plainly and trained on
 * attacked samples; beside each one that was trained on real images. All attacks are by ε = {@link Learners#EPSILON}, and on as
 * many images of the holdout, the same every time.
 */
final class AttackedLearner extends LessonMetric {
    /** Images of the holdout that are attacked, all where there are fewer: a share of them is known to .011. */
    private static final int MOST_IMAGES = 2000;

    /** Of projected gradient ascent. */
    private static final int STEPS = 10;

    private static final String CONVENTION = "on some of the holdout";

    @Override
    public String name() {
        return "attackedLearner";
    }

    @Override
    public List<Metric> gives() {
        return List.of(
                Metrics.ATTACK_RADIUS,
                Metrics.LEARNER_FAST_GRADIENT_ACCURACY,
                Metrics.LEARNER_PROJECTED_GRADIENT_ACCURACY,
                Metrics.LEARNER_ON_REAL_PROJECTED_GRADIENT_ACCURACY,
                Metrics.ROBUST_LEARNER_ACCURACY,
                Metrics.ROBUST_LEARNER_FAST_GRADIENT_ACCURACY,
                Metrics.ROBUST_LEARNER_PROJECTED_GRADIENT_ACCURACY,
                Metrics.ROBUST_LEARNER_ON_REAL_PROJECTED_GRADIENT_ACCURACY);
    }

    @Override
    Findings of(Lesson lesson) {
        Images tested = lesson.tested(MOST_IMAGES);
        Attack fast = Attack.fastGradient(Learners.EPSILON);
        Attack projected = Attack.projectedGradient(Learners.EPSILON, STEPS);
        Learners learners = lesson.learners();
        double plainOnReal = lesson.once(
                Metrics.LEARNER_ON_REAL_PROJECTED_GRADIENT_ACCURACY,
                () -> learners.of(lesson.real(), Lesson.SEED).accuracyUnder(projected, tested));
        double robustOnReal = lesson.once(
                Metrics.ROBUST_LEARNER_ON_REAL_PROJECTED_GRADIENT_ACCURACY,
                () -> learners.robust(lesson.real(), Lesson.SEED).accuracyUnder(projected, tested));
        Learner plain = learners.of(lesson.samples(), lesson.seed(Lesson.LEARNER));
        Learner robust = learners.robust(lesson.samples(), lesson.seed(Lesson.LEARNER));
        return Findings.builder()
                .add(Finding.of(
                        Metrics.ATTACK_RADIUS, Learners.EPSILON, "largest change of a pixel, of pixels in [0, 1]"))
                .add(accuracy(Metrics.LEARNER_FAST_GRADIENT_ACCURACY, plain.accuracyUnder(fast, tested)))
                .add(accuracy(Metrics.LEARNER_PROJECTED_GRADIENT_ACCURACY, plain.accuracyUnder(projected, tested)))
                .add(accuracy(Metrics.LEARNER_ON_REAL_PROJECTED_GRADIENT_ACCURACY, plainOnReal))
                .add(accuracy(
                        Metrics.ROBUST_LEARNER_ACCURACY, robust.accuracy(tested).ofAll()))
                .add(accuracy(Metrics.ROBUST_LEARNER_FAST_GRADIENT_ACCURACY, robust.accuracyUnder(fast, tested)))
                .add(accuracy(
                        Metrics.ROBUST_LEARNER_PROJECTED_GRADIENT_ACCURACY, robust.accuracyUnder(projected, tested)))
                .add(accuracy(Metrics.ROBUST_LEARNER_ON_REAL_PROJECTED_GRADIENT_ACCURACY, robustOnReal))
                .add(Basis.ATTACKED_IMAGES, tested.count())
                .build();
    }

    private static Finding accuracy(Metric metric, double value) {
        return Finding.of(metric, value, CONVENTION);
    }
}
