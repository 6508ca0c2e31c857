package org.autophage.metrics.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.run.ClassifierAccuracy;

/**
 * A classifier for choosing samples, beside the feature extractor and the {@link Judge}, neither of whom it shares weights or
 * seed with: what chooses must not measure. It is trained on the dataset's real images without the holdout.
 */
public final class Verifier implements AutoCloseable {
    private final Classifier classifier;

    private Verifier(Classifier classifier) {
        this.classifier = classifier;
    }

    /** Takes the dataset's verifier from the cache, or trains it; says aloud if it does not know its classes. */
    public static Verifier open(Device device, Dataset dataset, ClassifierCache cache, Work work) {
        Classifier classifier = cache.get(device, SmallResNet.OF_VERIFIER, dataset, work);
        ClassifierAccuracy.warningOfVerifier(classifier.name(), classifier.testAccuracy())
                .ifPresent(work.progress()::message);
        return new Verifier(classifier);
    }

    /**
     * Real images that the verifier of a dataset is trained on.
     *
     * @param available real images of the dataset
     */
    public static long trainedOn(long available) {
        return ClassifierCache.trainingImages(available);
    }

    /** {@code verifier@} and the first digits of its weights' hash. */
    public String name() {
        return classifier.name();
    }

    /** Share of the dataset's holdout that it gets right. */
    public double testAccuracy() {
        return classifier.testAccuracy();
    }

    /** Real images that it was trained on. */
    public int trainedOn() {
        return classifier.trainedOn();
    }

    /**
     * How sure it is of each image, in [0, 1]: the probability of the class that was asked for, or, of images without classes,
     * of the most probable one.
     */
    public double[] sureness(Images images) {
        int classes = classifier.classes();
        double[] probabilities = classifier.probabilities(images);
        int[] asked = images.labels();
        double[] sureness = new double[images.count()];
        for (int i = 0; i < sureness.length; i++) {
            if (images.classes() > 1) {
                sureness[i] = probabilities[i * classes + asked[i]];
            } else {
                for (int c = 0; c < classes; c++) {
                    sureness[i] = Math.max(sureness[i], probabilities[i * classes + c]);
                }
            }
        }
        return sureness;
    }

    /** How many classes it knows. */
    public int classes() {
        return classifier.classes();
    }

    /** The probability of each class for each image, (images, classes) row-major. */
    public double[] probabilities(Images images) {
        return classifier.probabilities(images);
    }

    /** For each image 1 where its most probable class is the one that was asked for, else 0. */
    public double[] agreement(Images images) {
        int[] found = classifier.labels(images);
        int[] asked = images.labels();
        double[] agreement = new double[found.length];
        Arrays.setAll(agreement, i -> found[i] == asked[i] ? 1 : 0);
        return agreement;
    }

    /** Its activations before the last layer, one row an image. */
    public Features features(Images images) {
        return classifier.features(images);
    }

    /** Writes what is needed to verify in the same way again. */
    public void save(Path folder) throws IOException {
        classifier.save(folder);
    }

    @Override
    public void close() {
        classifier.close();
    }
}
