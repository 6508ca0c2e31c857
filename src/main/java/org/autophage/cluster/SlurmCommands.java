package org.autophage.cluster;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.StopSignal;

/** Slurm by its commands, which are processes. */
final class SlurmCommands implements Slurm {
    /** Slurm's own patience with its controller is ten seconds, and it tries some times. */
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    /** {@code MaxArraySize} where it cannot be seen: Slurm's default. */
    private static final int USUAL_ARRAY_SIZE = 1001;

    private static final Pattern ARRAY_SIZE = Pattern.compile("(?m)^MaxArraySize\\s*=\\s*(\\d{1,9})\\s*$");

    /** With --parsable: a number, and the cluster's name where there are several. */
    private static final Pattern SUBMITTED = Pattern.compile("(\\d{1,18})(?:;.*)?");

    private static final Pattern WHO_SAYS =
            Pattern.compile("^(?:sbatch|squeue|scontrol|scancel): (?:(?:error|fatal): )?");

    /** Of a job that this process may itself be part of, which sbatch would take for wishes. */
    private static final Pattern OF_THIS_JOB =
            Pattern.compile("SLURM_(?:JOB|ARRAY|CPUS|MEM|NTASKS|TASKS|NNODES|GPUS|STEP|RESTART)\\w*");

    private final UnaryOperator<String> place;
    private final Duration patience;

    /** The commands on the PATH. */
    SlurmCommands() {
        this(UnaryOperator.identity(), PATIENCE);
    }

    /**
     * @param place the path of a command, by its name
     * @param patience how long a command may take that does not answer
     */
    SlurmCommands(UnaryOperator<String> place, Duration patience) {
        this.place = place;
        this.patience = patience;
    }

    @Override
    public int arraySize() {
        Matcher size = ARRAY_SIZE.matcher(run(List.of("scontrol", "show", "config")));
        return size.find() ? Math.max(1, Integer.parseInt(size.group(1))) : USUAL_ARRAY_SIZE;
    }

    @Override
    public long submit(List<String> words) {
        String said = run(words).strip();
        Matcher submitted = SUBMITTED.matcher(said);
        if (!submitted.matches()) {
            throw AutophageException.failed("sbatch should print the number of the job, and printed: " + said);
        }
        return Long.parseLong(submitted.group(1));
    }

    @Override
    public List<SlurmTask> tasks(SlurmName name) {
        return SlurmQueue.parse(run(SlurmQueue.COMMAND), name);
    }

    @Override
    public void cancel(Collection<Long> jobs) {
        List<String> words = new ArrayList<>(List.of("scancel"));
        jobs.forEach(job -> words.add(String.valueOf(job)));
        run(words);
    }

    private String run(List<String> words) {
        Process process = start(words);
        try {
            process.getOutputStream().close();
            CompletableFuture<String> out = CompletableFuture.supplyAsync(() -> text(process.getInputStream()));
            CompletableFuture<String> err = CompletableFuture.supplyAsync(() -> text(process.getErrorStream()));
            if (!process.waitFor(patience.toMillis(), TimeUnit.MILLISECONDS)) {
                throw AutophageException.failed(
                        "%s has not answered for %d s".formatted(words.get(0), patience.toSeconds()));
            }
            if (process.exitValue() != 0) {
                throw AutophageException.failed(words.get(0) + ": " + reason(get(err), process.exitValue()));
            }
            return get(out);
        } catch (IOException e) {
            throw AutophageException.failed(words.get(0) + ": " + e.getMessage());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StopSignal.interrupted();
        } finally {
            process.destroyForcibly();
        }
    }

    private Process start(List<String> words) {
        List<String> command = new ArrayList<>(words);
        command.set(0, place.apply(words.get(0)));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment()
                .keySet()
                .removeIf(name -> OF_THIS_JOB.matcher(name).matches());
        try {
            return builder.start();
        } catch (IOException e) {
            throw AutophageException.failed(
                    "%s cannot be started: is Slurm installed here, and on the PATH? A cluster has it on its login nodes"
                            .formatted(words.get(0)));
        }
    }

    private String get(CompletableFuture<String> text) throws IOException, InterruptedException {
        try {
            // A process that the command left behind may hold the other end.
            return text.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            throw new IOException("its output broke off", e);
        }
    }

    private static String text(InputStream stream) {
        try (stream) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Slurm's words, a line the most, without who says them. */
    private static String reason(String err, int exitCode) {
        String words = err.lines()
                .map(line -> WHO_SAYS.matcher(line).replaceFirst("").strip())
                .filter(line -> !line.isEmpty())
                .collect(Collectors.joining("; "));
        return words.isEmpty() ? "exit code " + exitCode : words;
    }
}
