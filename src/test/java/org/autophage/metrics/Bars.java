package org.autophage.metrics;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.data.Dataset;
import org.autophage.data.Images;

/** Four classes of noisy 16 x 16 images: a horizontal, a vertical, a rising and a falling bar at a random place. */
public record Bars(int count, int heldOut) implements Dataset {
    public static final int CLASSES = 4;
    private static final int SIZE = 16;

    @Override
    public String name() {
        return "bars";
    }

    @Override
    public long available() {
        return count;
    }

    /** Also draws images beyond {@link #available}, which tests use as samples. */
    @Override
    public Images real(long[] indices) {
        byte[] pixels = new byte[indices.length * SIZE * SIZE];
        int[] labels = new int[indices.length];
        for (int i = 0; i < indices.length; i++) {
            labels[i] = (int) (indices[i] % CLASSES);
            SplittableRandom random = new SplittableRandom(indices[i]);
            int offset = random.nextInt(7) - 3;
            for (int row = 0; row < SIZE; row++) {
                for (int column = 0; column < SIZE; column++) {
                    int distance =
                            switch (labels[i]) {
                                case 0 -> row - SIZE / 2;
                                case 1 -> column - SIZE / 2;
                                case 2 -> row - column;
                                default -> row + column - SIZE;
                            };
                    int light = Math.abs(distance - offset) <= 1 ? 200 : 0;
                    pixels[(i * SIZE + row) * SIZE + column] = (byte) (light + random.nextInt(50));
                }
            }
        }
        return new Images(SIZE, SIZE, 1, CLASSES, pixels, labels);
    }

    @Override
    public Images holdout() {
        return real(LongStream.range(1_000_000, 1_000_000 + heldOut).toArray());
    }

    @Override
    public String hash() {
        return "bars " + count + " " + heldOut;
    }
}
