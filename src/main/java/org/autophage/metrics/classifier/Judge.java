package org.autophage.metrics.classifier;

import java.io.IOException;
import java.nio.file.Path;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.program.Device;
import org.autophage.run.Work;

/**
 * An independent classifier that tells how often samples are what was asked for. It shares neither architecture nor
 * seed with the feature extractor, so that the two do not share their mistakes.
 */
public final class Judge implements AutoCloseable {
    private final Classifier classifier;

    private Judge(Classifier classifier) {
        this.classifier = classifier;
    }

    /** Takes the dataset's judge from the cache, or trains it. */
    public static Judge open(Device device, Dataset dataset, ClassifierCache cache, Work work) {
        return new Judge(cache.get(device, SmallResNet.NETWORK, dataset, work));
    }

    /** {@code judge@} and the first digits of its weights' hash. */
    public String name() {
        return classifier.name();
    }

    /** Share of the dataset's holdout that it gets right. */
    public double testAccuracy() {
        return classifier.testAccuracy();
    }

    /** Share of images to which it gives their label, the one that was asked for. */
    public double labelAccuracy(Images images) {
        return classifier.accuracy(images);
    }

    /** The most probable class of each image. */
    public int[] classify(Images images) {
        return classifier.labels(images);
    }

    /** Writes what is needed to judge in the same way again. */
    public void save(Path folder) throws IOException {
        classifier.save(folder);
    }

    @Override
    public void close() {
        classifier.close();
    }
}
