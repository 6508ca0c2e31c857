package org.autophage.metrics.classifier;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.program.Device;
import org.autophage.program.Scope;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Sets of one's own are small: a fixed number of epochs is too few steps to learn them. */
class SmallSetsTest {
    private static final int SIZE = 12;
    private static Device device;

    @BeforeAll
    static void open() {
        device = Device.of("cpu");
    }

    @AfterAll
    static void close() {
        device.close();
    }

    /** A blob of any colour whose side of the picture is its class, in noise. */
    private static Images blobs(int count, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        byte[] pixels = new byte[count * SIZE * SIZE * 3];
        int[] labels = new int[count];
        for (int i = 0; i < count; i++) {
            labels[i] = i % 3;
            double x = 2.5 + 3 * labels[i] + random.nextDouble(-1, 1);
            double y = random.nextDouble(3, 9);
            int channel = random.nextInt(3);
            for (int p = 0; p < SIZE * SIZE; p++) {
                double squared = Math.pow(p % SIZE - x, 2) + Math.pow(Math.floorDiv(p, SIZE) - y, 2);
                for (int c = 0; c < 3; c++) {
                    double value = random.nextDouble(70) + (c == channel ? 150 * Math.exp(-squared / 3) : 0);
                    pixels[(i * SIZE * SIZE + p) * 3 + c] = (byte) Math.min(255, value);
                }
            }
        }
        return new Images(SIZE, SIZE, 3, 3, pixels, labels);
    }

    private static double accuracy(ClassifierProgram program, ClassifierTraining training, Images images) {
        float[] weights = training.train(device, program, "lenet", images, Work.UNATTENDED);
        try (Scope scope = device.newScope()) {
            return program.accuracy(scope.floats(weights, weights.length), blobs(150, 2));
        }
    }

    @Test
    void aSmallSetIsTrainedUntilItIsLearnt() {
        Images images = blobs(300, 1);
        ClassifierTraining usual = LeNet.NETWORK.training();
        assertThat(usual.isTooShortFor(images.count())).isTrue();
        try (ClassifierProgram program = new ClassifierProgram(device, LeNet.NETWORK, images)) {
            ClassifierTraining fitting = usual.fitting(device, program, "lenet", images, Work.UNATTENDED);
            assertThat(fitting.epochs()).isGreaterThan(usual.epochs());
            double before = accuracy(program, usual, images);
            assertThat(before).isLessThan(.8);
            assertThat(accuracy(program, fitting, images)).isGreaterThan(.9).isGreaterThan(before);
            assertThat(usual.fitting(device, program, "lenet", images, Work.UNATTENDED))
                    .isEqualTo(fitting);
        }
    }

    /** MNIST's classifiers, and those of drawn glyphs, stay what they were. */
    @Test
    void aLargeSetIsTrainedAsEver() {
        for (int count : new int[] {20_000, 50_000, 60_000}) {
            assertThat(LeNet.NETWORK.training().isTooShortFor(count)).isFalse();
            assertThat(SmallResNet.NETWORK.training().isTooShortFor(count)).isFalse();
        }
    }

    @Test
    void theShareOfEachClassIsOfItsOwnImages() {
        Images images = new Images(1, 1, 1, 4, new byte[5], new int[] {0, 0, 0, 1, 3});
        assertThat(ClassifierCard.classAccuracy(new int[] {0, 1, 0, 1, 0}, images))
                .isEqualTo(Arrays.asList(2.0 / 3, 1.0, null, 0.0));
    }
}
