package org.autophage.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import tools.jackson.databind.JsonNode;

/** Many numbers in few words of JSON: {@code [0,[2,4],9]}, where {@code [a,b]} stands for a, a + 1, …, b. */
public final class NumberRuns {
    private NumberRuns() {}

    /** Numbers, with each run of consecutive ones as a pair of its first and last. */
    public static List<Object> of(long[] numbers) {
        List<Object> runs = new ArrayList<>();
        int at = 0;
        while (at < numbers.length) {
            int last = at;
            while (last + 1 < numbers.length && numbers[last + 1] == numbers[last] + 1) {
                last++;
            }
            runs.add(last == at ? (Object) numbers[at] : List.of(numbers[at], numbers[last]));
            at = last + 1;
        }
        return runs;
    }

    /**
     * The numbers again, each 0 or more.
     *
     * @param most how many there may be
     * @param wrong what to say of a run that is none, or that makes them too many
     */
    static long[] read(JsonNode runs, int most, Function<JsonNode, AutophageException> wrong) {
        LongStream.Builder numbers = LongStream.builder();
        int count = 0;
        for (JsonNode run : runs) {
            long first = run.isArray() ? run.path(0).asLong(-1) : run.asLong(-1);
            long last = run.isArray() ? run.path(1).asLong(-1) : first;
            if (first < 0 || last < first || last - first >= most - count) {
                throw wrong.apply(run);
            }
            for (long number = first; number <= last; number++) {
                numbers.add(number);
                count++;
            }
        }
        return numbers.build().toArray();
    }
}
