package org.autophage.report.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.autophage.collapse.Definition;
import org.autophage.collapse.Indicator;
import org.autophage.collapse.Thresholds;
import org.autophage.measure.Basis;
import org.autophage.measure.Measure;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.autophage.report.verdict.Verdict.Outcome;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.MissingNode;

/** Verdicts on planted loops: what is there is called, what is not there is not, at the stated rates. */
class VerdictTest {
    private static final int EXPERIMENTS = 2_000;

    /** Values of seed s in generation t. */
    private interface Law {
        double at(int seed, int generation);
    }

    /** Recall falls by .1 and .12 a generation from .8, so it is below .4 from generation 6 and 5 on; the mean from 5 on. */
    @Test
    void aFallingRecallIsCalledWithItsSlopeAndItsThreshold() {
        Trajectories run = run(2, 7, Map.of("recall", (s, t) -> .8 - (s == 0 ? .1 : .12) * (t - 1)));
        Verdict verdict =
                LoopVerdict.of(run, "loop", Thresholds.DEFAULTS).verdicts().get(0);
        assertThat(verdict.indicator()).isEqualTo(Indicator.RECALL);
        assertThat(verdict.slope().mean()).isCloseTo(-.11, within(1e-12));
        // t(.975, 1) · .01
        assertThat(verdict.slope().halfWidth()).isCloseTo(.12706, within(1e-5));
        assertThat(verdict.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(verdict.passed()).isEqualTo(5);
        Trajectories more = run(3, 7, Map.of("recall", (s, t) -> .8 - (.1 + .01 * s) * (t - 1)));
        LoopVerdict loop = LoopVerdict.of(more, "loop", Thresholds.DEFAULTS);
        assertThat(loop.verdicts().get(0).outcome()).isEqualTo(Outcome.COLLAPSED);
        assertThat(loop.inWords())
                .isEqualTo(
                        "collapsed by diversity loss (recall from generation 5 on); it goes on from generation 4 on");
        assertThat(loop.verdicts().get(0).continuationInWords())
                .startsWith("goes on: −0.110 ± 0.025 a generation from");
    }

    @Test
    void oneSeedIsInconclusiveWhateverItDoes() {
        LoopVerdict loop = LoopVerdict.of(
                run(1, 9, Map.of("frechetDistance", (s, t) -> Math.pow(2, t))), "loop", Thresholds.DEFAULTS);
        assertThat(loop.outcome()).isEqualTo(Outcome.INCONCLUSIVE);
        assertThat(loop.inWords()).isEqualTo("inconclusive (one seed)");
        assertThat(loop.verdicts().get(0).passed()).isEqualTo(2);
    }

    /** Modes lost stay at 0, the distance swings: level by one definition, open by the other. */
    @Test
    void aLoopThatIsLevelByOneDefinitionIsNotCalledInconclusive() {
        LoopVerdict loop = LoopVerdict.of(
                run(3, 6, Map.of("modesLost", (s, t) -> 0, "frechetDistance", (s, t) -> 10 + 4 * ((t + s) % 2))),
                "loop",
                Thresholds.DEFAULTS);
        assertThat(loop.outcome()).isEqualTo(Outcome.LEVEL);
        assertThat(loop.inWords())
                .isEqualTo("level by mode loss (modes lost); no slope stands out from chance by distance growth"
                        + " (Fréchet distance)");
    }

    /** Of every definition one loop that falls or rises by the same ratio a generation. */
    @Test
    void everyDefinitionHasAVerdict() {
        Law halved = (s, t) -> Math.pow(.7 + .001 * s, t);
        Law grown = (s, t) -> .02 * t * (1 + .01 * s);
        LoopVerdict loop = LoopVerdict.of(
                run(
                        3,
                        8,
                        Map.of(
                                "frechetDistance",
                                (s, t) -> (1 + .1 * s) * t,
                                "recall",
                                halved,
                                "featureVariance",
                                halved,
                                "tailCoverage",
                                halved,
                                "effectiveRank.fake",
                                halved,
                                "classesLost",
                                (s, t) -> t + .1 * s * t,
                                "hallucinatedShare",
                                grown)),
                "loop",
                Thresholds.DEFAULTS);
        assertThat(loop.verdicts().stream().map(verdict -> verdict.indicator().definition()))
                .containsExactlyInAnyOrder(Definition.values());
        assertThat(loop.verdicts()).allSatisfy(verdict -> assertThat(verdict.outcome())
                .as(verdict.indicator().key())
                .isEqualTo(Outcome.COLLAPSED));
    }

    /** Records with sampling noise: the headline is what one seed can say. */
    @Test
    void oneSeedSaysWhetherItHasChangedBeyondSamplingNoiseAndByHowMuch() {
        assertThat(ofOneSeed(30, 80, 140).inWords())
                .isEqualTo(
                        "changed beyond sampling noise: Fréchet distance rising since generation 2"
                                + " (30.0 → 140: 38.9 standard errors of sampling); a second seed would tell whether beyond training noise");
        assertThat(ofOneSeed(30, 33, 31).inWords())
                .isEqualTo("no change for the worse beyond sampling noise (one seed)");
        assertThat(ofOneSeed(30, 80, 140).outcome()).isEqualTo(Outcome.INCONCLUSIVE);
    }

    private static LoopVerdict ofOneSeed(double... distances) {
        List<GenerationRecord> records = new ArrayList<>();
        for (double distance : distances) {
            Measures measures = Measures.builder()
                    .add(Metrics.FRECHET_DISTANCE, distance)
                    .addSamplingError(Metrics.FRECHET_DISTANCE, 2)
                    .build();
            records.add(new GenerationRecord(records.size() + 1, 0, "fully-synthetic", 1.0, null, measures, ""));
        }
        return LoopVerdict.of(trajectories(Map.of(0L, records)), "loop", Thresholds.DEFAULTS);
    }

    @Test
    void levelIsWhatShowsNoChangeAndCouldHaveHiddenNoneThatMatters() {
        Law level = (s, t) -> 5 + .02 * (s - 1) * t;
        Law nearlyLevel = (s, t) -> 5 + (.02 + .0001 * s) * t;
        Law slow = (s, t) -> 5 + .01 * s + (.2 + .001 * s) * t;
        Law better = (s, t) -> 5 + .01 * s - (.2 + .001 * s) * t;
        assertThat(outcome("frechetDistance", level)).isEqualTo(Outcome.LEVEL);
        assertThat(outcome("recall", (s, t) -> .1 * s)).isEqualTo(Outcome.LEVEL);
        assertThat(outcome("frechetDistance", nearlyLevel)).isEqualTo(Outcome.WORSENING);
        assertThat(outcome("frechetDistance", slow)).isEqualTo(Outcome.WORSENING);
        assertThat(outcome("frechetDistance", better)).isEqualTo(Outcome.IMPROVING);
        assertThat(outcome("modesLost", (s, t) -> s * .01 + (t > 3 ? 2 : 0))).isEqualTo(Outcome.COLLAPSED);
    }

    @Test
    void aLoopThatLevelsOffIsNotSaidToGoOn() {
        LoopVerdict loop = LoopVerdict.of(
                run(4, 12, Map.of("frechetDistance", (s, t) -> 4 + Math.min(t, 4) + .01 * s * (t % 2))),
                "loop",
                Thresholds.DEFAULTS);
        assertThat(loop.verdicts().get(0).outcome()).isEqualTo(Outcome.WORSENING);
        assertThat(loop.verdicts().get(0).continuationInWords()).startsWith("cannot be told: ");
        assertThat(loop.inWords()).endsWith("; whether it goes on from generation 7 on cannot be told");
    }

    private static Outcome outcome(String metric, Law law) {
        return LoopVerdict.of(run(3, 6, Map.of(metric, law)), "loop", Thresholds.DEFAULTS)
                .verdicts()
                .get(0)
                .outcome();
    }

    /** Σ|w|e with w = −.5, 0, .5 and e = .01, over 20 replicas. */
    @Test
    void slopesOfReplicasHaveTheSumOfTheirErrors() {
        List<GenerationRecord> records = new ArrayList<>();
        for (int t = 1; t <= 3; t++) {
            records.add(record(0, t, Map.of("logVariance", new Measure(-.3 * t, .01, 20)), 20));
        }
        Verdict verdict = LoopVerdict.of(trajectories(Map.of(0L, records)), "loop", Thresholds.DEFAULTS)
                .verdicts()
                .get(0);
        assertThat(verdict.slope().mean()).isCloseTo(-.3, within(1e-12));
        assertThat(verdict.slope().halfWidth()).isCloseTo(2.093024 * .01, within(1e-7));
        assertThat(verdict.outcome()).isEqualTo(Outcome.WORSENING);
    }

    /**
     * Seeds with levels of their own and noise that remembers (.5 of the last generation's), in four indicators at once. A
     * loop that does not change is called in at most 5% of experiments, within 3 binomial standard errors (1.5%).
     */
    @Test
    void stationaryLoopsAreCalledAtMostAsOftenAsStated() {
        SplittableRandom random = new SplittableRandom(1);
        for (int seeds : new int[] {2, 3, 5}) {
            double called = called(random, seeds, 0);
            assertThat(called).isLessThan(.05 + 3 * Math.sqrt(.05 * .95 / EXPERIMENTS));
        }
    }

    /** Drifts of half and a quarter of the noise's deviation a generation over 10 generations; rates as in docs/verdict.md. */
    @Test
    void driftingLoopsAreCalledAsOftenAsStated() {
        SplittableRandom random = new SplittableRandom(2);
        double three = called(random, 3, .5);
        double five = called(random, 5, .5);
        double slower = called(random, 5, .25);
        double margin = 3 * Math.sqrt(.2 * .8 / EXPERIMENTS);
        assertThat(three).isCloseTo(.81, within(margin));
        assertThat(five).isGreaterThan(.99);
        assertThat(slower).isCloseTo(.90, within(margin));
    }

    private static double called(SplittableRandom random, int seeds, double drift) {
        int called = 0;
        for (int i = 0; i < EXPERIMENTS; i++) {
            Map<String, Law> laws = new HashMap<>();
            for (String metric : List.of("frechetDistance", "recall", "coverage", "modesLost")) {
                double direction = metric.equals("recall") || metric.equals("coverage") ? -1 : 1;
                double[][] noise = noise(random, seeds, 10);
                laws.put(metric, (s, t) -> 10 + direction * drift * (t - 1) + noise[s][t - 1]);
            }
            boolean any = LoopVerdict.of(run(seeds, 10, laws), "loop", Thresholds.DEFAULTS).verdicts().stream()
                    .map(Verdict::outcome)
                    .anyMatch(outcome -> outcome != Outcome.LEVEL && outcome != Outcome.INCONCLUSIVE);
            called += any ? 1 : 0;
        }
        return called / (double) EXPERIMENTS;
    }

    /** Deviation 1 about a level of the seed's own. */
    private static double[][] noise(SplittableRandom random, int seeds, int generations) {
        double[][] noise = new double[seeds][generations];
        for (double[] values : noise) {
            double level = 2 * random.nextGaussian();
            double memory = random.nextGaussian();
            for (int t = 0; t < generations; t++) {
                memory = t == 0 ? memory : .5 * memory + Math.sqrt(.75) * random.nextGaussian();
                values[t] = level + memory;
            }
        }
        return noise;
    }

    private static Trajectories run(int seeds, int generations, Map<String, Law> laws) {
        Map<Long, List<GenerationRecord>> records = new HashMap<>();
        for (int seed = 0; seed < seeds; seed++) {
            List<GenerationRecord> ofSeed = new ArrayList<>();
            for (int t = 1; t <= generations; t++) {
                Map<String, Measure> values = new HashMap<>();
                for (Map.Entry<String, Law> law : laws.entrySet()) {
                    values.put(law.getKey(), Measure.of(law.getValue().at(seed, t)));
                }
                ofSeed.add(record(seed, t, values, 1));
            }
            records.put((long) seed, ofSeed);
        }
        return trajectories(records);
    }

    private static GenerationRecord record(long seed, int t, Map<String, Measure> values, long replicas) {
        Measures.Builder measures = Measures.builder().add(Basis.REPLICAS, replicas);
        values.forEach((key, value) -> {
            if (Double.isNaN(value.standardError())) {
                measures.add(Metrics.of(key), value.value());
            } else {
                measures.add(Metrics.of(key), value.value(), value.standardError());
            }
        });
        return new GenerationRecord(t, seed, "fully-synthetic", 1.0, null, measures.build(), "");
    }

    private static Trajectories trajectories(Map<Long, List<GenerationRecord>> records) {
        SortedMap<Long, List<GenerationRecord>> sorted = new TreeMap<>(records);
        return Trajectories.of(new RunReading(
                new RunFolder(Path.of("planted")),
                sorted,
                null,
                MissingNode.getInstance(),
                MissingNode.getInstance(),
                Map.of()));
    }
}
