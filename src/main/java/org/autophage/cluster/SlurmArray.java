package org.autophage.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.autophage.loop.NumberRuns;

/**
 * Cells of a sweep that are submitted together. Slurm's numbers of tasks are bounded ({@code MaxArraySize}), those of cells
 * are not, so that an array counts from an offset.
 *
 * @param offset the cell that task 0 would run
 * @param tasks numbers of tasks, ascending
 */
record SlurmArray(int offset, List<Integer> tasks) {
    SlurmArray {
        tasks = List.copyOf(tasks);
    }

    /**
     * Arrays for cells, by their numbers.
     *
     * @param cells ascending
     * @param size how many numbers of tasks there are, counted from 0
     */
    static List<SlurmArray> of(List<Integer> cells, int size) {
        TreeMap<Integer, List<Integer>> byOffset = new TreeMap<>();
        for (int cell : cells) {
            byOffset.computeIfAbsent(cell / size * size, offset -> new ArrayList<>())
                    .add(cell % size);
        }
        return byOffset.entrySet().stream()
                .map(each -> new SlurmArray(each.getKey(), each.getValue()))
                .toList();
    }

    /** As {@code --array} takes it, such as 0-3,7. */
    String ranges() {
        return NumberRuns.of(tasks.stream().mapToLong(Integer::longValue).toArray()).stream()
                .map(run -> run instanceof List<?> ends ? ends.get(0) + "-" + ends.get(1) : run.toString())
                .collect(Collectors.joining(","));
    }

    /** The cells themselves. */
    List<Integer> cells() {
        return tasks.stream().map(task -> offset + task).toList();
    }
}
