package org.autophage.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.junit.jupiter.api.Test;

/** What is done to training images; decay and absolute values are in TrainingStepTest. */
class RegularizationTest extends OnCpu {
    private static final int IMAGES = 4_000;

    private static float[] augmented(Regularization regularization) {
        Graph graph = new Graph("augment");
        graph.returns(regularization.augmented(graph.input("x", Graph.ANY, 1, 1, 2)));
        float[] pixels = new float[2 * IMAGES];
        for (int i = 0; i < IMAGES; i++) {
            pixels[2 * i] = 1;
        }
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            device.seed(1);
            return program.run(scope, "augment", scope.floats(pixels, IMAGES, 1, 1, 2))
                    .get(0)
                    .toFloats();
        }
    }

    @Test
    void halfOfTheImagesAreMirrored() {
        float[] seen = augmented(new Regularization(null, null, true, null));
        int mirrored = 0;
        for (int i = 0; i < IMAGES; i++) {
            assertThat(seen[2 * i] + seen[2 * i + 1]).isEqualTo(1);
            mirrored += seen[2 * i] == 0 ? 1 : 0;
        }
        assertThat(mirrored).isCloseTo(IMAGES / 2, within((int) (4 * Math.sqrt(IMAGES) / 2)));
    }

    @Test
    void jitterIsNoiseOfItsDeviation() {
        float[] seen = augmented(new Regularization(null, null, null, .2));
        double squares = 0;
        for (int i = 0; i < IMAGES; i++) {
            squares += Math.pow(seen[2 * i] - 1, 2) + Math.pow(seen[2 * i + 1], 2);
        }
        // the variance of 8,000 normal numbers within four standard errors
        assertThat(squares / seen.length).isCloseTo(.04, within(4 * .04 * Math.sqrt(2.0 / seen.length)));
        assertThat(Arrays.equals(seen, augmented(new Regularization(null, null, null, .2))))
                .isTrue();
    }

    @Test
    void whatCannotBeIsRefused() {
        assertThatThrownBy(() -> new Regularization(-1.0, null, null, null))
                .hasMessage(
                        "model.regularization.weightDecay is -1.0: must be in (0, 1000]; leave the key out for none");
        assertThatThrownBy(() -> new Regularization(null, null, null, 11.0)).hasMessageContaining("jitter is 11.0");
    }
}
