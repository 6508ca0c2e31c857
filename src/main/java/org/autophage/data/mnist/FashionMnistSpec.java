package org.autophage.data.mnist;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.data.DatasetFolders;
import org.autophage.data.DatasetSpec;
import org.autophage.data.FiniteDataset;

/**
 * Zalando's articles of clothing (Xiao, Rasul and Vollgraf, arXiv 1708.07747), in the files and sizes of MNIST.
 */
@JsonClassDescription("Zalando's articles of clothing, in the files and sizes of MNIST")
public record FashionMnistSpec(
        @JsonPropertyDescription(
                        "Folder of the four IDX files, relative to the working directory or absolute; one that is not there is looked for in AUTOPHAGE_DATASETS by its last part")
                String path,
        @JsonPropertyDescription(
                        "Rows and columns of an image, pixels, 8 to 28; below 28 each pixel is the mean over the area that it covers")
                int size,
        @JsonPropertyDescription(
                        "Images held out for the metrics, which no model trains on: the first of the test images, 1 to 10000")
                int holdout)
        implements DatasetSpec {
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
