package org.autophage.data.mnist;

import org.autophage.data.DatasetFolders;
import org.autophage.data.DatasetSpec;
import org.autophage.data.FiniteDataset;

/**
 * What the specs of all datasets in the files of MNIST have in common. Their records name DatasetSpec beside it, because the
 * schema generator looks for a variant's name one interface up and no further.
 */
interface MnistFilesSpec extends DatasetSpec {
    /** Of the key {@code path}. */
    String PATH =
            "Folder of the four IDX files, relative to the working directory or absolute; one that is not there is looked for in AUTOPHAGE_DATASETS by its last part";

    /** Of the key {@code size}. */
    String SIZE =
            "Rows and columns of an image, pixels, 8 to 28; below 28 each pixel is the mean over the area that it covers";

    /** Of the key {@code holdout}. */
    String HOLDOUT =
            "Images held out for the metrics, which no model trains on: the first of the test images, 1 to 10000";

    String path();

    int size();

    /** Which of the datasets it is. */
    MnistVariant variant();

    @Override
    default FiniteDataset open() {
        return variant().read(DatasetFolders.find(path()), size(), holdout());
    }
}
