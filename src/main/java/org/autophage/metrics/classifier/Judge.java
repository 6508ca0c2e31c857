package org.autophage.metrics.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * An independent classifier that tells how often samples are what was asked for. It shares neither architecture nor
 * seed with the feature extractor, so that the two do not share their mistakes.
 */
public final class Judge implements AutoCloseable {
    /** A class of whose real images it gets fewer right is not one that it sees. */
    private static final double SEEN = 0.5;

    private final Classifier classifier;
    private final BitSet seen;

    private Judge(Classifier classifier) {
        this.classifier = classifier;
        this.seen = new BitSet(classifier.classes());
        List<@Nullable Double> accuracy = classifier.classAccuracy();
        for (int c = 0; c < accuracy.size(); c++) {
            Double share = accuracy.get(c);
            seen.set(c, share == null || share >= SEEN);
        }
    }

    /** Whether a dataset's images are of several classes; without, there is nothing to judge. */
    public static boolean hasClasses(Dataset dataset) {
        return dataset.holdout().images().filter(images -> images.classes() > 1).isPresent();
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
        return agreement(classify(images), images.labels());
    }

    /** Share of images whose class is the one that was asked for. */
    public static double agreement(int[] classes, int[] asked) {
        long agreeing = IntStream.range(0, classes.length)
                .filter(i -> classes[i] == asked[i])
                .count();
        return (double) agreeing / classes.length;
    }

    /** How many classes it knows. */
    public int classes() {
        return classifier.classes();
    }

    /** Whether it knows a class well enough that its absence from samples means something: half of its real images are enough. */
    public boolean sees(int label) {
        return seen.get(label);
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
