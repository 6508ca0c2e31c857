package org.autophage.metrics.classifier;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalDouble;
import org.autophage.base.AutophageException;
import org.autophage.data.Images;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/** A trained classifier of images; its activations before the last layer serve as features. */
final class Classifier implements FeatureExtractor {
    private final ClassifierProgram program;
    private final ClassifierNetwork network;
    private final Images like;
    private final String stem;
    private final ClassifierFiles.Content content;
    private final Scope scope;
    private final Tensor weights;

    /**
     * @param program closed with this
     * @param like gives height, width and channels of the images it takes
     * @param stem of its files' names
     */
    Classifier(
            Device device,
            ClassifierProgram program,
            ClassifierNetwork network,
            Images like,
            String stem,
            ClassifierFiles.Content content) {
        this.program = program;
        this.network = network;
        this.like = like;
        this.stem = stem;
        this.content = content;
        this.scope = device.newScope();
        this.weights = scope.floats(content.weights(), content.weights().length);
    }

    @Override
    public String name() {
        return content.card().classifier();
    }

    @Override
    public String preprocessing() {
        return like.describeSize() + " in [-1, 1]";
    }

    /** Share of the holdout that it gets right. */
    double testAccuracy() {
        return content.card().testAccuracy();
    }

    @Override
    public Features features(Images images) {
        return Features.ofRows(network.width(), answers(images).features());
    }

    @Override
    public OptionalDouble accuracy() {
        return OptionalDouble.of(testAccuracy());
    }

    /** The share of each class's holdout images that it gets right; null for a class without any. */
    List<@Nullable Double> classAccuracy() {
        return Objects.requireNonNull(content.card().classAccuracy());
    }

    /** The most probable class of each image. */
    int[] labels(Images images) {
        return answers(images).labels();
    }

    /** The probability of each class for each image, (images, classes) row-major. */
    double[] probabilities(Images images) {
        requireSize(images);
        return program.probabilities(weights, images);
    }

    /** Real images that it was trained on. */
    int trainedOn() {
        return content.card().trainingImages();
    }

    /** How many classes there are. */
    int classes() {
        return like.classes();
    }

    private ClassifierProgram.Answers answers(Images images) {
        requireSize(images);
        return program.infer(weights, images);
    }

    private void requireSize(Images images) {
        if (!images.describeSize().equals(like.describeSize())) {
            throw AutophageException.usage(
                    "%s takes images of %s, not of %s".formatted(name(), like.describeSize(), images.describeSize()));
        }
    }

    @Override
    public void save(Path folder) throws IOException {
        new ClassifierFiles(folder, stem).write(content);
    }

    @Override
    public void close() {
        scope.close();
        program.close();
    }
}
