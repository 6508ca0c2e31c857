package org.autophage.metrics.classifier;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.Sha256;
import org.autophage.data.Images;
import org.jspecify.annotations.Nullable;

/**
 * Where a classifier's weights come from and how good they are; lies as JSON beside them.
 *
 * @param classifier as named in records: architecture @ first digits of the weights' hash
 * @param version of the architecture
 * @param dataset name of the dataset
 * @param datasetHash of the dataset
 * @param trainingImages number of real images it was trained on
 * @param training how
 * @param testImages number of holdout images it was tested on
 * @param testAccuracy share of them that it gets right
 * @param classAccuracy the same of each class's images alone; null where a class has none, and as a whole in cards of
 *     versions before 0.2
 * @param weightsSha256 hash of the flat weights as little-endian float32
 */
record ClassifierCard(
        String classifier,
        int version,
        String dataset,
        String datasetHash,
        int trainingImages,
        ClassifierTraining training,
        int testImages,
        double testAccuracy,
        @Nullable List<@Nullable Double> classAccuracy,
        String weightsSha256) {
    /** Digits of a hash that tell weights apart well enough in a name. */
    private static final int DIGITS = 12;

    /** The card with the accuracy of each class. */
    ClassifierCard with(List<@Nullable Double> accuracyOfClasses) {
        return new ClassifierCard(
                classifier,
                version,
                dataset,
                datasetHash,
                trainingImages,
                training,
                testImages,
                testAccuracy,
                accuracyOfClasses,
                weightsSha256);
    }

    static String hash(float[] weights) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(4, weights.length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(weights);
        return Sha256.of(bytes.array());
    }

    /**
     * The share of each class's images that are given their label; null for a class without any.
     *
     * @param answers a class an image
     */
    static List<@Nullable Double> classAccuracy(int[] answers, Images images) {
        int[] labels = images.labels();
        int[] right = new int[images.classes()];
        int[] all = new int[images.classes()];
        for (int i = 0; i < labels.length; i++) {
            all[labels[i]]++;
            right[labels[i]] += answers[i] == labels[i] ? 1 : 0;
        }
        List<@Nullable Double> shares = new ArrayList<>();
        for (int c = 0; c < all.length; c++) {
            shares.add(all[c] == 0 ? null : (double) right[c] / all[c]);
        }
        return shares;
    }

    static String nameOf(ClassifierNetwork network, String weightsSha256) {
        return network.name() + "@" + weightsSha256.substring(0, DIGITS);
    }
}
