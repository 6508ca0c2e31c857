package org.autophage.metrics.known;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
class LessonsTest extends OnCpu {
    private static final Bars BARS = new Bars(300, 200);

    @Test
    void attacksLeaveLessThanThereWasAndSayTheirRadius() {
        try (Instruments instruments = new Instruments(device, 3, Ball.STRICT)) {
            instruments.of(Learners.class, on -> new Learners(on, 40));
            Lesson lesson = lesson(instruments);
            Map<String, Object> found =
                    new AttackedLearner().of(lesson).measures().toMap();
            assertThat(found.keySet())
                    .containsAll(new AttackedLearner()
                            .gives().stream().map(Metric::key).toList());
            assertThat(found).containsEntry("attackRadius", .1).containsEntry("attackedImages", 200);
            assertThat(number(found, "learnerProjectedGradientAccuracy"))
                    .isLessThanOrEqualTo(number(found, "learnerFastGradientAccuracy"));
            assertThat(number(found, "robustLearnerProjectedGradientAccuracy"))
                    .isLessThanOrEqualTo(number(found, "robustLearnerAccuracy"));
            assertThat(new AttackedLearner().of(lesson).measures().toMap()).isEqualTo(found);
        }
    }

    @Test
    void encodersThatLearntFromTheSameImagesAreWorthAsMuch() {
        try (Instruments instruments = new Instruments(device, 3, Ball.STRICT)) {
            instruments.of(Learners.class, on -> new Learners(on, 20));
            Map<String, Object> found =
                    new ProbedEncoders().of(lesson(instruments)).measures().toMap();
            assertThat(found.keySet())
                    .containsExactlyElementsOf(new ProbedEncoders()
                            .gives().stream().map(Metric::key).toList());
            assertThat(found.values())
                    .allSatisfy(share -> assertThat((Double) share).isBetween(.6, 1.0));
            assertThat(number(found, "rotationProbeAccuracy"))
                    .isCloseTo(number(found, "rotationOnRealProbeAccuracy"), within(.15));
        }
    }

    private static Lesson lesson(Instruments instruments) {
        Images real = BARS.real(LongStream.range(0, 300).toArray());
        Images samples = BARS.real(LongStream.range(300, 600).toArray());
        MeasuredSet first = MeasuredSet.ofImages(
                "first", instruments, () -> real, images -> Features.ofRows(1, new double[1]), Optional::empty);
        Seeds.Stream seeds = new Seeds(0).stream(1, Phase.METRICS);
        return new Lesson(samples, first, BARS.holdout(), Basis.ASKED, instruments, seeds);
    }

    private static double number(Map<String, Object> found, String name) {
        return (double) Objects.requireNonNull(found.get(name), name);
    }
}
