package org.autophage.data;

import org.autophage.base.AutophageException;

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

    private static final int MIN_SIZE = 8;

    public MnistSpec {
        if (path.isBlank()) {
            throw AutophageException.usage(
                    "dataset.path is empty: must be the folder of the MNIST files, such as " + "datasets/mnist");
        }
        if (size < MIN_SIZE || size > MnistDataset.NATIVE_SIZE) {
            throw AutophageException.usage("dataset.size is %d: must be from %d to %d for mnist"
                    .formatted(size, MIN_SIZE, MnistDataset.NATIVE_SIZE));
        }
        if (holdout < 1 || holdout > MnistDataset.TEST_IMAGES) {
            throw AutophageException.usage("dataset.holdout is %d: must be from 1 to %d for mnist"
                    .formatted(holdout, MnistDataset.TEST_IMAGES));
        }
    }

    @Override
    public MnistDataset open() {
        return MnistDataset.read(DatasetFolders.find(path), MnistFile.CHECKSUMS, this);
    }
}
