package org.autophage.model;

import org.autophage.base.AutophageException;
import org.autophage.data.Images;

/**
 * What a model of images has to produce.
 *
 * @param size height and width, pixels
 * @param channels 1 for grey, 3 for RGB
 * @param classes number of classes; sample i is asked to be of class i mod classes
 */
public record ImageShape(int size, int channels, int classes) implements SampleShape {
    /**
     * The shape of images.
     *
     * @param kind of the model that learns them, for the message
     * @throws AutophageException (usage) if the samples are none
     */
    public static ImageShape of(SampleShape shape, String kind) {
        if (shape instanceof ImageShape images) {
            return images;
        }
        throw AutophageException.usage(
                "model.kind is %s, which learns images, but the dataset has %s: choose model.kind gaussian, mixture, kernel or flow"
                        .formatted(kind, shape.describe()));
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
        return classes == 1 ? new int[images.count()] : images.labels();
    }

    /** Bytes of one image. */
    public int bytes() {
        return size * size * channels;
    }
}
