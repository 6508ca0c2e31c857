package org.autophage.data;

/**
 * The handwritten digits of LeCun, Cortes and Burges: 60,000 training images are the real samples, the first of the
 * 10,000 test images are the holdout.
 *
 * @param path the folder of the four IDX files, relative to the working directory or absolute; see
 *     {@link DatasetFolders} for where else it is looked for
 * @param size rows and columns of an image, pixels, 8 to 28; below 28 each pixel is the mean over the area it covers
 *     (larger would only interpolate, so it is refused)
 * @param holdout how many of the test images are held out for the metrics
 */
public record MnistSpec(String path, int size, int holdout) implements DatasetSpec {
    public static final String KIND = "mnist";

    public static final MnistSpec DEFAULTS = new MnistSpec("datasets/mnist", 28, 10_000);

    public MnistSpec {
        MnistVariant.checkSpec(KIND, path, size, holdout);
    }

    @Override
    public FiniteDataset open() {
        return MnistVariant.DIGITS.read(DatasetFolders.find(path), size, holdout);
    }
}
