package org.autophage.remedy;

import java.nio.file.Path;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;

/**
 * A model whose latents take their signs from a key: what it draws is what the model draws, by the same seeds, but for these signs.
 *
 * @param model which is not closed with this
 * @param key of the signs
 */
record SignedModel(GenerativeModel model, LatentKey key) implements GenerativeModel {
    @Override
    public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
        long batch = seeds.of(0);
        return model.sample(
                (first, images, latents) -> {
                    int size = latents.length / images;
                    for (int i = 0; i < images; i++) {
                        key.sign(batch, first + i, latents, i * size, size);
                    }
                },
                count,
                bias,
                seeds,
                work);
    }

    @Override
    public void save(Path folder) {
        throw new UnsupportedOperationException("what is kept is the model");
    }

    @Override
    public void close() {}
}
