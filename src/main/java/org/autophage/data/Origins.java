package org.autophage.data;

import java.util.Arrays;

/**
 * Where each sample of a training set came from: real samples by their index in the dataset, synthetic ones by the
 * generation that produced them and their number in it.
 */
public final class Origins {
    /** The generation of a real sample. */
    public static final int REAL = 0;

    private final int[] generations;
    private final long[] numbers;

    /**
     * @param generations for each sample the generation that produced it, or {@link #REAL}
     * @param numbers for each sample its index in the dataset, or its number in its generation
     */
    public Origins(int[] generations, long[] numbers) {
        if (generations.length != numbers.length) {
            throw new IllegalArgumentException(generations.length + " generations but " + numbers.length + " numbers");
        }
        this.generations = generations;
        this.numbers = numbers;
    }

    public int count() {
        return generations.length;
    }

    /** The generation that produced the sample at this position, or {@link #REAL}. */
    public int generation(int position) {
        return generations[position];
    }

    /** Index in the dataset of a real sample, number in its generation of a synthetic one. */
    public long number(int position) {
        return numbers[position];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origins that
                && Arrays.equals(generations, that.generations)
                && Arrays.equals(numbers, that.numbers);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(generations) + Arrays.hashCode(numbers);
    }
}
