package org.autophage.data.mnist;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Progress;
import org.autophage.base.Range;
import org.autophage.base.Sha256;
import org.autophage.data.ClassNames;
import org.autophage.data.DatasetDownload;
import org.autophage.data.FiniteDataset;
import org.autophage.data.Images;
import org.autophage.data.picture.AreaResampling;

/**
 * A dataset in the four files of MNIST: 28×28 grey images of ten classes, 60,000 for training and 10,000 for tests. Real
 * sample i is training image i, the holdout are the first test images; labels are in the files' order.
 *
 * @param kind as in a spec; also the name of its folder
 * @param classNames in the order of their numbers, as their makers call them
 * @param mirrors folders that serve it, each ending in a slash, in the order of trying
 * @param checksums SHA-256 of each file's unpacked bytes, hexadecimal
 */
public record MnistVariant(String kind, ClassNames classNames, List<URI> mirrors, Map<MnistFile, String> checksums) {
    /** Rows and columns of an image as published. */
    public static final int NATIVE_SIZE = 28;

    public static final int TRAINING_IMAGES = 60_000;
    public static final int TEST_IMAGES = 10_000;
    private static final int MIN_SIZE = 8;

    /** The handwritten digits of LeCun, Cortes and Burges. */
    public static final MnistVariant DIGITS = new MnistVariant(
            MnistSpec.KIND,
            ClassNames.numbered(10),
            List.of(
                    URI.create("https://storage.googleapis.com/cvdf-datasets/mnist/"),
                    URI.create("https://ossci-datasets.s3.amazonaws.com/mnist/")),
            checksums(
                    "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db",
                    "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5",
                    "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7",
                    "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"));

    /** Zalando's articles of clothing (Xiao, Rasul and Vollgraf, arXiv 1708.07747). */
    public static final MnistVariant FASHION = new MnistVariant(
            FashionMnistSpec.KIND,
            ClassNames.of(List.of(
                    "T-shirt/top",
                    "Trouser",
                    "Pullover",
                    "Dress",
                    "Coat",
                    "Sandal",
                    "Shirt",
                    "Sneaker",
                    "Bag",
                    "Ankle boot")),
            List.of(
                    URI.create("https://raw.githubusercontent.com/zalandoresearch/fashion-mnist/master/data/fashion/"),
                    URI.create("http://fashion-mnist.s3-website.eu-central-1.amazonaws.com/")),
            checksums(
                    "c59f468a2f672dc815687fe0f83887768d799fd8a3f3276145d20f83aa44d888",
                    "bad3541b69d912435c50bb6ba87bec294ff4f6a2e1246121d8633921760443d9",
                    "5b4141f0afbad91edebe8549f8fcffe087ea10ca49f1dbef5c9a5cd8815ce37b",
                    "0402a96d92fd2663957122ceb108a494c5af83dab82d92729df917d7dec38c34"));

    private static Map<MnistFile, String> checksums(
            String trainImages, String trainLabels, String testImages, String testLabels) {
        Map<MnistFile, String> checksums = new EnumMap<>(MnistFile.class);
        checksums.put(MnistFile.TRAIN_IMAGES, trainImages);
        checksums.put(MnistFile.TRAIN_LABELS, trainLabels);
        checksums.put(MnistFile.TEST_IMAGES, testImages);
        checksums.put(MnistFile.TEST_LABELS, testLabels);
        return Map.copyOf(checksums);
    }

    /**
     * Checks the values of a spec.
     *
     * @throws org.autophage.base.WrongValue naming the first key whose value cannot be
     */
    void check(String path, int size, int holdout) {
        Checks.notBlank("dataset.path", path, "the folder of the %s files, such as datasets/%s".formatted(kind, kind));
        Checks.within("dataset.size", size, Range.wholeFrom(MIN_SIZE, NATIVE_SIZE), "for " + kind);
        Checks.within("dataset.holdout", holdout, Range.wholeFrom(1, TEST_IMAGES), "for " + kind);
    }

    /**
     * Reads and checks the four files.
     *
     * @param size rows and columns; below 28 each pixel is the mean over the area it covers
     * @param holdout how many of the test images are held out
     * @throws AutophageException (usage) naming the first file that is missing, truncated or not the real one
     */
    public FiniteDataset read(Path folder, int size, int holdout) {
        Images training = images(MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS, folder);
        Images test = images(MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS, folder);
        StringBuilder content = new StringBuilder("mnist size %d holdout %d".formatted(size, holdout));
        for (MnistFile file : MnistFile.values()) {
            content.append(' ').append(checksums.get(file));
        }
        return new FiniteDataset(
                kind,
                AreaResampling.shrink(training, size),
                AreaResampling.shrink(test.slice(0, holdout), size),
                Sha256.of(content.toString()));
    }

    private Images images(MnistFile imageFile, MnistFile labelFile, Path folder) {
        IdxFile images = imageFile.read(folder, this);
        byte[] labelBytes = labelFile.read(folder, this).values();
        int[] classes = new int[labelBytes.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = labelBytes[i];
        }
        int[] shape = images.dimensions();
        return new Images(shape[1], shape[2], 1, classNames, images.values(), classes);
    }

    /** SHA-256 that a file's unpacked bytes must have. */
    String checksum(MnistFile file) {
        return checksums.getOrDefault(file, "");
    }

    /** The files that are not in a folder. */
    public List<MnistFile> missingFrom(Path folder) {
        return Arrays.stream(MnistFile.values())
                .filter(file -> file.in(folder).isEmpty())
                .toList();
    }

    /** Whether any of the files is in a folder. */
    public static boolean isIn(Path folder) {
        return Files.isDirectory(folder)
                && Arrays.stream(MnistFile.values())
                        .anyMatch(file -> file.in(folder).isPresent());
    }

    /** Gets into a folder what is missing of it, or wrong. */
    public void fetch(Path folder, DatasetDownload download, Progress progress) {
        MnistFile[] files = MnistFile.values();
        try (Progress.Task task = progress.begin("fetching " + kind, files.length, "files")) {
            for (int i = 0; i < files.length; i++) {
                MnistFile file = files[i];
                int done = i;
                if (!file.isRight(folder, this)) {
                    download.fetch(
                            folder.resolve(file.fileName()),
                            checksum(file),
                            bytes -> task.advanceTo(done, "%s: %.1f MB".formatted(file.fileName(), bytes / 1e6)));
                }
                task.advanceTo(done + 1, file.fileName());
            }
        }
    }
}
