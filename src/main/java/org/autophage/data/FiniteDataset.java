package org.autophage.data;

import java.util.Arrays;
import java.util.Optional;

/**
 * A dataset of so many images: real sample i is training image i.
 *
 * @param name the kind as written in a spec
 * @param training the real images
 * @param holdout those that no model trains on
 * @param hash identifies the content
 */
public record FiniteDataset(String name, Images training, Images holdout, String hash) implements Dataset {
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
