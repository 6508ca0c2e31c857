package org.autophage.metrics.neighbours;

import java.util.Arrays;
import java.util.function.IntPredicate;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;

/**
 * Finds nearest neighbours, exactly: distances are float64, summed from differences, whatever the speed of the search
 * ({@link PairFinder}). Memory is bounded by the features and a few hundred megabytes.
 */
public final class NeighbourSearch implements AutoCloseable {
    /** Pairs that are measured at a time, before the limits for the next ones are tightened. */
    private static final int BATCH = 8192;

    private final PairFinder finder;

    public NeighbourSearch(Device device) {
        this(device, PairFinder.TILE_ROWS);
    }

    NeighbourSearch(Device device, int tileRows) {
        this.finder = new PairFinder(device, tileRows);
    }

    PairFinder finder() {
        return finder;
    }

    /**
     * The k nearest other rows of every row of a set; a copy of a row is another row, at distance 0.
     *
     * @throws AutophageException (usage) if there are fewer than k + 1 samples
     */
    public NearestNeighbours within(Features set, int k) {
        if (set.count() <= k) {
            throw AutophageException.usage(
                    "%d samples are too few for neighbours %d: must be at least %d".formatted(set.count(), k, k + 1));
        }
        NearestSoFar nearest = new NearestSoFar(set.count(), k);
        try (PairSearch search = finder.open(set, set)) {
            for (int i = 0; i < search.rowTiles(); i++) {
                try (PairSearch.RowTile tile = search.open(i)) {
                    for (int j = i; j < search.columnTiles(); j++) {
                        try (PairSearch.TilePair pair = tile.across(j)) {
                            // The first tile tells all others how near their neighbours are at least.
                            if (i == 0 && j == 0) {
                                // A row finds itself too, hence one more.
                                nearest.limit(pair.firstRow(), pair.kthSmallestOfRows(k + 1));
                            } else if (i == 0) {
                                nearest.limit(pair.firstColumn(), pair.kthSmallestOfColumns(k));
                            }
                            offerBothWays(pair.near(nearest.limits(), nearest.limits()), nearest);
                        }
                    }
                }
            }
        }
        return nearest.found();
    }

    /**
     * The k nearest rows of another set of every row of a set.
     *
     * @throws AutophageException (usage) if the other set has fewer than k samples or another number of features
     */
    public NearestNeighbours between(Features set, Features others, int k) {
        if (others.count() < k) {
            throw AutophageException.usage("%d samples are too few to find %d neighbours among: must be at least %d"
                    .formatted(others.count(), k, k));
        }
        NearestSoFar nearest = new NearestSoFar(set.count(), k);
        double[] none = new double[others.count()];
        Arrays.fill(none, Double.NEGATIVE_INFINITY);
        try (PairSearch search = finder.open(set, others)) {
            for (int i = 0; i < search.rowTiles(); i++) {
                try (PairSearch.RowTile tile = search.open(i)) {
                    for (int j = 0; j < search.columnTiles(); j++) {
                        try (PairSearch.TilePair pair = tile.across(j)) {
                            if (j == 0) {
                                nearest.limit(pair.firstRow(), pair.kthSmallestOfRows(k));
                            }
                            offer(pair.near(nearest.limits(), none), nearest);
                        }
                    }
                }
            }
        }
        return nearest.found();
    }

    /** How many pairs of different rows of a set are nearer to each other than a distance, or copies. */
    public long pairsNearerThan(Features set, double distance) {
        double[] limits = new double[set.count()];
        Arrays.fill(limits, distance * distance);
        long[] near = new long[1];
        try (PairSearch search = finder.open(set, set)) {
            for (int i = 0; i < search.rowTiles(); i++) {
                try (PairSearch.RowTile tile = search.open(i)) {
                    for (int j = i; j < search.columnTiles(); j++) {
                        try (PairSearch.TilePair pair = tile.across(j)) {
                            Pairs pairs = pair.near(limits, limits);
                            measure(
                                    pairs,
                                    each -> pairs.rows()[each] < pairs.columns()[each],
                                    (each, squared) ->
                                            near[0] += squared == 0 || Math.sqrt(squared) < distance ? 1 : 0);
                        }
                    }
                }
            }
        }
        return near[0];
    }

    /** Measures the pairs of two different rows of one set that can be near to either; each comes twice in a tile. */
    private static void offerBothWays(Pairs pairs, NearestSoFar nearest) {
        measure(
                pairs,
                i -> pairs.rows()[i] < pairs.columns()[i]
                        && (nearest.admits(pairs.rows()[i], pairs.lower()[i])
                                || nearest.admits(pairs.columns()[i], pairs.lower()[i])),
                (i, squared) -> {
                    nearest.offer(pairs.rows()[i], pairs.columns()[i], squared);
                    nearest.offer(pairs.columns()[i], pairs.rows()[i], squared);
                });
    }

    private static void offer(Pairs pairs, NearestSoFar nearest) {
        measure(
                pairs,
                i -> nearest.admits(pairs.rows()[i], pairs.lower()[i]),
                (i, squared) -> nearest.offer(pairs.rows()[i], pairs.columns()[i], squared));
    }

    /** Measures those pairs that a test still lets pass after the batches before. */
    private static void measure(Pairs pairs, IntPredicate test, PairConsumer consumer) {
        for (int from = 0; from < pairs.count(); from += BATCH) {
            int[] chosen = IntStream.range(from, Math.min(pairs.count(), from + BATCH))
                    .filter(test)
                    .toArray();
            double[] squared = pairs.squaredDistances(chosen);
            for (int i = 0; i < chosen.length; i++) {
                consumer.accept(chosen[i], squared[i]);
            }
        }
    }

    private interface PairConsumer {
        void accept(int pair, double squaredDistance);
    }

    @Override
    public void close() {
        finder.close();
    }
}
