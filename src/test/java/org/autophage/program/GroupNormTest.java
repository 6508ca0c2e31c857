package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.autophage.program.Graph.ElementType;
import org.junit.jupiter.api.Test;

class GroupNormTest extends OnCpu {
    /** Values that bfloat16 holds, whose sums and squares it does not: summed up in it, the variance would be off by thousands. */
    @Test
    void momentsAreFloat32InBfloat16() {
        float[] values = new float[64];
        for (int i = 0; i < values.length; i++) {
            values[i] = 600 + 4 * (i % 16);
        }
        Graph graph = new Graph("normalized");
        Value x = graph.input("x", 1, 1, 8, 8).to(ElementType.BFLOAT16);
        Value scale = graph.input("scale", 1).to(ElementType.BFLOAT16);
        Value shift = graph.input("shift", 1).to(ElementType.BFLOAT16);
        graph.returns(Functional.groupNorm(x, 1, scale, shift).to(ElementType.FLOAT32));
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            Tensor one = scope.floats(new float[] {1}, 1);
            float[] normalized = program.run(scope, "normalized", scope.floats(values, 1, 1, 8, 8), one, scope.zeros(1))
                    .get(0)
                    .toFloats();
            for (int i = 0; i < values.length; i++) {
                // The variance of 0, 4, …, 60 is 16 (16² − 1) / 12; the result is rounded to 8 bits.
                assertThat((double) normalized[i]).isCloseTo((values[i] - 630) / Math.sqrt(340), within(1 / 256.0));
            }
        }
    }
}
