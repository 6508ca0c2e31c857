package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ScopeTest extends OnCpu {
    /** 40 MB in rows of 1 MB: more than one block, of which the last is not full. */
    @Test
    void bytesComeBlockByBlock() {
        int rows = 40;
        int rowBytes = 1_000_000;
        int[] calls = new int[1];
        try (Scope scope = device.newScope()) {
            Tensor tensor = scope.bytes(
                    (from, to, target) -> {
                        calls[0]++;
                        for (int row = from; row < to; row++) {
                            for (int i = 0; i < rowBytes; i++) {
                                target.put(value(row, i));
                            }
                        }
                    },
                    rows,
                    1000,
                    1000);
            assertThat(calls[0]).isGreaterThan(1);
            assertThat(tensor.dims()).containsExactly(rows, 1000, 1000);
            byte[] bytes = tensor.toBytes();
            for (int row = 0; row < rows; row++) {
                for (int i = 0; i < rowBytes; i += 997) {
                    assertThat(bytes[row * rowBytes + i]).isEqualTo(value(row, i));
                }
            }
            assertThat(scope.bytes((from, to, target) -> {}, 0, 3).dims()).containsExactly(0, 3);
        }
    }

    private static byte value(int row, int i) {
        return (byte) (31 * row + 7 * i + i / 1000);
    }
}
