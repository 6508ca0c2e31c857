package org.autophage.data;

/**
 * Zalando's articles of clothing (Xiao, Rasul and Vollgraf, arXiv 1708.07747), in the files and sizes of MNIST.
 *
 * @param path the folder of the four IDX files, relative to the working directory or absolute; see
 *     {@link DatasetFolders} for where else it is looked for
 * @param size rows and columns of an image, pixels, 8 to 28; below 28 each pixel is the mean over the area it covers
 * @param holdout how many of the test images are held out for the metrics
 */
public record FashionMnistSpec(String path, int size, int holdout) implements DatasetSpec {
    public static final String KIND = "fashion-mnist";

    public static final FashionMnistSpec DEFAULTS = new FashionMnistSpec("datasets/fashion-mnist", 28, 10_000);

    public FashionMnistSpec {
        MnistVariant.checkSpec(KIND, path, size, holdout);
    }

    @Override
    public FiniteDataset open() {
        return MnistVariant.FASHION.read(DatasetFolders.find(path), size, holdout);
    }
}
