package org.autophage.metrics.sequence;

import java.util.Arrays;

/** Whole numbers by pairs of such, none of them negative: a table with open addressing, which boxes nothing. */
final class PairNumbers {
    /** Of a pair that has no number. */
    static final int NONE = -1;

    private static final int FIRST_SIZE = 1 << 10;
    private static final long SPREAD = 0x9E3779B97F4A7C15L;

    private long[] keys = new long[FIRST_SIZE];
    private int[] numbers = empty(FIRST_SIZE);
    private int count;

    private static int[] empty(int size) {
        int[] numbers = new int[size];
        Arrays.fill(numbers, NONE);
        return numbers;
    }

    /** The number of a pair, or {@link #NONE}. */
    int get(int one, int other) {
        return numbers[place(key(one, other))];
    }

    /** Gives a pair a number, in place of the one that it has. */
    void put(int one, int other, int number) {
        long key = key(one, other);
        int place = place(key);
        if (numbers[place] == NONE) {
            if (2 * ++count > keys.length) {
                grow();
                place = place(key);
            }
            keys[place] = key;
        }
        numbers[place] = number;
    }

    private void grow() {
        long[] before = keys;
        int[] had = numbers;
        keys = new long[2 * before.length];
        numbers = empty(keys.length);
        for (int i = 0; i < before.length; i++) {
            if (had[i] != NONE) {
                int place = place(before[i]);
                keys[place] = before[i];
                numbers[place] = had[i];
            }
        }
    }

    private static long key(int one, int other) {
        return (long) one << Integer.SIZE | other;
    }

    /** Where a key stands, or where it would. */
    private int place(long key) {
        int last = keys.length - 1;
        int place = (int) (key * SPREAD >>> Integer.SIZE) & last;
        while (numbers[place] != NONE && keys[place] != key) {
            place = place + 1 & last;
        }
        return place;
    }
}
