package org.autophage.metrics.neighbours;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.metrics.Clouds;
import org.autophage.metrics.features.Features;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The fast search against measuring every pair, on sets where matrix products cancel, and by its bounds. */
public class NeighbourSearchTest extends OnCpu {
    @TestFactory
    List<DynamicTest> equalsMeasuringEveryPair() {
        List<DynamicTest> tests = new ArrayList<>();
        for (Map.Entry<String, double[][]> set : Clouds.adversaries(90, 1).entrySet()) {
            double[][] others = Clouds.adversary(set.getKey(), 70, 2);
            for (boolean single : new boolean[] {false, true}) {
                Features one = single ? Clouds.single(set.getValue()) : Features.ofRows(set.getValue());
                Features other = single ? Clouds.single(others) : Features.ofRows(others);
                for (int[] sizes : new int[][] {{1, 33}, {3, 1000}, {20, 16}}) {
                    int k = sizes[0];
                    String name = "%s, %s, %d neighbours, tiles of %d"
                            .formatted(set.getKey(), single ? "float32" : "float64", k, sizes[1]);
                    tests.add(DynamicTest.dynamicTest(name, () -> check(one, other, k, sizes[1])));
                }
            }
        }
        return tests;
    }

    private static void check(Features one, Features other, int k, int tileRows) {
        try (NeighbourSearch search = new NeighbourSearch(device, tileRows)) {
            NearestNeighbours within = search.within(one, k);
            NearestNeighbours between = search.between(one, other, k);
            assertThat(within.count()).isEqualTo(one.count());
            for (int row = 0; row < one.count(); row++) {
                assertNearest(within, row, one, one, k, true);
                assertNearest(between, row, one, other, k, false);
            }
        }
    }

    private static void assertNearest(
            NearestNeighbours found, int row, Features set, Features others, int k, boolean same) {
        double[] distances = IntStream.range(0, others.count())
                .filter(other -> !same || other != row)
                .mapToDouble(other -> Math.sqrt(set.squaredDistance(row, others, other)))
                .sorted()
                .limit(k)
                .toArray();
        assertThat(Arrays.copyOfRange(found.distances(), row * k, (row + 1) * k))
                .isEqualTo(distances);
        int[] indices = Arrays.copyOfRange(found.indices(), row * k, (row + 1) * k);
        assertThat(indices).doesNotHaveDuplicates();
        for (int rank = 0; rank < k; rank++) {
            assertThat(Math.sqrt(set.squaredDistance(row, others, indices[rank])))
                    .isEqualTo(distances[rank]);
            assertThat(same && indices[rank] == row).isFalse();
        }
        if (k == 1 && !same) {
            int first = 0;
            while (Math.sqrt(set.squaredDistance(row, others, first)) != distances[0]) {
                first++;
            }
            assertThat(indices[0]).isEqualTo(first);
        }
        assertThat(found.distancesTo(k)[row]).isEqualTo(distances[k - 1]);
    }

    /** Every pair's distance lies between its bounds, and the bounds are as near as the precision promises. */
    @Test
    void boundsHoldOnBothSides() {
        for (Map.Entry<String, double[][]> set : Clouds.adversaries(64, 3).entrySet()) {
            Features rows = Features.ofRows(set.getValue());
            Features columns = Features.ofRows(Clouds.adversary(set.getKey(), 40, 4));
            double[] all = new double[64];
            Arrays.fill(all, Double.POSITIVE_INFINITY);
            try (PairFinder finder = new PairFinder(device, 24);
                    PairSearch search = finder.open(rows, columns)) {
                double scale = Centering.of(rows, columns).scale();
                int count = 0;
                for (int i = 0; i < search.rowTiles(); i++) {
                    for (int j = 0; j < search.columnTiles(); j++) {
                        try (PairSearch.RowTile tile = search.open(i);
                                PairSearch.TilePair pair = tile.across(j)) {
                            Pairs pairs = pair.near(all, all);
                            count += pairs.count();
                            for (int p = 0; p < pairs.count(); p++) {
                                double exact = rows.squaredDistance(pairs.rows()[p], columns, pairs.columns()[p]);
                                assertThat(exact).as(set.getKey()).isBetween(pairs.lower()[p], pairs.upper()[p]);
                                // Rows are at most 2 long: 2 · 2 · γ(12 + 18) · (4 + 4) at most.
                                assertThat((pairs.upper()[p] - pairs.lower()[p]) * scale * scale)
                                        .as(set.getKey())
                                        .isLessThan(32 * 31 * 0x1p-24);
                            }
                        }
                    }
                }
                assertThat(count).as(set.getKey()).isEqualTo(64 * 40);
            }
        }
    }

