package org.autophage.data.cifar;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.Sha256;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.ClassRatios;
import org.autophage.data.DatasetFolders;
import org.autophage.data.DatasetSpec;
import org.autophage.data.FiniteDataset;
import org.autophage.data.store.ImageStore;
import org.autophage.data.store.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * CIFAR-10 (Krizhevsky 2009), 32×32 colour photographs of ten classes: training images are the real samples, the first of
 * the test images are the holdout.
 */
@JsonClassDescription("CIFAR-10: 50,000 colour photographs of ten classes")
public record CifarSpec(
        @JsonPropertyDescription(
                        "Folder with the binary batches, their .tar.gz or a zip or folders of pictures, or one of these files, relative to the working directory or absolute; one that is not there is looked for in AUTOPHAGE_DATASETS by its last part")
                String path,
        @JsonPropertyDescription(
                        "Rows and columns of an image, pixels, 8 to 32; below 32 each pixel is the mean over the area that it covers")
                int size,
        @JsonPropertyDescription(
                        "Images held out for the metrics, which no model trains on: the first of the test images, at least 1")
                int holdout,
        @JsonPropertyDescription(ClassRatios.MEANING) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                ClassRatios classShares)
        implements DatasetSpec {
    public static final String KIND = "cifar10";

    public static final CifarSpec DEFAULTS = new CifarSpec("datasets/cifar10", CifarFile.SIZE, 5_000);

    private static final int MIN_SIZE = 8;

    public CifarSpec {
        Checks.notBlank("dataset.path", path, "the folder of CIFAR-10, such as datasets/cifar10");
        Checks.within("dataset.size", size, Range.wholeFrom(MIN_SIZE, CifarFile.SIZE), "for cifar10");
        Checks.within("dataset.holdout", holdout, Range.atLeast(1));
    }

    /** All of its classes alike. */
    public CifarSpec(String path, int size, int holdout) {
        this(path, size, holdout, null);
    }

    @Override
    public FiniteDataset open() {
        return open(Work.UNATTENDED);
    }

    @Override
    public FiniteDataset open(Work work) {
        return open(CifarSource.find(DatasetFolders.find(path), size), work);
    }

    FiniteDataset open(CifarSource source, Work work) {
        StoreFile training = ImageStore.open(source.training(), work);
        StoreFile test = ImageStore.open(source.test(), work);
        for (StoreFile part : new StoreFile[] {training, test}) {
            if (part.header().classes() != CifarFile.CLASSES.count()) {
                throw AutophageException.usage("%s has %d classes, must have %d: `kind: images` reads any pictures"
                        .formatted(part.header().source(), part.header().classes(), CifarFile.CLASSES.count()));
            }
        }
        if (!names(training).equals(names(test))) {
            throw AutophageException.usage("%s has the classes %s for training and %s for tests: must be the same"
                    .formatted(path, names(training).all(), names(test).all()));
        }
        Checks.within(
                "dataset.holdout",
                holdout,
                Range.wholeFrom(1, test.images().count()),
                "the test images of " + test.header().source());
        String hash = Sha256.of("cifar10 size %d training %s test %s holdout %d"
                .formatted(size, training.header().content(), test.header().content(), holdout));
        return new FiniteDataset(
                KIND,
                training.images().called(names(training)),
                test.images().called(names(test)).slice(0, holdout),
                hash);
    }

    /** Stores of earlier versions have no names; both orders of the classes are that of the alphabet. */
    private static ClassNames names(StoreFile store) {
        return store.header().names() == null
                ? CifarFile.CLASSES
                : store.header().classNames();
    }
}
