package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.LongStream;
import org.autophage.base.Checks;
import org.autophage.base.Interruptible;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.autophage.data.Samples;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.PoolStage;
import org.autophage.loop.Turn;

/**
 * Marks every sample that a model gives, so that {@link MarkFilter} can find it among real ones. Models that are trained on marked
 * samples draw marked ones: what is told of the draws before they are marked is how far the mark persists, and, as it is added again in
 * every generation, grows.
 */
@JsonClassDescription("Marks all samples that models give, by a pattern that a filter finds")
public record MarkedSamples(
        @JsonPropertyDescription(
                        "a: how far each value is moved, above 0; of pixels in [0, 1], where 0.05 can be seen, and at most 1")
                double strength,
        @JsonPropertyDescription(SpreadSpectrum.KEY_DESCRIPTION) long key,
        @JsonPropertyDescription(SpreadSpectrum.RATE_DESCRIPTION) double falsePositives)
        implements PoolRemedy {
    /** Twenty-six decibels of peak signal to noise. */
    public static final MarkedSamples DEFAULTS = new MarkedSamples(0.05, 1, 0.001);

    public MarkedSamples {
        Checks.within("strength", strength, Range.above(0));
        SpreadSpectrum.checkRate(falsePositives);
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
        if (setting.shape() == null) {
            return;
        }
        SpreadSpectrum.check(setting.shape());
        if (strength > 1 && setting.shape().ofImages().isPresent()) {
            throw WrongValue.of("strength", strength, "pixels lie in [0, 1], so at most 1");
        }
    }

    @Override
    public Cost cost(Setting setting) {
        return new Cost(0, 0, "each sample that a model gives is marked");
    }

    @Override
    public PoolStage open(RemedyContext context) {
        SpreadSpectrum mark = SpreadSpectrum.of(key, context);
        SpreadSpectrum.Thresholds thresholds = mark.thresholds(context, falsePositives);
        return (draws, turn) -> new Marked(draws, mark, turn, thresholds);
    }

    /** Draws with the mark. */
    private final class Marked implements Draws {
        private final Draws draws;
        private final SpreadSpectrum mark;
        private final Turn turn;
        private final SpreadSpectrum.Thresholds thresholds;
        private final Found before = new Found();
        private final Found after = new Found();

        Marked(Draws draws, SpreadSpectrum mark, Turn turn, SpreadSpectrum.Thresholds thresholds) {
            this.draws = draws;
            this.mark = mark;
            this.turn = turn;
            this.thresholds = thresholds;
        }

        @Override
        public Given next(int count) {
            Given unmarked = draws.next(count);
            return Interruptible.until(turn.work().stop(), () -> {
                Samples marked = mark.embed(unmarked.samples(), strength);
                double threshold = thresholds.of(turn).threshold();
                before.look(mark, unmarked.samples(), threshold);
                after.look(mark, marked, threshold);
                return new Given(
                        marked,
                        LongStream.range(0, count)
                                .map(i -> unmarked.draw((int) i))
                                .toArray());
            });
        }

        @Override
        public Map<String, Number> told() {
            Map<String, Number> told = new LinkedHashMap<>();
            told.put("detectedBefore", before.share());
            told.put("strengthBefore", before.strength());
            told.put("detectedAfter", after.share());
            told.put("strengthAfter", after.strength());
            told.put("threshold", thresholds.of(turn).threshold());
            told.put("calibratedOn", thresholds.of(turn).calibratedOn());
            return told;
        }
    }

    /** What a detector finds among samples. */
    private static final class Found {
        private long all;
        private long detected;
        private double strengths;

        void look(SpreadSpectrum mark, Samples samples, double threshold) {
            for (double score : mark.scores(samples)) {
                all++;
                detected += score > threshold ? 1 : 0;
            }
            strengths += mark.strengths(samples);
        }

        double share() {
            return detected / (double) all;
        }

        double strength() {
            return strengths / all;
        }
    }
}
