package org.autophage.data.mnist;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.data.DatasetFolders;
import org.autophage.data.DatasetSpec;
import org.autophage.data.FiniteDataset;

/**
 * The handwritten digits of LeCun, Cortes and Burges: 60,000 training images are the real samples, the first of the
 * 10,000 test images are the holdout.
 */
@JsonClassDescription("The handwritten digits of MNIST: 60,000 real images of ten classes")
public record MnistSpec(
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
