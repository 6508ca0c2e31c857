package org.autophage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.LabelOrder;
import org.autophage.data.Origins;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.measure.Composition;
import org.autophage.model.EnsembleFamily.Parts;
import org.autophage.model.density.GaussianSpec;
import org.autophage.program.OnCpu;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnsembleTest extends OnCpu {
    private static final Seeds.Stream DRAWS = new Seeds(0).stream(1, Phase.SAMPLE);

    /** Draws images of one byte, which says the member. */
    private record Member(int name, LabelOrder labels) implements GenerativeModel {
        @Override
        public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
            byte[] pixels = new byte[count];
            Arrays.fill(pixels, (byte) name);
            return new Images(1, 1, 1, labels.classes(), pixels, labels.labels(0, count));
        }

        @Override
        public void save(Path folder) {}

        @Override
        public void close() {}
    }

    /** Keeps what it was asked to learn. */
    private static final class Learner implements ModelFamily {
        private final List<TrainingSet> learnt = new ArrayList<>();

        @Override
        public GenerativeModel train(
                TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
            learnt.add(training);
            return new Member(learnt.size(), LabelOrder.inTurn(1));
        }

        @Override
        public GenerativeModel load(Path folder) {
            return new Member(0, LabelOrder.inTurn(1));
        }
    }

    private static TrainingSet set(int real, int synthetic, Weights weights) {
        int count = real + synthetic;
        double[] values = IntStream.range(0, count).mapToDouble(i -> i).toArray();
        return new TrainingSet(
                new Points(1, count, 1, values),
                new Origins(
                        IntStream.range(0, count).map(i -> i < real ? 0 : 1).toArray(),
                        LongStream.range(0, count).toArray()),
                new Composition(1, real - 1, synthetic),
                weights);
    }

    @Test
    void disjointPartsAreTheWholeSetAndHaveItsShares() {
        Learner learner = new Learner();
        new EnsembleFamily(learner, 3, Parts.DISJOINT, LabelOrder.inTurn(1))
                .train(set(6, 9, new Weights(6, .5)), null, new Seeds(1), 2, Work.UNATTENDED);
        List<Double> all = new ArrayList<>();
        for (TrainingSet part : learner.learnt) {
            Points points = part.samples().points().orElseThrow();
            assertThat(points.count()).isEqualTo(5);
            assertThat(part.weights()).isEqualTo(new Weights(2, .5));
            assertThat(part.composition().synthetic()).isEqualTo(3);
            for (int i = 0; i < points.count(); i++) {
                assertThat(part.origins().generation(i)).isEqualTo(i < 2 ? 0 : 1);
                assertThat((double) part.origins().number(i)).isEqualTo(points.values()[i]);
                all.add(points.values()[i]);
            }
        }
        assertThat(all).hasSize(15).doesNotHaveDuplicates();
        assertThat(all.subList(0, 5)).isNotEqualTo(List.of(0.0, 3.0, 6.0, 9.0, 12.0)); // shuffled
    }

    @Test
    void bootstrapSamplesAreAsLargeAsTheSet() {
        Learner learner = new Learner();
        new EnsembleFamily(learner, 50, Parts.BOOTSTRAP, LabelOrder.inTurn(1))
                .train(set(20, 0, Weights.EQUAL), null, new Seeds(1), 2, Work.UNATTENDED);
        double distinct = 0;
        for (TrainingSet part : learner.learnt) {
            double[] values = part.samples().points().orElseThrow().values();
            assertThat(values).hasSize(20).isSorted();
            distinct += Arrays.stream(values).distinct().count() / 20.0 / 50;
        }
        assertThat(distinct).isCloseTo(1 - Math.pow(.95, 20), within(.06)); // 4 standard errors of 50 bootstraps
    }

    /** Sample i is of its class, of a random member, and the same however many are drawn. */
    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void samplesAreOfTheirClassesAndOfMembersAtRandom(boolean equalShares) {
        LabelOrder order = equalShares ? LabelOrder.inTurn(3) : LabelOrder.byShares(new int[] {5, 1, 2});
        Ensemble ensemble = new Ensemble(
                IntStream.range(0, 4)
                        .<GenerativeModel>mapToObj(m -> new Member(m, order))
                        .toList(),
                order);
        Images drawn = (Images) ensemble.sample(3_000, 1, DRAWS, Work.UNATTENDED);
        assertThat(drawn.labels()).isEqualTo(order.labels(0, 3_000));
        int[][] ofMember = new int[4][3];
        for (int i = 0; i < drawn.count(); i++) {
            ofMember[drawn.pixels()[i]][drawn.labels()[i]]++;
        }
        for (int[] counts : ofMember) {
            for (int label = 0; label < 3; label++) {
                int asked = label;
                double expected = IntStream.of(order.labels(0, 3_000))
                                .filter(each -> each == asked)
                                .count()
                        / 4.0;
                assertThat(counts[label]).isCloseTo((int) expected, within((int) (4.5 * Math.sqrt(expected))));
            }
        }
        Images few = (Images) ensemble.sample(100, 1, DRAWS, Work.UNATTENDED);
        assertThat(few.pixels()).isEqualTo(Arrays.copyOf(drawn.pixels(), 100));
    }

    /** Gaussians on parts: density, weights, and what is kept in a folder. */
    @Test
    void anEnsembleOfGaussiansIsTheirMixture(@TempDir Path folder) throws Exception {
        PointShape shape = new PointShape(2, 1);
        GaussianSpec spec = GaussianSpec.DEFAULTS;
        Points points = new Points(2, 6, 1, new double[] {0, 1, 2, 5, 7, 9, 1, 1.5, 0, 3, 2, 8});
        TrainingSet training = new TrainingSet(
                points, new Origins(new int[6], LongStream.range(0, 6).toArray()), new Composition(6, 0, 0));
        try (ModelFamily each = spec.family(device, shape, new SamplingSpec(1, null, null, 10))) {
            EnsembleFamily family = new EnsembleFamily(each, 2, Parts.DISJOINT, LabelOrder.inTurn(1));
            GenerativeModel model = family.train(training, null, new Seeds(4), 1, Work.UNATTENDED);
            Points at = new Points(1, 3, 1, new double[] {-1, 2, 30});
            double[] mixed = model.density().orElseThrow().logDensity(at);
            ModelWeights weights = model.weights().orElseThrow();
            for (int replica = 0; replica < 2; replica++) {
                for (int i = 0; i < 3; i++) {
                    double density = 0;
                    for (String name : new String[] {"member-1.", "member-2."}) {
                        double mean = weights.doubles(name + "mean", 2)[replica];
                        double variance = weights.doubles(name + "covariance", 2)[replica];
                        double z = at.values()[i] - mean;
                        density += Math.exp(-z * z / 2 / variance) / Math.sqrt(2 * Math.PI * variance) / 2;
                    }
                    assertThat(mixed[replica * 3 + i]).isCloseTo(Math.log(density), within(1e-9));
                }
            }
            model.save(folder);
            GenerativeModel read = family.load(folder);
            double[] drawn = ((Points) model.sample(20, .5, DRAWS, Work.UNATTENDED)).values();
            assertThat(((Points) read.sample(20, .5, DRAWS, Work.UNATTENDED)).values())
                    .isEqualTo(drawn);
            assertThat(((Points) model.with(weights).sample(20, .5, DRAWS, Work.UNATTENDED)).values())
                    .isEqualTo(drawn);
        }
    }
}
