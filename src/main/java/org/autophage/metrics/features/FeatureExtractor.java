package org.autophage.metrics.features;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalDouble;
import org.autophage.data.Images;

/** Maps images to the vectors in which they are compared. Use from one thread at a time. */
public interface FeatureExtractor extends AutoCloseable {
    /**
     * Identifies the extractor beside every number that depends on it, such as {@code lenet@1a2b3c4d5e6f}: its kind and
     * the first digits of its weights' hash.
     */
    String name();

    /** What is done to the images before, such as {@code 28x28x1 in [-1, 1]}; stands beside the name. */
    String preprocessing();

    /** The share of real images that it had not seen of which it names the class; empty where it is no classifier of the dataset. */
    default OptionalDouble accuracy() {
        return OptionalDouble.empty();
    }

    /** One row an image. */
    Features features(Images images);

    /** Writes what is needed to extract the same features again. */
    void save(Path folder) throws IOException;

    @Override
    void close();
}
