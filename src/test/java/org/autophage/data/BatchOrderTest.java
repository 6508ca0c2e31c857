package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.junit.jupiter.api.Test;

class BatchOrderTest {
    private static final Seeds.Stream SEEDS = new Seeds(3).stream(1, Phase.TRAIN);

    @Test
    void everyEpochSeesEveryImageOnceInAnOrderOfItsOwn() {
        BatchOrder order = new BatchOrder(10, 4, SEEDS);
        long[] positions = IntStream.range(0, 5)
                .mapToObj(order::at)
                .flatMapToLong(LongStream::of)
                .toArray();
        long[] first = Arrays.copyOfRange(positions, 0, 10);
        long[] second = Arrays.copyOfRange(positions, 10, 20);
        assertThat(first).isNotEqualTo(second);
        assertThat(first).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(second).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
    }

    @Test
    void aStepIsTheSameWhicheverStepsCameBefore() {
        BatchOrder whole = new BatchOrder(7, 5, SEEDS);
        for (int step = 0; step < 9; step++) {
            whole.at(step);
        }
        assertThat(new BatchOrder(7, 5, SEEDS).at(9)).isEqualTo(whole.at(9));
        assertThat(new BatchOrder(3, 8, SEEDS).at(0)).hasSize(8);
    }

    @Test
    void permutationsAreUniform() {
        // All 6 orders of 3 numbers, 6,000 draws: chi-square of 5 degrees of freedom, 30 is passed one time in 70,000.
        int[] counts = new int[1000];
        SplittableRandom random = new SplittableRandom(1);
        for (int i = 0; i < 6000; i++) {
            int[] order = Shuffle.permutation(3, random);
            counts[order[0] * 100 + order[1] * 10 + order[2]]++;
        }
        double chiSquare = Arrays.stream(counts)
                .filter(count -> count > 0)
                .mapToDouble(count -> Math.pow(count - 1000, 2) / 1000)
                .sum();
        assertThat(Arrays.stream(counts).filter(count -> count > 0).count()).isEqualTo(6);
        assertThat(chiSquare).isLessThan(30);
    }
}
