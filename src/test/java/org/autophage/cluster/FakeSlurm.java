package org.autophage.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.stream.IntStream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;

/** A cluster that runs a task's whole life in three looks: it waits, it runs, it has ended in the way that was asked for. */
final class FakeSlurm implements Slurm {
    /**
     * How a task is to end.
     *
     * @param state in Slurm's word
     * @param exitCode of its process
     * @param says the last line of its log; empty for no log
     * @param whole whether it runs the cell to its end
     */
    record End(String state, int exitCode, String says, boolean whole) {
        static final End DONE = new End("COMPLETED", 0, "", true);

        static End exit(int code, String says) {
            return new End("FAILED", code, says, false);
        }

        static End taken(String state) {
            return new End(state, 0, "", false);
        }
    }

    private final IntConsumer cells;
    private final Map<Integer, Deque<End>> ends = new HashMap<>();
    private final Map<Integer, Integer> begun = new HashMap<>();
    private final List<SlurmTask> tasks = new ArrayList<>();
    private final Map<SlurmTask, Path> logs = new HashMap<>();

    /** Sizes of arrays, in the order of their submission. */
    final List<String> submitted = new ArrayList<>();

    final List<Long> cancelled = new ArrayList<>();
    private final Map<Long, Integer> bounds = new HashMap<>();

    /** How many tasks ran at a time. */
    int mostAtATime;

    /** An account's limit: with so many tasks that have not ended nothing more is taken. */
    int mostWaiting = Integer.MAX_VALUE;

    int silent;
    int refusing;
    int size = 1001;
    private long jobs = 100;

    /** @param cells runs a cell to its end */
    FakeSlurm(IntConsumer cells) {
        this.cells = cells;
    }

    /** What a cell comes to, attempt by attempt; all that is not said is done. */
    void ends(int cell, End... all) {
        ends.put(cell, new ArrayDeque<>(List.of(all)));
    }

    /** How often a cell began. */
    int begun(int cell) {
        return begun.getOrDefault(cell, 0);
    }

    @Override
    public int arraySize() {
        return size;
    }

    @Override
    public long submit(List<String> words) {
        if (refusing > 0) {
            refusing--;
            throw AutophageException.failed("sbatch: Job violates accounting/QOS policy");
        }
        String array = value(words, "--array");
        long waiting = tasks.stream().filter(SlurmTask::isUnderWay).count();
        if (waiting >= mostWaiting) {
            throw AutophageException.failed("sbatch: AssocMaxSubmitJobLimit");
        }
        submitted.add(array);
        int offset = Integer.parseInt(words.get(words.size() - 1));
        Path pattern = Path.of(value(words, "--output").replace("%%", "%"));
        jobs++;
        if (array.contains("%")) {
            bounds.put(jobs, Integer.parseInt(array.substring(array.indexOf('%') + 1)));
        }
        for (String part : array.replaceFirst("%.*", "").split(",")) {
            String[] range = part.split("-");
            int last = Integer.parseInt(range[range.length - 1]);
            IntStream.rangeClosed(Integer.parseInt(range[0]), last).forEach(task -> {
                assertThat(tasks).noneMatch(other -> other.index() == offset + task && other.isUnderWay());
                SlurmTask pending = new SlurmTask(jobs, offset + task, offset, "PENDING", 0, "Priority", "");
                logs.put(pending, pattern.resolveSibling(jobs + "_" + task + ".log"));
                tasks.add(pending);
            });
        }
        return jobs;
    }

    private static String value(List<String> words, String option) {
        return words.stream()
                .filter(word -> word.startsWith(option + "="))
                .map(word -> word.substring(option.length() + 1))
                .findFirst()
                .orElseThrow();
    }

    @Override
    public List<SlurmTask> tasks(SlurmName name) {
        if (silent > 0) {
            silent--;
            throw AutophageException.failed("squeue: Unable to contact slurm controller (connect failure)");
        }
        List<SlurmTask> told = List.copyOf(tasks);
        for (int i = 0; i < tasks.size(); i++) {
            tasks.set(i, next(tasks.get(i)));
        }
        mostAtATime = Math.max(
                mostAtATime, (int) tasks.stream().filter(SlurmTask::isRunning).count());
        return told;
    }

    private SlurmTask next(SlurmTask task) {
        if (task.isPending()) {
            long running = tasks.stream()
                    .filter(other -> other.job() == task.job() && other.isRunning())
                    .count();
            if (running >= bounds.getOrDefault(task.job(), Integer.MAX_VALUE)) {
                return task;
            }
            begun.merge(task.index(), 1, Integer::sum);
            return in(task, "RUNNING", 0, "n1");
        }
        if (!task.isRunning()) {
            return task;
        }
        End end = ends.getOrDefault(task.index(), new ArrayDeque<>()).pollFirst();
        end = end == null ? End.DONE : end;
        if (end.whole()) {
            cells.accept(task.index());
        }
        if (!end.says().isEmpty()) {
            AtomicFiles.writeText(Objects.requireNonNull(logs.get(in(task, "PENDING", 0, ""))), end.says() + "\n");
        }
        return in(task, end.state(), end.exitCode() << 8, "n1");
    }

    private static SlurmTask in(SlurmTask task, String state, int waitStatus, String node) {
        return new SlurmTask(task.job(), task.index(), task.offset(), state, waitStatus, "Priority", node);
    }

    /** Somebody's scancel: of all tasks of a job that have not ended. */
    @Override
    public void cancel(Collection<Long> all) {
        cancelled.addAll(all);
        tasks.replaceAll(
                task -> all.contains(task.job()) && task.isUnderWay() ? in(task, "CANCELLED", 0, task.node()) : task);
    }

    /** Forgets what has ended. */
    void forget() {
        tasks.removeIf(task -> !task.isUnderWay());
    }
}
