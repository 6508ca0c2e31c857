package org.autophage.data;

import java.nio.file.Path;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;

/**
 * MNIST (LeCun, Cortes and Burges): real sample i is training image i, the holdout are the first test images. Labels of
 * real samples are those of the files, in the files' order.
 */
public final class MnistDataset implements Dataset {
    /** Rows and columns of an image as published. */
    static final int NATIVE_SIZE = 28;

    static final int TRAINING_IMAGES = 60_000;
    static final int TEST_IMAGES = 10_000;
    private static final int CLASSES = 10;

    private final Images training;
    private final Images holdout;
    private final String hash;

    private MnistDataset(Images training, Images holdout, String hash) {
        this.training = training;
        this.holdout = holdout;
        this.hash = hash;
    }

    /**
     * Reads and checks the four files.
     *
     * @param checksums SHA-256 of each unpacked file
     * @throws AutophageException (usage) naming the first file that is missing, truncated or not the real one
     */
    static MnistDataset read(Path folder, Map<MnistFile, String> checksums, MnistSpec spec) {
        Images training = images(MnistFile.TRAIN_IMAGES, MnistFile.TRAIN_LABELS, folder, checksums);
        Images test = images(MnistFile.TEST_IMAGES, MnistFile.TEST_LABELS, folder, checksums);
        StringBuilder content = new StringBuilder("mnist size %d holdout %d".formatted(spec.size(), spec.holdout()));
        for (MnistFile file : MnistFile.values()) {
            content.append(' ').append(checksums.get(file));
        }
        return new MnistDataset(
                AreaResampling.shrink(training, spec.size()),
                AreaResampling.shrink(test.slice(0, spec.holdout()), spec.size()),
                Sha256.of(content.toString()));
    }

    private static Images images(
            MnistFile imageFile, MnistFile labelFile, Path folder, Map<MnistFile, String> checksums) {
        IdxFile images = imageFile.read(folder, checksums.getOrDefault(imageFile, ""));
        IdxFile labels = labelFile.read(folder, checksums.getOrDefault(labelFile, ""));
        byte[] labelBytes = labels.values();
        int[] classes = new int[labelBytes.length];
        for (int i = 0; i < classes.length; i++) {
            classes[i] = labelBytes[i];
        }
        int[] shape = images.dimensions();
        return new Images(shape[1], shape[2], 1, CLASSES, images.values(), classes);
    }

    @Override
    public String name() {
        return MnistSpec.KIND;
    }

    @Override
    public long available() {
        return training.count();
    }

    @Override
    public Images real(long[] indices) {
        int[] positions = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            positions[i] = Math.toIntExact(indices[i]);
        }
        return training.select(positions);
    }

    @Override
    public Images holdout() {
        return holdout;
    }

    @Override
    public String hash() {
        return hash;
    }
}
