package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autophage.loop.TinyWorld.contents;
import static org.autophage.loop.TinyWorld.images;

import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.Seeds;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.Origins;
import org.autophage.data.TrainingSet;
import org.autophage.loop.TinyWorld.TinyDataset;
import org.autophage.measure.Composition;
import org.hipparchus.distribution.continuous.ChiSquaredDistribution;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class DataMixTest {
    private static final int INITIAL = 12;
    private static final int SYNTHETIC = 8;
    private static final Dataset FINITE = new TinyDataset(100);

    /** Image n of generation g contains 1000 g + n. */
    private static SamplePool pool(int images) {
        return new SamplePool(
                Memory.ALL,
                generation -> Given.inTurn(images(LongStream.range(0, images)
                        .map(n -> 1000L * generation + n)
                        .toArray())));
    }

    private static TrainingSet trainingSet(LoopSpec spec, int t, long seed) {
        return spec.dataMix().trainingSet(t, FINITE, pool(spec.synthetic()), new Seeds(seed));
    }

    private static LoopSpec spec(LoopKind kind, @Nullable Integer real, @Nullable Memory memory) {
        return new LoopSpec(kind, 6, INITIAL, SYNTHETIC, real, memory, null);
    }

    private static LoopSpec mix(Counts fixedReal, Counts freshReal, Counts synthetic, Memory memory) {
        MixSpec mix = new MixSpec(fixedReal, freshReal, synthetic, memory, null, null, null);
        return LoopSpec.mixed(6, INITIAL, SYNTHETIC, mix);
    }

    @ParameterizedTest
    @CsvSource({
        // kind, real, memory, generation, fixed real, fresh real, synthetic: as in the table of SCIENCE.md, section 1
        "fully-synthetic, , 1, 2, 0, 0, 8",
        "fully-synthetic, , 3, 5, 0, 0, 8",
        "synthetic-augmentation, 5, 1, 2, 5, 0, 8",
        "synthetic-augmentation, 5, 1, 6, 5, 0, 8",
        "fresh-data, 4, 1, 2, 0, 4, 8",
        "fresh-data, 4, 1, 5, 0, 4, 8",
        "accumulate, , , 2, 12, 0, 8",
        "accumulate, , , 4, 12, 0, 24",
    })
    void namedLoopsHaveTheirComposition(
            String kind, @Nullable Integer real, @Nullable Integer memory, int t, int fixed, int fresh, int synthetic) {
        LoopSpec spec = spec(LoopKind.of(kind), real, memory == null ? null : new Memory(memory));
        assertThat(trainingSet(spec, t, 0).composition()).isEqualTo(new Composition(fixed, fresh, synthetic));
    }

    @Test
    void accumulateSubsampleKeepsItsSizeAndDrawsFromEverything() {
        LoopSpec spec = spec(LoopKind.ACCUMULATE_SUBSAMPLE, null, null);
        Set<Integer> seen = new HashSet<>();
        for (int seed = 0; seed < 50; seed++) {
            TrainingSet training = trainingSet(spec, 4, seed);
            assertThat(training.composition().total()).isEqualTo(SYNTHETIC);
            assertThat(training.composition().freshReal()).isZero();
            IntStream.range(0, SYNTHETIC)
                    .forEach(i -> seen.add(training.origins().generation(i)));
        }
        assertThat(seen).containsExactlyInAnyOrder(Origins.REAL, 1, 2, 3);
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void generationOneIsTheSameInEveryLoop(LoopKind kind) {
        LoopSpec defaults = LoopSpec.defaults(kind);
        Integer real = defaults.real() == null ? null : 3;
        LoopSpec spec = new LoopSpec(kind, 5, INITIAL, SYNTHETIC, real, defaults.memory(), defaults.mix());
        assertSame(trainingSet(spec, 1, 7), trainingSet(spec(LoopKind.FULLY_SYNTHETIC, null, Memory.ALL), 1, 7));
        assertThat(trainingSet(spec, 1, 7).composition()).isEqualTo(new Composition(INITIAL, 0, 0));
    }

    @Test
    void cornerCasesOfMixAreTheNamedLoopsByteForByte() {
        Counts none = Counts.NONE;
        Counts all = Counts.ALL;
        for (int t = 1; t <= 6; t++) {
            for (int k : new int[] {1, 2, Integer.MAX_VALUE}) {
                Memory memory = new Memory(k);
                LoopSpec replace = spec(LoopKind.FULLY_SYNTHETIC, null, memory);
                assertSame(trainingSet(mix(none, none, Counts.of(8), memory), t, 3), trainingSet(replace, t, 3));
                assertSame(
                        trainingSet(mix(Counts.of(5), none, Counts.of(8), memory), t, 3),
                        trainingSet(spec(LoopKind.SYNTHETIC_AUGMENTATION, 5, memory), t, 3));
                assertSame(
                        trainingSet(mix(none, Counts.of(4), Counts.of(8), memory), t, 3),
                        trainingSet(spec(LoopKind.FRESH_DATA, 4, memory), t, 3));
            }
            assertSame(
                    trainingSet(mix(Counts.of(INITIAL), none, all, Memory.ALL), t, 3),
                    trainingSet(spec(LoopKind.ACCUMULATE, null, null), t, 3));
            assertSame(
                    trainingSet(spec(LoopKind.SYNTHETIC_AUGMENTATION, 0, new Memory(1)), t, 3),
                    trainingSet(spec(LoopKind.FRESH_DATA, 0, new Memory(1)), t, 3));
        }
    }

    private static void assertSame(TrainingSet one, TrainingSet other) {
        assertThat(((Images) one.samples()).pixels()).isEqualTo(((Images) other.samples()).pixels());
        assertThat(((Images) one.samples()).labels()).isEqualTo(((Images) other.samples()).labels());
        assertThat(one.origins()).isEqualTo(other.origins());
        assertThat(one.composition()).isEqualTo(other.composition());
    }

    @Test
    void listsOfCountsStartAtGenerationTwoAndEndWithTheirLast() {
        LoopSpec spec = mix(Counts.parse(List.of(9, 6, 3)), Counts.NONE, Counts.of(8), new Memory(1));
        int[] fixed = IntStream.rangeClosed(1, 6)
                .map(t -> trainingSet(spec, t, 0).composition().fixedReal())
                .toArray();
        assertThat(fixed).containsExactly(INITIAL, 9, 6, 3, 3, 3);
    }

    @Test
    void everythingThatIsThereIsTakenInOrder() {
        TrainingSet training = trainingSet(mix(Counts.NONE, Counts.NONE, Counts.ALL, new Memory(2)), 4, 0);
        long[] expected = LongStream.concat(LongStream.range(2000, 2008), LongStream.range(3000, 3008))
                .toArray();
        assertThat(contents(training.samples())).isEqualTo(expected);
    }

    @Test
    void contentsAreWhatTheOriginsSay() {
        TrainingSet training = trainingSet(mix(Counts.of(5), Counts.of(4), Counts.of(7), new Memory(3)), 5, 1);
        Origins origins = training.origins();
        long[] contents = contents(training.samples());
        for (int i = 0; i < origins.count(); i++) {
            long expected = origins.generation(i) == Origins.REAL
                    ? origins.number(i)
                    : 1000L * origins.generation(i) + origins.number(i);
            assertThat(contents[i]).isEqualTo(expected);
            assertThat(origins.generation(i)).isIn(Origins.REAL, 2, 3, 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"100", "9223372036854775807"})
    void freshImagesAreNeverUsedTwice(long available) {
        LoopSpec spec = spec(LoopKind.FRESH_DATA, 17, new Memory(1));
        Set<Long> used = new HashSet<>();
        for (int t = 1; t <= 6; t++) {
            TrainingSet training =
                    spec.dataMix().trainingSet(t, new TinyDataset(available), pool(SYNTHETIC), new Seeds(5));
            int real = training.composition().total() - training.composition().synthetic();
            for (int i = 0; i < real; i++) {
                assertThat(used.add(training.origins().number(i))).isTrue();
                assertThat(training.origins().number(i)).isBetween(0L, available - 1);
            }
        }
        assertThat(used).hasSize(INITIAL + 5 * 17);
    }

    @Test
    void seedsOfAnEndlessDatasetShareNoImage() {
        Set<Long> used = new HashSet<>();
        for (long seed : new long[] {0, 1, 2, -1, 77}) {
            for (long index : new RealOrder(Dataset.UNLIMITED, new Seeds(seed)).first(50)) {
                assertThat(used.add(index)).isTrue();
                assertThat(index).isBetween(0L, (1L << 53) - 1);
            }
        }
    }

    @Test
    void seedsOfAFiniteDatasetSeeItInDifferentOrders() {
        long[] one = new RealOrder(100, new Seeds(1)).first(100);
        long[] other = new RealOrder(100, new Seeds(2)).first(100);
        assertThat(one).isNotEqualTo(other);
        assertThat(Arrays.stream(one).sorted().toArray())
                .isEqualTo(LongStream.range(0, 100).toArray());
        assertThat(new RealOrder(100, new Seeds(1)).first(30)).isEqualTo(Arrays.copyOf(one, 30));
    }

    /** Pearson's test at an error rate of 1e-6 per test: the seeds are fixed, so it either always passes or never. */
    @Test
    void drawsAreUniformOverAllGenerationsInMemory() {
        LoopSpec spec = spec(LoopKind.FULLY_SYNTHETIC, null, new Memory(3));
        int draws = 3000;
        long[] counts = new long[3 * SYNTHETIC];
        for (int seed = 0; seed < draws; seed++) {
            Origins origins = spec.dataMix()
                    .draw(5, new RealOrder(100, new Seeds(seed)), new Seeds(seed))
                    .origins();
            for (int i = 0; i < origins.count(); i++) {
                counts[(origins.generation(i) - 2) * SYNTHETIC + (int) origins.number(i)]++;
            }
        }
        assertUniform(counts, (double) draws * SYNTHETIC / counts.length, 1 - (double) SYNTHETIC / counts.length);
    }

    @Test
    void theOrderOfRealImagesIsUniform() {
        int orders = 6000;
        long[] counts = new long[20];
        for (int seed = 0; seed < orders; seed++) {
            for (long index : new RealOrder(20, new Seeds(seed)).first(5)) {
                counts[(int) index]++;
            }
        }
        assertUniform(counts, orders * 5 / 20.0, 1 - 5 / 20.0);
    }

    /**
     * Each cell is a binomial count of variance expected times {@code factor}; the cells of one draw without
     * replacement sum to a constant, so the statistic has cells − 1 degrees of freedom after scaling by (n − 1)/n.
     */
    private static void assertUniform(long[] counts, double expected, double factor) {
        int cells = counts.length;
        double sum = Arrays.stream(counts)
                .mapToDouble(count -> (count - expected) * (count - expected))
                .sum();
        double statistic = sum / (expected * factor) * (cells - 1) / cells;
        ChiSquaredDistribution distribution = new ChiSquaredDistribution(cells - 1);
        assertThat(statistic)
                .isLessThan(distribution.inverseCumulativeProbability(1 - 5e-7))
                .isGreaterThan(distribution.inverseCumulativeProbability(5e-7));
    }

    @Test
    void thePoolForgetsWhatNoGenerationDrawsFrom() {
        Given samples = Given.inTurn(images(new long[] {1, 2}));
        SamplePool pool = new SamplePool(new Memory(2), generation -> {
            throw new IllegalStateException("generation " + generation + " is read back");
        });
        pool.add(1, samples);
        pool.add(2, samples);
        pool.add(3, samples);
        assertThat(pool.of(3)).isSameAs(samples);
        assertThat(pool.of(2)).isSameAs(samples);
        assertThatThrownBy(() -> pool.of(1)).hasMessage("generation 1 is read back");
    }
}
