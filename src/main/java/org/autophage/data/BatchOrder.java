package org.autophage.data;

import org.autophage.base.Seeds;

/**
 * Which images a training step sees: one random permutation of the training set after another, cut into batches. A
 * function of the seeds and the step alone, so that a resumed training goes on with the same images.
 */
public final class BatchOrder {
    private final int images;
    private final int batch;
    private final Seeds.Stream seeds;
    private long epoch = -1;
    private int[] permutation = new int[0];

    /**
     * @param images in the training set
     * @param batch images of a step; may be more than there are in all
     * @param seeds one chunk an epoch
     */
    public BatchOrder(int images, int batch, Seeds.Stream seeds) {
        this.images = images;
        this.batch = batch;
        this.seeds = seeds;
    }

    /** Positions in the training set of the images of a step counted from 0. */
    public long[] at(long step) {
        long[] positions = new long[batch];
        for (int i = 0; i < batch; i++) {
            long place = step * batch + i;
            shuffleFor(place / images);
            positions[i] = permutation[(int) (place % images)];
        }
        return positions;
    }

    private void shuffleFor(long wanted) {
        if (wanted == epoch) {
            return;
        }
        epoch = wanted;
        permutation = Shuffle.permutation(images, seeds.random(epoch));
    }
}
