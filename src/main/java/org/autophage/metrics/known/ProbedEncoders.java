package org.autophage.metrics.known;

import java.util.List;
import org.autophage.data.Images;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.classifier.Learner;
import org.autophage.metrics.classifier.Learners;

/**
 * What an encoder that was trained on a generation's samples without labels is worth on real images: how often a linear probe on it is
 * right, which is fitted on real images. Contrastive (arXiv 2002.05709) and by rotations (arXiv 1803.07728), beside encoders that
 * were trained on real images, and one that was not trained at all.
 */
final class ProbedEncoders extends LessonMetric {
    private static final String CONVENTION = "linear probe, fitted on real images, on the holdout";

    @Override
    public String name() {
        return "probedEncoders";
    }

    @Override
    public List<Metric> gives() {
        return List.of(
                Metrics.CONTRASTIVE_PROBE_ACCURACY,
                Metrics.CONTRASTIVE_ON_REAL_PROBE_ACCURACY,
                Metrics.ROTATION_PROBE_ACCURACY,
                Metrics.ROTATION_ON_REAL_PROBE_ACCURACY,
                Metrics.UNTRAINED_PROBE_ACCURACY);
    }

    @Override
    Findings of(Lesson lesson) {
        Learners learners = lesson.learners();
        Images samples = lesson.samples();
        Images real = lesson.real();
        double contrastiveOnReal = lesson.once(
                Metrics.CONTRASTIVE_ON_REAL_PROBE_ACCURACY,
                () -> probed(learners.contrastive(real, Lesson.SEED), lesson));
        double rotationOnReal = lesson.once(
                Metrics.ROTATION_ON_REAL_PROBE_ACCURACY, () -> probed(learners.rotations(real, Lesson.SEED), lesson));
        double untrained = lesson.once(
                Metrics.UNTRAINED_PROBE_ACCURACY, () -> probed(learners.untrained(real, Lesson.SEED), lesson));
        double contrastive = probed(learners.contrastive(samples, lesson.seed(Lesson.CONTRASTIVE)), lesson);
        double rotation = probed(learners.rotations(samples, lesson.seed(Lesson.ROTATION)), lesson);
        return Findings.builder()
                .add(accuracy(Metrics.CONTRASTIVE_PROBE_ACCURACY, contrastive))
                .add(accuracy(Metrics.CONTRASTIVE_ON_REAL_PROBE_ACCURACY, contrastiveOnReal))
                .add(accuracy(Metrics.ROTATION_PROBE_ACCURACY, rotation))
                .add(accuracy(Metrics.ROTATION_ON_REAL_PROBE_ACCURACY, rotationOnReal))
                .add(accuracy(Metrics.UNTRAINED_PROBE_ACCURACY, untrained))
                .build();
    }

    private static double probed(Learner encoder, Lesson lesson) {
        return encoder.probed(lesson.real(), lesson.holdout());
    }

    private static Finding accuracy(Metric metric, double value) {
        return Finding.of(metric, value, CONVENTION);
    }
}
