package org.autophage.program;

import java.util.Random;

/** Arrays of numbers that tests compute with and compare. */
public final class Floats {
    private Floats() {}

    /** Numbers from N(0, deviation²). */
    public static float[] normal(int count, double deviation, long seed) {
        Random random = new Random(seed);
        float[] numbers = new float[count];
        for (int i = 0; i < count; i++) {
            numbers[i] = (float) (deviation * random.nextGaussian());
        }
        return numbers;
    }

    /** ‖found − expected‖ / ‖expected‖. */
    public static double relativeDistance(float[] found, float[] expected) {
        double difference = 0;
        double square = 0;
        for (int i = 0; i < expected.length; i++) {
            difference += Math.pow(found[i] - expected[i], 2);
            square += Math.pow(expected[i], 2);
        }
        return Math.sqrt(difference / square);
    }
}
