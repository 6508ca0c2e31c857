package org.autophage.metrics.known;

import java.util.List;
import org.autophage.data.Images;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.classifier.Learner;
import org.autophage.metrics.classifier.Learners;

/**
 * Whether a classifier that is trained on a generation's samples works on real images: trained on the samples alone, on the samples
 * and as many real images, and on those real images alone, each time for as many steps (Hataya et al., ICCV 2023).
 */
final class DownstreamLearner extends LessonMetric {
    private static final String CONVENTION = "on the holdout";

    @Override
    public String name() {
        return "learner";
    }

    @Override
    public List<Metric> gives() {
        return List.of(
                Metrics.LEARNER_ACCURACY,
                Metrics.LEARNER_WORST_CLASS_ACCURACY,
                Metrics.LEARNER_WITH_REAL_ACCURACY,
                Metrics.LEARNER_ON_REAL_ACCURACY);
    }

    @Override
    Findings of(Lesson lesson) {
        Learners learners = lesson.learners();
        Images drawn = lesson.samples();
        Images real = lesson.real();
        Learner.Accuracy alone = learners.of(drawn, lesson.seed(Lesson.LEARNER)).accuracy(lesson.holdout());
        Learner.Accuracy together = learners.of(
                        drawn.joined(List.of(drawn, real)), lesson.seed(Lesson.LEARNER_WITH_REAL))
                .accuracy(lesson.holdout());
        double yardstick = lesson.once(
                Metrics.LEARNER_ON_REAL_ACCURACY,
                () -> learners.of(real, Lesson.SEED).accuracy(lesson.holdout()).ofAll());
        return Findings.builder()
                .add(Finding.of(Metrics.LEARNER_ACCURACY, alone.ofAll(), CONVENTION))
                .add(Finding.of(Metrics.LEARNER_WORST_CLASS_ACCURACY, alone.ofWorstClass(), CONVENTION))
                .add(Finding.of(Metrics.LEARNER_WITH_REAL_ACCURACY, together.ofAll(), CONVENTION))
                .add(Finding.of(Metrics.LEARNER_ON_REAL_ACCURACY, yardstick, CONVENTION))
                .add(Basis.LEARNER_LABELS, lesson.labelsFrom())
                .add(Basis.LEARNER_REAL_IMAGES, real.count())
                .build();
    }
}
