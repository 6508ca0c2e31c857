package org.autophage.metrics.features;

import java.nio.file.Path;
import org.autophage.data.Images;

/** The pixels themselves, in [0, 1], in NHWC order: for toy data, and for finding copies. */
public final class PixelFeatures implements FeatureExtractor {
    public static final String NAME = "pixels";

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public String preprocessing() {
        return "in [0, 1]";
    }

    @Override
    public Features features(Images images) {
        float[] values = new float[Math.multiplyExact(images.count(), images.imageBytes())];
        int at = 0;
        for (int image = 0; image < images.count(); image++) {
            for (byte pixel : images.pixels(image)) {
                values[at++] = Byte.toUnsignedInt(pixel) / 255f;
            }
        }
        return Features.ofRows(images.imageBytes(), values);
    }

    /** Nothing but the name is needed. */
    @Override
    public void save(Path folder) {}

    @Override
    public void close() {}
}
