package org.autophage.data.cifar;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.data.DatasetDownload;
import org.autophage.data.picture.Colour;
import org.autophage.data.picture.Crop;
import org.autophage.data.picture.LabelKeys;
import org.autophage.data.picture.LabelSource;
import org.autophage.data.picture.PictureFit;
import org.autophage.data.picture.PictureReading;
import org.autophage.data.picture.PictureStoreSource;
import org.autophage.data.picture.Resize;
import org.autophage.data.store.StoreSource;

/**
 * Where CIFAR-10 lies and in which form.
 *
 * @param training what gives the real images
 * @param test what gives those that can be held out
 */
public record CifarSource(StoreSource training, StoreSource test) {
    /** The published archive of the binary version. */
    public static final String ARCHIVE = "cifar-10-binary.tar.gz";

    private static final String SHA256 = "c4a38c50a1bc5f3a1c5537f2155ab9d68f9f25eb1ed8d9ddda3db29a59bca1dd";
    private static final long BYTES = 170_052_171;
    private static final List<URI> MIRRORS =
            List.of(URI.create("https://www.cs.toronto.edu/~kriz/"), URI.create("https://cave.cs.toronto.edu/kriz/"));

    private static final String ZIP = ".zip";
    private static final List<String> PICKLES =
            List.of("data_batch_1", "cifar-10-batches-py", "cifar-10-python.tar.gz");
    private static final String FOLDER = "cifar-10-batches-bin";
    private static final String EXPECTED =
            "must be, or hold, the batches of the binary version (data_batch_1.bin, …, test_batch.bin), their "
                    + ARCHIVE + ", or a zip or folder of pictures in train/CLASS/ and test/CLASS/";

    /**
     * Finds the dataset.
     *
     * @param place a folder with one of the forms in it, or the archive or zip itself
     * @param size rows and columns of an image
     * @throws AutophageException (usage) if there is none in a form that can be read
     */
    static CifarSource find(Path place, int size) {
        return in(place, size).orElseThrow(() -> {
            for (String pickles : PICKLES) {
                if (Files.exists(place.resolve(pickles)) || place.endsWith(pickles)) {
                    return AutophageException.usage(
                            "%s is CIFAR-10 for Python: pickles can run any code and are not read; `./autophage data fetch cifar10` gets the binary version"
                                    .formatted(place));
                }
            }
            return AutophageException.usage("dataset.path %s %s: %s; `./autophage data fetch cifar10` gets it"
                    .formatted(place, Files.exists(place) ? "has no CIFAR-10" : "is missing", EXPECTED));
        });
    }

    /** The dataset, if it is there in a form that can be read. */
    public static Optional<CifarSource> in(Path place, int size) {
        Optional<CifarSource> batches = batchesIn(place, size);
        if (batches.isPresent()) {
            return batches;
        }
        if (place.toString().endsWith(ZIP)
                || Files.isDirectory(place.resolve("train")) && Files.isDirectory(place.resolve("test"))) {
            return Optional.of(pictures(place, size));
        }
        return onlyZip(place).map(zip -> pictures(zip, size));
    }

    /** The dataset, if it is there as batches of the binary version. */
    public static Optional<CifarSource> batchesIn(Path place, int size) {
        for (Path folder : List.of(place, place.resolve(FOLDER))) {
            if (Files.isRegularFile(folder.resolve(CifarFile.BATCH_1.fileName()))) {
                return Optional.of(batches(folder, size));
            }
        }
        for (Path archive : List.of(place.resolve(ARCHIVE), place)) {
            if (archive.endsWith(ARCHIVE) && Files.isRegularFile(archive)) {
                return Optional.of(batches(archive, size));
            }
        }
        return Optional.empty();
    }

    /**
     * Gets the archive of the binary version into a folder, unless it is there and right.
     *
     * @return the folder
     */
    public static Path fetch(Path folder, Progress progress) {
        Path archive = folder.resolve(ARCHIVE);
        if (!Files.isRegularFile(archive) || !Sha256.of(archive).equals(SHA256)) {
            try (Progress.Task task = progress.begin("fetching " + ARCHIVE, BYTES, "bytes")) {
                new DatasetDownload(MIRRORS, DatasetDownload.Packing.NONE, DatasetDownload.PATIENCE)
                        .fetch(archive, SHA256, bytes -> task.advanceTo(bytes, ""));
            }
        }
        return folder;
    }

    private static CifarSource batches(Path place, int size) {
        return new CifarSource(
                new CifarBatches(place, CifarFile.TRAINING, size, CifarFile.CHECKSUMS),
                new CifarBatches(place, List.of(CifarFile.TEST), size, CifarFile.CHECKSUMS));
    }

    private static CifarSource pictures(Path place, int size) {
        PictureReading reading = new PictureReading(
                new PictureFit(size, Crop.NONE, Resize.AREA),
                Colour.RGB,
                false,
                "dataset: {kind: images, skipBad: true}");
        return new CifarSource(
                new PictureStoreSource(place, "train", reading, LabelKeys.of(LabelSource.FOLDERS), null),
                new PictureStoreSource(place, "test", reading, LabelKeys.of(LabelSource.FOLDERS), null));
    }

    private static Optional<Path> onlyZip(Path folder) {
        if (!Files.isDirectory(folder)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(folder)) {
            List<Path> zips =
                    files.filter(file -> file.toString().endsWith(ZIP)).toList();
            return zips.size() == 1 ? Optional.of(zips.get(0)) : Optional.empty();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(folder, e);
        }
    }
}
