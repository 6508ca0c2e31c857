package org.autophage.data;

import java.util.Arrays;

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
    public Images real(long[] indices) {
        return training.select(Arrays.stream(indices).mapToInt(Math::toIntExact).toArray());
    }
}
