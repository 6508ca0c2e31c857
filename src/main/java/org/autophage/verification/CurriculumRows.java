package org.autophage.verification;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.loop.Counts;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Memory;
import org.autophage.loop.MixSpec;
import org.autophage.measure.Metrics;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.verification.GaussianLoops.Setting;

/** The same amount of fresh real data in different orders: what comes late counts most. */
final class CurriculumRows {
    private static final String NAME = "curriculum, ÷ n, n = 50";
    private static final int POINTS = 50;

    private CurriculumRows() {}

    static List<Row> all() {
        return List.of(new Row(NAME, CurriculumRows::orders));
    }

    /** Ten generations, the first of which learns real data alone whatever is said of it. */
    private static List<Check> orders(GaussianLoops loops, Effort effort) {
        int[] falling = {50, 40, 30, 20, 10, 0, 0, 0, 0, 0};
        int[] rising = {0, 0, 0, 0, 0, 10, 20, 30, 40, 50};
        int[] even = new int[10];
        Arrays.fill(even, 15);
        return List.of(
                order(loops, effort, "real share 1, .8, … .2, then 0", falling, .87002),
                order(loops, effort, "real share 0, then .2, … .8, 1", rising, .98000),
                order(loops, effort, "real share .3 throughout", even, .96184));
    }

    /**
     * The loop against a value that was worked out elsewhere: E σ² and E μ² of a generation follow from those of the one before.
     *
     * @param real samples of each generation's training set
     */
    private static Check order(GaussianLoops loops, Effort effort, String order, int[] real, double variance) {
        int generations = real.length;
        List<Integer> fresh = IntStream.of(real).skip(1).boxed().toList(); // counts of a mix begin with generation 2
        MixSpec mix = new MixSpec(
                Counts.NONE,
                new Counts(fresh),
                new Counts(fresh.stream().map(each -> POINTS - each).toList()),
                new Memory(1),
                null,
                null,
                null);
        LoopSpec loop = LoopSpec.mixed(generations, POINTS, POINTS, mix);
        Outcome.Estimate measured = loops.run(new Setting(loop, 1, Estimator.BIASED, 1, effort.of(4_000, 100_000)))
                .of(Metrics.VARIANCE, generations);
        String quantity = "E σ², t = %d, %s".formatted(generations, order);
        return new Check(NAME, quantity, variance, .5e-5, measured.mean(), measured.error());
    }
}