    @Test
    void limitsSelectOnEitherSide() {
        Features rows = Features.ofRows(1, new double[] {0, 10, 20});
        Features columns = Features.ofRows(1, new double[] {1, 12});
        try (PairFinder finder = new PairFinder(device, 3);
                PairSearch search = finder.open(rows, columns);
                PairSearch.RowTile tile = search.open(0);
                PairSearch.TilePair pair = tile.across(0)) {
            Pairs byRow = pair.near(new double[] {1.5, -1, 80}, new double[] {-1, -1});
            assertThat(byRow.rows()).containsExactly(0, 2);
            assertThat(byRow.columns()).containsExactly(0, 1);
            Pairs byColumn = pair.near(new double[] {-1, -1, -1}, new double[] {90, 5});
            assertThat(byColumn.rows()).containsExactly(0, 1, 1);
            assertThat(byColumn.columns()).containsExactly(0, 0, 1);
            assertThat(byColumn.squaredDistances(new int[] {1, 2})).containsExactly(81, 4);
            assertThat(byColumn.undecided(new double[] {-1, 4, 900}, new double[] {-1, -1}))
                    .isOne();
            assertThat(byColumn.undecided(new double[] {-1, -1, -1}, new double[] {81, -1}))
                    .isOne();
            assertThat(byColumn.undecided(new double[] {2, 50, 50}, new double[] {2, 50}))
                    .isZero();
        }
    }

    /** Where float32 leaves more than one pair in 32 open, float64 is asked: 0.1 apart at 10,000. */
    @Test
    void openPairsAreSettledByAFinerProduct() {
        double[][] rows = Clouds.scaled(Clouds.normal(64, 12, 5), .1);
        for (int i = 0; i < rows.length; i++) {
            rows[i][0] += i % 2 * 1e4;
        }
        Features features = Features.ofRows(rows);
        double[] radii;
        try (NeighbourSearch search = new NeighbourSearch(device)) {
            radii = search.within(features, 3).distancesTo(3);
        }
        double[] limits = Arrays.stream(radii).map(radius -> radius * radius).toArray();
        try (PairFinder finder = new PairFinder(device, 64);
                PairSearch search = finder.open(features, features);
                PairSearch.RowTile tile = search.open(0);
                PairSearch.TilePair pair = tile.across(0)) {
            Pairs pairs = pair.near(limits, limits);
            assertThat(pairs.count()).isLessThan(64 * 64 / 4);
            assertThat(pairs.upper()[0] - pairs.lower()[0]).isLessThan(1e-4);
        }
    }

    @Test
    void tilesAreNearlyEqual() {
        assertThat(PairSearch.Tile.of(10, 4))
                .containsExactly(new PairSearch.Tile(0, 3), new PairSearch.Tile(3, 6), new PairSearch.Tile(6, 10));
        assertThat(PairSearch.Tile.of(4, 4)).containsExactly(new PairSearch.Tile(0, 4));
        assertThat(PairSearch.Tile.of(5, 4)).hasSize(2);
        assertThat(PairSearch.Tile.of(50_000, 2048)).hasSize(25).allMatch(tile -> tile.size() == 2000);
    }

    @Test
    void badSetsAreRefused() {
        Features two = Features.ofRows(1, new double[] {0, 1});
        try (NeighbourSearch search = new NeighbourSearch(device)) {
            assertRefused(() -> search.within(two, 2), "2 samples are too few for neighbours 2: must be at least 3");
            assertRefused(
                    () -> search.between(two, two, 3),
                    "2 samples are too few to find 3 neighbours among: must be at least 3");
            assertThat(search.between(two, two, 2).distances()).containsExactly(0, 1, 0, 1);
            assertRefused(
                    () -> search.between(two, Features.ofRows(2, new double[] {0, 1}), 1),
                    "features of 1 and of 2 dimensions cannot be compared: must be the same");
            assertRefused(
                    () -> search.within(Features.ofRows(2, new double[] {0, 1, 2, Double.NaN}), 1),
                    "features: feature 1 of row 1 is NaN: must be a finite number");
            assertRefused(
                    () -> search.within(Features.ofRows(1, new double[] {0, 1e160}), 1),
                    "features are too large to be squared: must be below 1e150");
        }
    }

    public static void assertRefused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessage(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
