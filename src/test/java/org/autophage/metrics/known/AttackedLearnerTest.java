package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.data.Images;
import org.autophage.measure.Basis;
import org.autophage.measure.Metric;
import org.autophage.metrics.Bars;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.classifier.Learners;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.Test;

/** Which figures there are and how they lie to each other, with trainings that are too short for more. */
class AttackedLearnerTest extends OnCpu {
    private static final Bars BARS = new Bars(300, 200);

    @Test
    void attacksLeaveLessThanThereWasAndSayTheirRadius() {
        try (Instruments instruments = new Instruments(device, 3, Ball.STRICT)) {
            instruments.of(Learners.class, on -> new Learners(on, 40));
            Images real = BARS.real(LongStream.range(0, 300).toArray());
            Images samples = BARS.real(LongStream.range(300, 600).toArray());
            MeasuredSet first = MeasuredSet.ofImages(
                    "first", instruments, () -> real, images -> Features.ofRows(1, new double[1]), Optional::empty);
            Seeds.Stream seeds = new Seeds(0).stream(1, Phase.METRICS);
            Lesson lesson = new Lesson(samples, first, BARS.holdout(), Basis.ASKED, instruments, seeds);
            Map<String, Object> found = AttackedLearner.of(lesson).measures().toMap();
            assertThat(found.keySet())
                    .containsAll(new AttackedLearner()
                            .gives().stream().map(Metric::key).toList());
            assertThat(found).containsEntry("attackRadius", .1).containsEntry("attackedImages", 200);
            assertThat(number(found, "learnerProjectedGradientAccuracy"))
                    .isLessThanOrEqualTo(number(found, "learnerFastGradientAccuracy"));
            assertThat(number(found, "robustLearnerProjectedGradientAccuracy"))
                    .isLessThanOrEqualTo(number(found, "robustLearnerAccuracy"));
            assertThat(AttackedLearner.of(lesson).measures().toMap()).isEqualTo(found);
        }
    }

    private static double number(Map<String, Object> found, String name) {
        return (double) Objects.requireNonNull(found.get(name), name);
    }
}
