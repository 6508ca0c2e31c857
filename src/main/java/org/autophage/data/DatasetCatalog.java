package org.autophage.data;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;
import org.jspecify.annotations.Nullable;

/**
 * The datasets that there are, where they lie on this machine, and how to get them: what
 * {@code ./autophage data fetch|list|check} asks.
 */
public final class DatasetCatalog {
    private static final List<URI> MNIST_MIRRORS = List.of(
            URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
            URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/"));

    private final Path root;
    private final DatasetDownload mnistDownload;
    private final Map<MnistFile, String> mnistChecksums;

    /**
     * The catalog of a folder that has one folder a dataset.
     *
     * @param root usually {@link DatasetFolders#root()}
     */
    public DatasetCatalog(Path root) {
        this(root, MNIST_MIRRORS, DatasetDownload.PATIENCE, MnistFile.CHECKSUMS);
    }

    DatasetCatalog(Path root, List<URI> mnistMirrors, Duration patience, Map<MnistFile, String> mnistChecksums) {
        this.root = root;
        this.mnistDownload = new DatasetDownload(mnistMirrors, DatasetDownload.Packing.GZIP, patience);
        this.mnistChecksums = mnistChecksums;
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

    /** Every kind; looks at which files exist, not into them. */
    public List<Entry> list() {
        Path folder = mnistFolder();
        List<String> missing =
                MnistFile.missingFrom(folder).stream().map(MnistFile::fileName).toList();
        return List.of(
                new Entry(StrokesSpec.KIND, Dataset.UNLIMITED, StrokesSpec.DEFAULTS.holdout(), null, List.of()),
                new Entry(MnistSpec.KIND, MnistDataset.TRAINING_IMAGES, MnistDataset.TEST_IMAGES, folder, missing));
    }

    /** Where the network {@code inception} lies, or would: it is fetched like a dataset. */
    public Path inception() {
        return InceptionFile.place(root);
    }

    /**
     * Gets what a dataset, or the network {@code inception}, still lacks into the root; files that are there and right are kept, others replaced.
     *
     * @return the dataset's folder
     * @throws AutophageException (usage) when there is no such kind, (failed) when no mirror serves it or the disk
     *     refuses it
     */
    public Path fetch(String kind, Progress progress) {
        switch (kind) {
            case StrokesSpec.KIND ->
                throw AutophageException.usage("strokes needs no fetching: its images are drawn on demand");
            case MnistSpec.KIND -> {
                return fetchMnist(progress);
            }
            case InceptionFile.KIND -> {
                return InceptionFile.fetch(root, progress);
            }
            default ->
                throw AutophageException.usage("there is no dataset '%s' to fetch: must be %s or %s"
                        .formatted(kind, MnistSpec.KIND, InceptionFile.KIND));
        }
    }

    /**
     * Reads the dataset in a folder and checks every byte of it.
     *
     * @param folder such as datasets/mnist; looked for as {@link DatasetFolders} says
     * @throws AutophageException (usage) naming the first file that is missing, truncated or corrupt
     */
    public Entry check(Path folder) {
        Path place = DatasetFolders.find(folder.toString());
        if (!Files.isDirectory(place)) {
            throw AutophageException.usage("%s is no folder: must be that of a dataset, such as %s"
                    .formatted(folder, MnistSpec.DEFAULTS.path()));
        }
        Dataset mnist = MnistDataset.read(
                place,
                mnistChecksums,
                new MnistSpec(place.toString(), MnistDataset.NATIVE_SIZE, MnistDataset.TEST_IMAGES));
        return new Entry(mnist.name(), mnist.available(), mnist.holdout().count(), place, List.of());
    }

    private Path fetchMnist(Progress progress) {
        Path folder = mnistFolder();
        MnistFile[] files = MnistFile.values();
        try (Progress.Task task = progress.begin("fetching mnist", files.length, "files")) {
            for (int i = 0; i < files.length; i++) {
                MnistFile file = files[i];
                int done = i;
                String checksum = mnistChecksums.getOrDefault(file, "");
                if (!file.isRight(folder, checksum)) {
                    mnistDownload.fetch(
                            folder.resolve(file.fileName()),
                            checksum,
                            bytes -> task.advanceTo(done, "%s: %.1f MB".formatted(file.fileName(), bytes / 1e6)));
                }
                task.advanceTo(done + 1, file.fileName());
            }
        }
        return folder;
    }

    private Path mnistFolder() {
        return root.resolve(MnistSpec.KIND);
    }
}
