package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.Work;
import org.autophage.base.WrongValue;
import org.autophage.data.strokes.FactorDrift;
import org.autophage.data.strokes.StrokesSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes in other shares, counted by hand. */
class ImbalancedDatasetTest {
    private static final ClassNames PETS = ClassNames.of(List.of("cat", "dog", "owl"));

    /** 60 cats, 30 dogs, 10 owls, mixed; image i begins with i. A tenth of as many is held out. */
    private static FiniteDataset pets() {
        return new FiniteDataset("pets", images(100), images(10), "hash");
    }

    private static Images images(int count) {
        int[] labels = IntStream.range(0, count)
                .map(i -> i * 7 % 10 < 6 ? 0 : i * 7 % 10 < 9 ? 1 : 2)
                .toArray();
        byte[] pixels = new byte[4 * count];
        for (int i = 0; i < count; i++) {
            pixels[4 * i] = (byte) i;
        }
        return new Images(2, 2, 1, PETS, pixels, labels);
    }

    private static ClassRatios shares(Double... inOrder) {
        return new ClassRatios(List.of(inOrder), Map.of());
    }

    private static long[] all(Dataset dataset) {
        return LongStream.range(0, dataset.available()).toArray();
    }

    @Test
    void asManyImagesAsThereAreOfTheseShares() {
        ImbalancedDataset alike = new ImbalancedDataset(pets(), shares(1., 1., 1.));
        assertThat(alike.available()).isEqualTo(30);
        assertThat(alike.classCounts())
                .hasValueSatisfying(counts -> assertThat(counts).containsExactly(10, 10, 10));
        assertThat(alike.holdout().classCounts()).containsExactly(1, 1, 1);

        ImbalancedDataset few = new ImbalancedDataset(pets(), new ClassRatios(null, Map.of("dog", 0.05)));
        assertThat(few.classCounts().orElseThrow()).containsExactly(10, 0, 10);
        ImbalancedDataset rare = new ImbalancedDataset(pets(), shares(2., 0.2, 0.));
        assertThat(rare.classCounts().orElseThrow()).containsExactly(60, 6, 0);
        assertThat(rare.holdout().classCounts()).containsExactly(6, 0, 0);
        assertThat(rare.holdout().classes())
                .as("a class that is not there is one still")
                .isEqualTo(3);
    }

