package org.autophage.metrics.classifier;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.autophage.base.Sha256;

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
        String weightsSha256) {
    /** Digits of a hash that tell weights apart well enough in a name. */
    private static final int DIGITS = 12;

    static String hash(float[] weights) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(4, weights.length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(weights);
        return Sha256.of(bytes.array());
    }

    static String nameOf(ClassifierNetwork network, String weightsSha256) {
        return network.name() + "@" + weightsSha256.substring(0, DIGITS);
    }
}
