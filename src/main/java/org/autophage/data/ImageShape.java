package org.autophage.data;

import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.program.SavedModule;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a model of images has to produce.
 *
 * @param size height and width, pixels
 * @param channels 1 for grey, 3 for RGB
 * @param classNames what the classes are called
 * @param order which class sample i is asked to be of
 */
public record ImageShape(int size, int channels, ClassNames classNames, LabelOrder order) implements SampleShape {
    /** Classes 0, 1, … that take turns: sample i is asked to be of class i mod classes. */
    public ImageShape(int size, int channels, int classes) {
        this(size, channels, ClassNames.numbered(classes), LabelOrder.inTurn(classes));
    }

    /** Number of classes. */
    public int classes() {
        return classNames.count();
    }

    /**
     * The shape of images.
     *
     * @param kind of the model that learns them, for the message
     * @throws AutophageException (usage) if the samples are none
     */
    public static ImageShape of(SampleShape shape, String kind) {
        return shape.ofImages()
                .orElseThrow(() -> AutophageException.usage(
                        "model.kind is %s, which learns images, but the dataset has %s: choose model.kind %s"
                                .formatted(
                                        kind,
                                        shape.describe(),
                                        shape.ofTokens().isPresent()
                                                ? "categorical, markov or transformer"
                                                : "gaussian, mixture, kernel or flow")));
    }

    @Override
    public SampleKind kind() {
        return SampleKind.IMAGES;
    }

    @Override
    public Optional<ImageShape> ofImages() {
        return Optional.of(this);
    }

    @Override
    public String describe() {
        return "images of %d x %d x %d".formatted(size, size, channels);
    }

    /**
     * The same for a model that is not told labels. To it all images are of one class, and so are its own: label 0 of one
     * class says that nothing was asked for.
     */
    public ImageShape unlabelled() {
        return new ImageShape(size, channels, 1);
    }

    /** The labels of images as a model of this shape is told them; all 0 where it knows one class only. */
    public int[] labelsOf(Images images) {
        return classes() == 1 ? new int[images.count()] : images.labels();
    }

    /**
     * Says in a saved model what it draws: buffers {@code image_shape} (channels, height, width) and {@code classes}, their
     * number, and a file {@code classes.json}, a list of their names.
     */
    public SavedModule describe(SavedModule module) {
        return module.buffer("image_shape", new float[] {channels, size, size})
                .buffer("classes", new float[] {classes()})
                .file("classes.json", JsonMapper.shared().writeValueAsString(classNames.all()));
    }

    /** Bytes of one image. */
    public int bytes() {
        return size * size * channels;
    }
}