    @Test
    void theyAreTheSourcesImagesEachOnceInItsOrder() {
        FiniteDataset source = pets();
        ImbalancedDataset part = new ImbalancedDataset(source, shares(1., 1., 0.5));
        Images real = (Images) part.real(all(part));
        byte[] pixels = real.pixels();
        int before = -1;
        for (int i = 0; i < real.count(); i++) {
            assertThat(pixels[4 * i]).isGreaterThan((byte) before);
            assertThat(real.labels()[i]).isEqualTo(source.training().labels()[pixels[4 * i]]);
            before = pixels[4 * i];
        }
        assertThat(part.labels(all(part))).isEqualTo(real.labels());
        ImbalancedDataset again = new ImbalancedDataset(pets(), shares(2., 2., 1.));
        assertThat(((Images) again.real(all(again))).pixels()).isEqualTo(pixels);
        assertThat(again.hash()).isEqualTo(part.hash()).isNotEqualTo(source.hash());
        assertThat(new ImbalancedDataset(source, shares(1., 1., 0.4)).hash()).isNotEqualTo(part.hash());
        assertThat(part.whole()).isSameAs(source);
        assertThat(part.at(5)).isSameAs(part);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 12_345, 1L << 40})
    void ofASourceWithoutEndAnyRunHasTheShares(long from) {
        ClassRatios asked = ClassRatios.parse(Map.of("3", 0.1, "7", 0));
        Dataset dataset = new StrokesSpec(16, 1000, 0, null, asked).dataset(Work.UNATTENDED);
        assertThat(dataset.available()).isEqualTo(Dataset.UNLIMITED);
        long[] run = LongStream.range(from, from + 810).toArray();
        int[] counts = new int[10];
        for (int label : dataset.labels(run)) {
            counts[label]++;
        }
        for (int label = 0; label < 10; label++) {
            assertThat((double) counts[label])
                    .isBetween(label == 7 ? 0. : label == 3 ? 9. : 99., label == 7 ? 0. : label == 3 ? 11. : 101.);
        }
        Images images = (Images) dataset.real(run);
        assertThat(images.labels()).isEqualTo(dataset.labels(run));
        assertThat(Arrays.stream(run)
                        .mapToObj(i -> Arrays.hashCode(((Images) dataset.real(new long[] {i})).pixels()))
                        .distinct()
                        .count())
                .isEqualTo(810);
        int[] held = ((Images) dataset.holdout()).classCounts();
        assertThat(held).containsExactly(100, 100, 100, 10, 100, 100, 100, 0, 100, 100);
    }

    @Test
    void modelsCanBeAskedForTheShares() {
        Dataset dataset = new ImbalancedDataset(pets(), shares(2., 1., 0.));
        assertThat(dataset.shape(SampleLabels.AS_DATA)
                        .ofImages()
                        .orElseThrow()
                        .order()
                        .labels(0, 6))
                .containsExactly(0, 1, 0, 0, 1, 0);
        assertThat(dataset.shape(SampleLabels.BALANCED)
                        .ofImages()
                        .orElseThrow()
                        .order()
                        .labels(0, 4))
                .containsExactly(0, 1, 2, 0);
    }

    @Test
    void whatMovesKeepsItsShares() {
        FactorDrift drift = new FactorDrift(null, null, null, 0.1, null);
        ClassRatios asked = ClassRatios.parse(List.of(1, 0, 0, 0, 0, 0, 0, 0, 0, 1));
        Dataset moving = new StrokesSpec(16, 100, 0, drift, asked).dataset(Work.UNATTENDED);
        Dataset later = moving.at(4);
        long[] some = {0, 1, 2, 3};
        assertThat(later.labels(some)).isEqualTo(moving.labels(some)).containsExactly(0, 9, 0, 9);
        assertThat(((Images) later.real(some)).pixels()).isNotEqualTo(((Images) moving.real(some)).pixels());
        assertThat(moving.whole().hash())
                .isEqualTo(new StrokesSpec(16, 100, 0).open().hash());
    }

    @Test
    void whatCannotBeIsRefusedInALine() {
        refused(
                () -> new ImbalancedDataset(pets(), shares(1., 2.)),
                "dataset.classShares is [1.0, 2.0]: must have 3 numbers, one a class of pets, not 2");
        refused(
                () -> new ImbalancedDataset(pets(), shares(0., 0., 0.)),
                "dataset.classShares is [0.0, 0.0, 0.0]: must be above 0 for some class, or there is no image");
        refused(
                () -> new ImbalancedDataset(pets(), ClassRatios.parse(Map.of("cats", 1))),
                "dataset.classShares has 'cats', which is no class of pets; the nearest is cat");
        refused(() -> ClassRatios.parse(List.of(1, -1)), "'-1' is no share: must be a number of at least 0");
        refused(() -> ClassRatios.parse(List.of(1, "x")), "'x' is no share: must be a number of at least 0");
        refused(() -> ClassRatios.parse(3), "must be a list with a number a class");
        Images unlabelled = new Images(2, 2, 1, 1, new byte[8], new int[2]);
        refused(
                () -> new ImbalancedDataset(new FiniteDataset("plain", unlabelled, unlabelled, ""), shares(1.)),
                "dataset.classShares is given, but plain has no classes: leave the key out");
    }

    private static void refused(ThrowingCallable work, String message) {
        assertThatThrownBy(work).isInstanceOf(WrongValue.class).hasMessageContaining(message);
    }
}
