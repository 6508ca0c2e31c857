package org.autophage.data.catalog;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;
import org.autophage.data.Dataset;
import org.autophage.data.DatasetDownload;
import org.autophage.data.DatasetFolders;
import org.autophage.data.FiniteDataset;
import org.autophage.data.cifar.CifarFile;
import org.autophage.data.cifar.CifarSource;
import org.autophage.data.cifar.CifarSpec;
import org.autophage.data.mnist.FashionMnistSpec;
import org.autophage.data.mnist.MnistFile;
import org.autophage.data.mnist.MnistSpec;
import org.autophage.data.mnist.MnistVariant;
import org.autophage.data.picture.ImagesSpec;
import org.autophage.data.picture.PictureFiles;
import org.autophage.data.picture.PictureSources;
import org.autophage.data.sequence.GrammarSpec;
import org.autophage.data.sequence.TextSpec;
import org.autophage.data.store.ImageStore;
import org.autophage.data.strokes.StrokesSpec;
import org.jspecify.annotations.Nullable;

/**
 * The datasets that there are, where they lie on this machine, and how to get them: what
 * {@code ./autophage data fetch|list|check} asks.
 */
public final class DatasetCatalog {
    private final Path root;
    private final List<MnistVariant> variants;
    private final Duration patience;

    /**
     * The catalog of a folder that has one folder a dataset.
     *
     * @param root usually {@link DatasetFolders#root()}
     */
    public DatasetCatalog(Path root) {
        this(root, List.of(MnistVariant.DIGITS, MnistVariant.FASHION), DatasetDownload.PATIENCE);
    }

    DatasetCatalog(Path root, List<MnistVariant> variants, Duration patience) {
        this.root = root;
        this.variants = variants;
        this.patience = patience;
    }

    /**
     * A kind of dataset as it stands on this machine.
     *
     * @param kind as in a spec
     * @param images how many real images it has, or {@link Dataset#UNLIMITED}
     * @param holdout how many more it can hold out
     * @param place its folder, whether it is there or not; null when it needs none
     * @param missing names of the files that are not there; empty when it can be used
     */
    public record Entry(String kind, long images, long holdout, @Nullable Path place, List<String> missing) {
        public boolean usable() {
            return missing.isEmpty();
        }
    }

    /** Every kind that has a place of its own; looks at which files exist, not into them. */
    public List<Entry> list() {
        List<Entry> entries = new ArrayList<>();
        entries.add(new Entry(StrokesSpec.KIND, Dataset.UNLIMITED, StrokesSpec.DEFAULTS.holdout(), null, List.of()));
        for (MnistVariant variant : variants) {
            Path folder = root.resolve(variant.kind());
            entries.add(new Entry(
                    variant.kind(),
                    MnistVariant.TRAINING_IMAGES,
                    MnistVariant.TEST_IMAGES,
                    folder,
                    variant.missingFrom(folder).stream()
                            .map(MnistFile::fileName)
                            .toList()));
        }
        entries.add(cifar());
        return entries;
    }

    private Entry cifar() {
        Path folder = root.resolve(CifarSpec.KIND);
        Optional<CifarSource> found = CifarSource.in(folder, CifarFile.SIZE);
        return new Entry(
                CifarSpec.KIND,
                found.map(source -> source.training().countAtMost()).orElse(CifarFile.TRAINING_IMAGES),
                found.map(source -> source.test().countAtMost()).orElse(CifarFile.BATCH_IMAGES),
                folder,
                found.isPresent() ? List.of() : List.of(CifarSource.ARCHIVE));
    }

    /** Where the network {@code inception} lies, or would: it is fetched like a dataset. */
    public Path inception() {
        return InceptionFile.place(root);
    }

    /**
     * Gets what a dataset, or the network {@code inception}, still lacks into the root; files that are there and right
     * are kept, others replaced.
     *
     * @return the dataset's folder
     * @throws AutophageException (usage) when there is no such kind, (failed) when no mirror serves it or the disk
     *     refuses it
     */
    public Path fetch(String kind, Progress progress) {
        for (MnistVariant variant : variants) {
            if (variant.kind().equals(kind)) {
                Path folder = root.resolve(kind);
                DatasetDownload download =
                        new DatasetDownload(variant.mirrors(), DatasetDownload.Packing.GZIP, patience);
                variant.fetch(folder, download, progress);
                return folder;
            }
        }
        return switch (kind) {
            case CifarSpec.KIND -> CifarSource.fetch(root.resolve(kind), progress);
            case InceptionFile.KIND -> InceptionFile.fetch(root, progress);
            case StrokesSpec.KIND ->
                throw AutophageException.usage("strokes needs no fetching: its images are drawn on demand");
            case GrammarSpec.KIND ->
                throw AutophageException.usage("grammar needs no fetching: its sentences are drawn on demand");
            case ImagesSpec.KIND ->
                throw AutophageException.usage("images are your own: put their folder or zip into dataset.path");
            case TextSpec.KIND ->
                throw AutophageException.usage("text is your own: put its file or folder into dataset.path");
            default ->
                throw AutophageException.usage("there is no dataset '%s' to fetch: must be %s, %s, %s or %s"
                        .formatted(kind, MnistSpec.KIND, FashionMnistSpec.KIND, CifarSpec.KIND, InceptionFile.KIND));
        };
    }

    /**
     * Reads a dataset and checks every byte of it: the files of MNIST and its variants, batches of CIFAR-10, a store of
     * converted images, or pictures in any form.
     *
     * @param place such as datasets/mnist; looked for as {@link DatasetFolders} says
     * @throws AutophageException (usage) naming the first file that is missing, truncated or corrupt
     */
    public Entry check(Path place, Progress progress) {
        Path found = DatasetFolders.find(place.toString());
        if (!PictureSources.exists(found)) {
            throw AutophageException.usage("%s is missing: must be the folder of a dataset, such as %s"
                    .formatted(place, MnistSpec.DEFAULTS.path()));
        }
        if (MnistVariant.isIn(found)) {
            return checkMnist(found);
        }
        Optional<CifarSource> batches = CifarSource.batchesIn(found, CifarFile.SIZE);
        if (batches.isPresent()) {
            batches.get().training().read(progress, chunk -> {});
            batches.get().test().read(progress, chunk -> {});
            return new Entry(CifarSpec.KIND, CifarFile.TRAINING_IMAGES, CifarFile.BATCH_IMAGES, found, List.of());
        }
        if (ImageStore.isOne(found)) {
            return new Entry("store", ImageStore.check(found), 0, found, List.of());
        }
        try (PictureFiles pictures = PictureFiles.open(found)) {
            pictures.check(progress);
            return new Entry(ImagesSpec.KIND, pictures.count(), 0, found, List.of());
        }
    }

    /** Which of the variants it is the labels tell; where they tell nothing, it should be MNIST itself. */
    private Entry checkMnist(Path folder) {
        MnistVariant variant = variants.stream()
                .filter(each -> MnistFile.TRAIN_LABELS.isRight(folder, each))
                .findFirst()
                .orElse(variants.get(0));
        FiniteDataset read = variant.read(folder, MnistVariant.NATIVE_SIZE, MnistVariant.TEST_IMAGES);
        return new Entry(variant.kind(), read.available(), read.holdout().count(), folder, List.of());
    }
}
