package org.autophage.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autophage.base.AutophageException;
import org.autophage.base.WrongValue;

/**
 * A dataset of so many images: real sample i is training image i.
 *
 * @param name the kind as written in a spec
 * @param training the real images
 * @param holdout those that no model trains on
 * @param hash identifies the content
 */
public record FiniteDataset(String name, Images training, Images holdout, String hash) implements Dataset {
    /** Which images are held out of a set without a test set is drawn from this. */
    private static final long HOLDOUT_SEED = 20_221_031;

    /**
     * Splits images into real ones and holdout, drawn at random but the same for everybody; both keep the images' order.
     *
     * @param place where the images are, for messages
     * @throws AutophageException (usage) if no image is left to learn from
     */
    public static FiniteDataset split(String name, Images all, int holdout, String place, String hash) {
        if (holdout >= all.count()) {
            throw WrongValue.of(
                    "dataset.holdout",
                    holdout,
                    "must be below %d, the number of images in %s".formatted(all.count(), place));
        }
        int[] order = Shuffle.permutation(all.count(), new SplittableRandom(HOLDOUT_SEED));
        int[] held = Arrays.copyOf(order, holdout);
        int[] rest = Arrays.copyOfRange(order, holdout, order.length);
        Arrays.sort(held);
        Arrays.sort(rest);
        return new FiniteDataset(name, all.select(rest), all.select(held), hash);
    }

    @Override
    public long available() {
        return training.count();
    }

    @Override
    public SampleShape shape(SampleLabels labels) {
        LabelOrder order = labels == SampleLabels.AS_DATA
                ? LabelOrder.byShares(training.classCounts())
                : LabelOrder.inTurn(training.classes());
        return new ImageShape(training.height(), training.channels(), training.classNames(), order);
    }

    @Override
    public Optional<int[]> classCounts() {
        return Optional.of(training.classCounts());
    }

    @Override
    public Images real(long[] indices) {
        return training.select(Arrays.stream(indices).mapToInt(Math::toIntExact).toArray());
    }
}
