package org.autophage.loop;

import java.util.ArrayList;
import java.util.List;
import org.autophage.data.Origins;

/**
 * Neighbours in a training set that came from the same place.
 *
 * @param generation the generation that produced them, or {@link Origins#REAL}
 * @param numbers their indices in the dataset, or numbers in their generation
 * @param draws which of its model's draws they are, of synthetic ones
 */
record OriginBlock(int generation, long[] numbers, long[] draws) {
    /** All samples of a training set, in order, in as few blocks as possible. */
    static List<OriginBlock> of(Origins origins) {
        List<OriginBlock> blocks = new ArrayList<>();
        int from = 0;
        while (from < origins.count()) {
            int to = from + 1;
            while (to < origins.count() && origins.generation(to) == origins.generation(from)) {
                to++;
            }
            long[] numbers = new long[to - from];
            long[] draws = new long[to - from];
            for (int i = 0; i < numbers.length; i++) {
                numbers[i] = origins.number(from + i);
                draws[i] = origins.draw(from + i);
            }
            blocks.add(new OriginBlock(origins.generation(from), numbers, draws));
            from = to;
        }
        return blocks;
    }

    boolean isReal() {
        return generation == Origins.REAL;
    }
}
