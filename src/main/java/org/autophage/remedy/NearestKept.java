package org.autophage.remedy;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.autophage.base.Interruptible;
import org.autophage.metrics.features.Features;

/** How far each row of features is from the nearest of those that were kept so far: one pass over all rows a row kept. */
final class NearestKept {
    /** Products of a pass from which on it is worth several threads. */
    private static final long WORTH_THREADS = 1 << 18;

    private static final int BLOCK = 256;

    private final Features features;
    /** Squared; infinite before anything is kept. */
    private final double[] squared;

    private final boolean[] kept;
    private double separation = Double.POSITIVE_INFINITY;

    NearestKept(Features features) {
        this.features = features;
        this.squared = new double[features.count()];
        this.kept = new boolean[features.count()];
        Arrays.fill(squared, Double.POSITIVE_INFINITY);
    }

    /** Keeps a row. */
    void keep(int row) {
        Interruptible.proceed();
        separation = Math.min(separation, distance(row));
        kept[row] = true;
        IntStream blocks = IntStream.range(0, (features.count() + BLOCK - 1) / BLOCK);
        if ((long) features.count() * features.width() >= WORTH_THREADS) {
            blocks = blocks.parallel();
        }
        blocks.forEach(block -> {
            for (int i = block * BLOCK; i < Math.min(features.count(), (block + 1) * BLOCK); i++) {
                squared[i] = Math.min(squared[i], features.squaredDistance(i, features, row));
            }
        });
    }

    boolean isKept(int row) {
        return kept[row];
    }

    /** Of a row from the nearest kept one; infinite before any is kept. */
    double distance(int row) {
        return Math.sqrt(squared[row]);
    }

    /** The row that is farthest from the kept ones, among those that are not kept; of equal ones the first. */
    int farthest() {
        int farthest = -1;
        for (int i = 0; i < squared.length; i++) {
            if (!kept[i] && (farthest < 0 || squared[i] > squared[farthest])) {
                farthest = i;
            }
        }
        return farthest;
    }

    /** The least distance between two kept rows; infinite for fewer than two. */
    double separation() {
        return separation;
    }

    /** The largest distance of a row from the nearest kept one. */
    double radius() {
        return Math.sqrt(Arrays.stream(squared).max().orElse(0));
    }

    /** The kept rows, rising. */
    int[] rows() {
        return IntStream.range(0, kept.length).filter(i -> kept[i]).toArray();
    }
}
