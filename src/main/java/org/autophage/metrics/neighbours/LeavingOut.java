package org.autophage.metrics.neighbours;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * What recall and coverage would be without each of the generated samples, one after the other: told pair by pair while balls are
 * counted. From that the jackknife has their sampling errors (Efron and Stein 1981: its expectation is at least the variance of
 * one sample fewer, for whatever function of independent samples). Without a sample its ball is gone, too, and those balls grow to
 * their next neighbour that it was among the k nearest of.
 */
final class LeavingOut {
    private static final int NONE = -1;
    private static final int SEVERAL = -2;

    private final int neighbours;
    private final NearestNeighbours oneMore;
    /** Of every real sample the generated one whose ball it is in, none, or several. */
    private final int[] around;
    /** Of every real sample the generated one that is in its ball, none, or several. */
    private final int[] inside;
    /** Real samples outside a generated ball that would be inside, were it to grow to its next neighbour, pair by pair. */
    private int[] outside = new int[1024];

    private int[] growing = new int[1024];
    private int pairs;

    /**
     * @param neighbours k
     * @param oneMore the k + 1 nearest of every generated sample
     */
    LeavingOut(int reals, int neighbours, NearestNeighbours oneMore) {
        this.neighbours = neighbours;
        this.oneMore = oneMore;
        this.around = new int[reals];
        this.inside = new int[reals];
        Arrays.fill(around, NONE);
        Arrays.fill(inside, NONE);
    }

    /** A generated sample's ball holds a real one. */
    void holds(int fake, int real) {
        around[real] = around[real] == NONE ? fake : SEVERAL;
    }

    /** A generated sample's ball would hold a real one, if it grew to its next neighbour. */
    void wouldHold(int fake, int real) {
        if (pairs == outside.length) {
            outside = Arrays.copyOf(outside, 2 * pairs);
            growing = Arrays.copyOf(growing, 2 * pairs);
        }
        outside[pairs] = real;
        growing[pairs++] = fake;
    }

    /** A generated sample is in a real one's ball. */
    void isInside(int fake, int real) {
        inside[real] = inside[real] == NONE ? fake : SEVERAL;
    }

    /** The sampling error of the recall. */
    double recallError() {
        double[] changes = new double[oneMore.count()];
        boolean[] stays = new boolean[around.length];
        // A real sample that no ball holds is held without any of those samples for whose lack a ball grows over it,
        // once each.
        int[] order = new int[pairs];
        int[] heldWithout = new int[changes.length];
        Arrays.fill(heldWithout, NONE);
        groupByReal(order);
        for (int pair : order) {
            int real = outside[pair];
            for (int rank = 0; rank < neighbours; rank++) {
                int without = oneMore.indices()[growing[pair] * oneMore.k() + rank];
                if (around[real] == NONE && heldWithout[without] != real) {
                    heldWithout[without] = real;
                    changes[without]++;
                } else if (around[real] == without) {
                    stays[real] = true;
                }
            }
        }
        for (int real = 0; real < around.length; real++) {
            if (around[real] >= 0 && !stays[real]) {
                changes[around[real]]--;
            }
        }
        return error(changes);
    }

    /** The pairs in the order of their real samples. */
    private void groupByReal(int[] order) {
        int[] next = new int[around.length + 1];
        for (int pair = 0; pair < pairs; pair++) {
            next[outside[pair] + 1]++;
        }
        for (int real = 0; real < around.length; real++) {
            next[real + 1] += next[real];
        }
        for (int pair = 0; pair < pairs; pair++) {
            order[next[outside[pair]]++] = pair;
        }
    }

    /** The sampling error of the coverage. */
    double coverageError() {
        double[] changes = new double[oneMore.count()];
        for (int only : inside) {
            if (only >= 0) {
                changes[only]--;
            }
        }
        return error(changes);
    }

    /** √((n − 1)/n Σ (dᵢ − d̄)²) of changes in counts of real samples; one real sample's share where there is none at all. */
    private double error(double[] changes) {
        int n = changes.length;
        double mean = DoubleStream.of(changes).sum() / n;
        double squares = DoubleStream.of(changes)
                .map(change -> (change - mean) * (change - mean))
                .sum();
        return Math.max(1, Math.sqrt((n - 1.0) / n * squares)) / around.length;
    }
}
