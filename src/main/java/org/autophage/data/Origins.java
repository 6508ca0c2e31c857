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
    private final long[] draws;

    /** Which of its generation's model's draws a synthetic sample is. */
    @FunctionalInterface
    public interface DrawNumbers {
        /**
         * The draw's number.
         *
         * @param generation that produced the sample
         * @param number of the sample among those that it gave
         */
        long of(int generation, long number);
    }

    /**
     * Origins of samples that are their models' draws in turn.
     *
     * @param generations for each sample the generation that produced it, or {@link #REAL}
     * @param numbers for each sample its index in the dataset, or its number in its generation
     */
    public Origins(int[] generations, long[] numbers) {
        this(generations, numbers, numbers);
    }

    private Origins(int[] generations, long[] numbers, long[] draws) {
        if (generations.length != numbers.length) {
            throw new IllegalArgumentException(generations.length + " generations but " + numbers.length + " numbers");
        }
        this.generations = generations;
        this.numbers = numbers;
        this.draws = draws;
    }

    /** The same, of synthetic samples that were chosen among their models' draws. */
    public Origins drawnAs(DrawNumbers drawNumbers) {
        long[] drawn = new long[numbers.length];
        for (int i = 0; i < drawn.length; i++) {
            drawn[i] = generations[i] == REAL ? numbers[i] : drawNumbers.of(generations[i], numbers[i]);
        }
        return new Origins(generations, numbers, drawn);
    }

    /** The origins of the samples at some positions, in that order. */
    public Origins select(int[] positions) {
        return new Origins(
                Arrays.stream(positions).map(position -> generations[position]).toArray(),
                Arrays.stream(positions)
                        .mapToLong(position -> numbers[position])
                        .toArray(),
                Arrays.stream(positions).mapToLong(position -> draws[position]).toArray());
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

    /** Of a synthetic sample, its number among its model's draws; of a real one, its index in the dataset. */
    public long draw(int position) {
        return draws[position];
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Origins that
                && Arrays.equals(generations, that.generations)
                && Arrays.equals(numbers, that.numbers)
                && Arrays.equals(draws, that.draws);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(generations) + Arrays.hashCode(numbers);
    }
}
