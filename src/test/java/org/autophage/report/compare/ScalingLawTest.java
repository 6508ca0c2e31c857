package org.autophage.report.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.report.records.IntervalMethod;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.Verdict.Outcome;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Planted power laws. */
class ScalingLawTest {
    /** Distance of a seed in a generation by the size of its training set. */
    private interface Law {
        double at(int seed, int generation, int size);
    }

    private static Arm arm(String extra, int size, Law law) {
        SortedMap<Long, List<GenerationRecord>> seeds = new TreeMap<>();
        for (int seed = 0; seed < 3; seed++) {
            List<GenerationRecord> records = new ArrayList<>();
            for (int t = 1; t <= 4; t++) {
                Measures distance = Measures.builder()
                        .add(Metrics.FRECHET_DISTANCE, law.at(seed, t, size))
                        .build();
                records.add(new GenerationRecord(
                        t, seed, "fully-synthetic", 1.0, new Composition(0, 0, size), distance, 0, 0, 0));
            }
            seeds.put((long) seed, records);
        }
        String spec =
                """
                {"name": "any", "loop": {"initial": %d, "synthetic": %d}, "sampling": {"bias": %s}}"""
                        .formatted(size, size, extra);
        RunReading run = new RunReading(
                new RunFolder(Path.of("planted")),
                seeds,
                null,
                JsonMapper.shared().readTree(spec),
                MissingNode.getInstance(),
                Map.of());
        return new Arm("n = " + size, List.of(run), run);
    }

    private static List<ScalingLaw> laws(List<Arm> arms) {
        List<Trajectories> trajectories =
                arms.stream().map(arm -> Trajectories.of(arm.run())).toList();
        return ScalingLaw.of(arms, trajectories, 4, IntervalMethod.T);
    }

    /** Generation 1: n^−1; generation 4: n^−0.2 under a bias of 0.5, and n^−1 as before under none. */
    @Test
    void aLawThatFlattensHasCollapsedAndOneThatStaysIsLevel() {
        Law flat = (seed, t, n) -> 50 * (1 + .1 * seed) * Math.pow(n, t == 4 ? -.2 + .01 * seed : -1);
        Law same = (seed, t, n) -> 50 * t * Math.pow(n, -1 + .002 * seed * t);
        List<Arm> arms = new ArrayList<>();
        for (int size : new int[] {100, 200, 400, 800}) {
            arms.add(arm("0.5", size, flat));
            arms.add(arm("1.0", size, same));
        }
        List<ScalingLaw> laws = laws(arms);
        assertThat(laws).hasSize(2);
        assertThat(laws.get(0).loop()).isEqualTo("sampling.bias=0.5");
        assertThat(laws.get(0).sizes()).containsExactly(100, 200, 400, 800);
        assertThat(laws.get(0).first().mean()).isCloseTo(-1, within(1e-9));
        assertThat(laws.get(0).last().mean()).isCloseTo(-.19, within(1e-9));
        // of −.2, −.19, −.18: t(.975, 2) · .01 / √3
        assertThat(laws.get(0).last().halfWidth()).isCloseTo(4.302653 * .01 / Math.sqrt(3), within(1e-6));
        assertThat(laws.get(0).change().mean()).isCloseTo(.81, within(1e-9));
        assertThat(laws.get(0).outcome()).isEqualTo(Outcome.COLLAPSED);
        assertThat(laws.get(1).outcome()).isEqualTo(Outcome.LEVEL);
        assertThat(ScalingLaw.table(laws).rows().get(0))
                .containsExactly(
                        "sampling.bias=0.5",
                        "100, 200, 400, 800",
                        "Fréchet distance",
                        "−1.00 ± 0.00",
                        "−0.19 ± 0.02",
                        "+0.81 ± 0.02",
                        "collapsed");
    }

    @Test
    void aLittleFlatterIsWorseningAndSteeperImproves() {
        Law worse = (seed, t, n) -> Math.pow(n, t == 4 ? -.8 + .01 * seed : -1);
        Law better = (seed, t, n) -> Math.pow(n, t == 4 ? -1.5 + .01 * seed : -1);
        for (Map.Entry<Law, Outcome> each :
                Map.of(worse, Outcome.WORSENING, better, Outcome.IMPROVING).entrySet()) {
            List<Arm> arms = List.of(
                    arm("1.0", 100, each.getKey()), arm("1.0", 300, each.getKey()), arm("1.0", 900, each.getKey()));
            assertThat(laws(arms).get(0).loop()).isEqualTo("all loops");
            assertThat(laws(arms).get(0).outcome()).isEqualTo(each.getValue());
        }
    }

    @Test
    void twoSizesMakeNoLawAndDataThatDoNotHelpAtAllLeaveItOpen() {
        Law constant = (seed, t, n) -> 5 + .1 * seed + .01 * t;
        assertThat(laws(List.of(arm("1.0", 100, constant), arm("1.0", 200, constant))))
                .isEmpty();
        assertThat(laws(List.of(arm("1.0", 100, constant), arm("0.9", 200, constant), arm("0.8", 400, constant))))
                .isEmpty();
        List<ScalingLaw> open =
                laws(List.of(arm("1.0", 100, constant), arm("1.0", 200, constant), arm("1.0", 400, constant)));
        assertThat(open.get(0).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }
}
