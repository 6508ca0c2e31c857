package org.autophage.report.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import org.autophage.measure.Basis;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.report.records.RunReading;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Loops whose shares are drawn, not trained. */
class ClassDriftTest {
    private static final int SAMPLES = 1000;
    private static final int GENERATIONS = 6;
    private static final String MEMORY_OF_ONE = "{\"loop\":{\"kind\":\"fully-synthetic\",\"memory\":1}}";

    /** What a model makes of the shares that it learns from. */
    private interface Model extends BiFunction<double[], SplittableRandom, double[]> {}

    private static final Model EXACT = (shares, random) -> shares;

    /** Prefers the first class, as a choice of one of several draws by a reward does. */
    private static final Model FAVOURING = (shares, random) -> {
        double[] tilted = shares.clone();
        tilted[0] *= 1.15;
        return normalized(tilted);
    };

    /** Learns badly, in no direction. */
    private static final Model NOISY = (shares, random) -> {
        double[] moved = shares.clone();
        Arrays.setAll(moved, c -> moved[c] * Math.exp(0.4 * random.nextGaussian()));
        return normalized(moved);
    };

    private static double[] normalized(double[] shares) {
        double sum = Arrays.stream(shares).sum();
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    private static double[] drawn(double[] shares, SplittableRandom random) {
        double[] counts = new double[shares.length];
        for (int i = 0; i < SAMPLES; i++) {
            double u = random.nextDouble();
            int c = 0;
            for (; c < shares.length - 1 && u >= shares[c]; c++) {
                u -= shares[c];
            }
            counts[c] += 1.0 / SAMPLES;
        }
        return counts;
    }

    private static RunReading run(int seeds, Model model, String spec, boolean labels, SplittableRandom random) {
        SortedMap<Long, List<GenerationRecord>> records = new TreeMap<>();
        for (long seed = 0; seed < seeds; seed++) {
            double[] shares = new double[10];
            Arrays.fill(shares, 0.1);
            List<GenerationRecord> list = new ArrayList<>();
            shares = drawn(shares, random);
            for (int t = 1; t <= GENERATIONS; t++) {
                shares = drawn(model.apply(shares, random), random);
                Measures.Builder measures = Measures.builder().add(Basis.SAMPLES, SAMPLES);
                if (labels) {
                    measures.add(Metrics.LABEL_ACCURACY, 0.9);
                }
                for (int c = 0; c < 10; c++) {
                    measures.add(Metrics.ofClass(Metrics.CLASS_SHARE, "" + c), shares[c]);
                }
                Composition set = t == 1 ? new Composition(SAMPLES, 0, 0) : new Composition(0, 0, SAMPLES);
                list.add(new GenerationRecord(t, seed, "fully-synthetic", 1.0, set, measures.build(), ""));
            }
            records.put(seed, list);
        }
        JsonNode tree = JsonMapper.shared().readTree(spec);
        return new RunReading(new RunFolder(Path.of("none")), records, null, tree, MissingNode.getInstance(), Map.of());
    }

    private static List<String> words(ClassDrift drift) {
        return drift.verdicts().stream().map(ClassDrift.OfClass::inWords).toList();
    }

    /** 400 loops of models that learn exactly: at most 5% have any class beyond drift, within 4 standard errors, .044. */
    @Test
    void driftAloneIsCalledMoreInFewLoops() {
        for (int seeds : new int[] {1, 3}) {
            SplittableRandom random = new SplittableRandom(31 + seeds);
            int called = 0;
            for (int loop = 0; loop < 400; loop++) {
                ClassDrift drift = ClassDrift.of(run(seeds, EXACT, MEMORY_OF_ONE, false, random));
                assertThat(drift.objection()).isEmpty();
                called += words(drift).stream().allMatch("within drift"::equals) ? 0 : 1;
            }
            assertThat(called / 400.0).as("%d seeds", seeds).isLessThan(0.05 + 0.044);
        }
    }

    @Test
    void amplificationGoesOneWayInTheSeedsTogether() {
        ClassDrift drift = ClassDrift.of(run(5, FAVOURING, MEMORY_OF_ONE, false, new SplittableRandom(2)));
        assertThat(words(drift).get(0)).isEqualTo("beyond drift: amplified");
        assertThat(drift.verdicts().get(0).deviations()).isGreaterThan(5);
        assertThat(drift.verdicts().get(0).probability()).isLessThan(0.001);
        ClassDrift one = ClassDrift.of(run(1, FAVOURING, MEMORY_OF_ONE, false, new SplittableRandom(3)));
        assertThat(words(one).get(0)).isEqualTo("beyond drift, one seed");
    }

    @Test
    void whatModelsLearnBadlyGoesNoOneWay() {
        ClassDrift drift = ClassDrift.of(run(5, NOISY, MEMORY_OF_ONE, false, new SplittableRandom(4)));
        assertThat(words(drift))
                .filteredOn("beyond drift, in no one direction"::equals)
                .hasSizeGreaterThan(4);
    }

    @Test
    void whereItDoesNotApplyNothingIsTested() {
        SplittableRandom random = new SplittableRandom(5);
        ClassDrift labelled = ClassDrift.of(run(2, EXACT, MEMORY_OF_ONE, true, random));
        assertThat(labelled.objection()).startsWith("Models are told labels here");
        assertThat(labelled.verdicts()).hasSize(10).allMatch(each -> each.inWords()
                .isEmpty());
        assertThat(ClassDrift.of(run(1, EXACT, "{\"loop\":{\"memory\":\"all\"}}", false, random))
                        .objection())
                .startsWith("The loop learns from more than the last generation's samples");
        assertThat(ClassDrift.of(run(
                                1,
                                EXACT,
                                "{\"loop\":{\"kind\":\"mix\",\"mix\":{\"memory\":1,\"weightReal\":2}}}",
                                false,
                                random))
                        .objection())
                .startsWith("Training sets are not composed alike");
        assertThat(ClassDrift.of(run(0, EXACT, MEMORY_OF_ONE, false, random)).verdicts())
                .isEmpty();
    }
}
