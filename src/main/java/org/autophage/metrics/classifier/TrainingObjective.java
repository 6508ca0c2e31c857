package org.autophage.metrics.classifier;

import java.util.SplittableRandom;
import org.autophage.program.Graph;
import org.autophage.program.Value;

/** What a network's training makes smaller. */
interface TrainingObjective {
    /** A network while a step is recorded: outputs of images (n, C, H, W), float32 in [−1, 1]. */
    interface Network {
        /** (n, classes), from which gradients reach the parameters. */
        Value outputs(Value images);

        /** The same, from which gradients reach the images alone. */
        Value ofFixed(Value images);
    }

    /** How often each image of a step is seen, every time moved by itself. */
    default int views() {
        return 1;
    }

    /** How much larger or smaller at most an image is made at random, as a share of its size. */
    default double stretch() {
        return 0;
    }

    /** Whether its steps draw random numbers on the device. */
    default boolean isRandom() {
        return false;
    }

    /**
     * Records the loss of a step, a scalar.
     *
     * @param images (views · batch, C, H, W): all first views, then all second ones
     * @param labels the images' own (batch)
     */
    Value loss(Graph graph, Network network, Value images, Value labels);

    /**
     * For each image the identity map with a random offset, and then a random size; the image spans coordinates of length 2.
     *
     * @param count of images
     * @param shift largest offset in each direction, as a share of the image's size
     * @return (count, 2, 3)
     */
    default float[] maps(int count, double shift, SplittableRandom random) {
        float[] maps = new float[count * 6];
        for (int i = 0; i < count; i++) {
            maps[i * 6 + 2] = (float) (2 * shift * (2 * random.nextDouble() - 1));
            maps[i * 6 + 5] = (float) (2 * shift * (2 * random.nextDouble() - 1));
            float scale = stretch() == 0 ? 1 : (float) (1 + stretch() * (2 * random.nextDouble() - 1));
            maps[i * 6] = scale;
            maps[i * 6 + 4] = scale;
        }
        return maps;
    }
}
