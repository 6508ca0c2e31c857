package org.autophage.model.gan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;
import org.junit.jupiter.api.Test;

class AugmentationTest extends OnCpu {
    /** One image of three channels and 4 × 4 pixels, 1 to 48. */
    private static final float[] IMAGE = new float[48];

    static {
        for (int i = 0; i < IMAGE.length; i++) {
            IMAGE[i] = i + 1;
        }
    }

    private static float[] run(BiFunction<Value, Value[], Value> change, double... numbers) {
        Graph graph = new Graph("change");
        Value x = graph.input("x", Graph.ANY, 3, 4, 4);
        Value[] values = new Value[numbers.length];
        for (int i = 0; i < numbers.length; i++) {
            values[i] = graph.input("n" + i, Graph.ANY, 1, 1, 1);
        }
        graph.returns(change.apply(x, values));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            Object[] arguments = new Object[1 + numbers.length];
            arguments[0] = scope.floats(IMAGE, 1, 3, 4, 4);
            for (int i = 0; i < numbers.length; i++) {
                arguments[i + 1] = scope.floats(new float[] {(float) numbers[i]}, 1, 1, 1, 1);
            }
            return program.run(scope, "change", arguments).get(0).toFloats();
        }
    }

    private static float[] shifted(double down, double right) {
        return run(
                (x, n) -> Augmentation.translated(x, n[0].reshape(Graph.ANY, 1, 1), n[1].reshape(Graph.ANY, 1, 1)),
                down,
                right);
    }

    @Test
    void changesOfNoSizeLeaveImagesAsTheyAre() {
        assertThat(run((x, n) -> Augmentation.saturated(x, n[0]), 1)).containsExactly(IMAGE, within(1e-5f));
        assertThat(run((x, n) -> Augmentation.contrasted(x, n[0]), 1)).containsExactly(IMAGE, within(1e-5f));
        assertThat(shifted(0, 0)).containsExactly(IMAGE);
        assertThat(run((x, n) -> Augmentation.NONE.of(x, null))).containsExactly(IMAGE);
        // A hole whose centre is at the upper left corner takes a quarter of itself: one pixel of 4 × 4.
        assertThat(run((x, n) -> Augmentation.cutout(x, n[0], n[1]), 0, 0)).startsWith(0, 2, 3, 4, 5);
    }

    @Test
    void changesAreWhatTheirNamesSay() {
        float[] grey = run((x, n) -> Augmentation.saturated(x, n[0]), 0);
        assertThat(grey[0]).isEqualTo(17).isEqualTo(grey[16]).isEqualTo(grey[32]);
        assertThat(run((x, n) -> Augmentation.contrasted(x, n[0]), 0)).containsOnly(24.5f);
        assertThat(shifted(1, 0)).startsWith(0, 0, 0, 0, 1, 2, 3, 4, 5);
        assertThat(shifted(0, -1)).startsWith(2, 3, 4, 0, 6, 7, 8, 0);
        assertThat(Arrays.copyOfRange(shifted(0, -1), 16, 20)).containsExactly(18, 19, 20, 0);
        assertThat(run((x, n) -> Augmentation.cutout(x, n[0], n[1]), 2, 2))
                .startsWith(1, 2, 3, 4, 5, 0, 0, 8, 9, 0, 0, 12, 13, 14, 15, 16, 17);
    }

    @Test
    void imagesAreChangedEachInItsOwnWayAndGradientsPassThrough() {
        Graph graph = new Graph("changed");
        Value x = graph.differentiable(graph.input("x", Graph.ANY, 3, 16, 16));
        Value changed = Augmentation.DIFFAUGMENT.of(x, null);
        graph.returns(changed.detach(), graph.gradient(changed.square().sum(), x, false));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            device.seed(1);
            float[] ones = new float[4 * 768];
            Arrays.fill(ones, 0.5f);
            List<Tensor> results = program.run(scope, "changed", scope.floats(ones, 4, 3, 16, 16));
            float[] values = results.get(0).toFloats();
            int zeros = 0;
            for (float value : values) {
                assertThat(value).isFinite();
                zeros += value == 0 ? 1 : 0;
            }
            // A hole of 8 × 8, cut at most to a quarter, and up to two rows and columns that came in.
            assertThat(zeros).isBetween(4 * 3 * 16, 4 * 3 * (64 + 64));
            assertThat(values[800]).isNotEqualTo(values[2 * 768 + 32]);
            for (float slope : results.get(1).toFloats()) {
                assertThat(slope).isFinite().isNotZero(); // contrast ties every pixel to all others
            }
        }
    }
}
