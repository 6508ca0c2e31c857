package org.autophage.command;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.ExitCode;
import org.autophage.base.StopSignal;
import org.jspecify.annotations.Nullable;

/**
 * Runs a program once, {@code WORDS… ACTION REQUEST}, and comes back when it has ended, well or not. Nothing of it outlives this process:
 * the program has a process group of its own, which is asked to end (SIGTERM) when this one is to stop or its time is over, killed where it
 * does not within some seconds, and killed at once when this process dies.
 *
 * @param key of a spec that names the program, for messages
 * @param secondsAtMost what it may take
 * @param secondsToStop from SIGTERM to SIGKILL
 */
public record ProgramCall(String key, ForeignProgram program, int secondsAtMost, int secondsToStop) {
    private static final long MILLISECONDS_BETWEEN_LOOKS = 50;
    private static final long MILLISECONDS_FOR_LAST_WORDS = 5_000;

    /** What a program gets that is killed, from then on: whoever should have killed it may be gone. */
    private static final long SECONDS_TO_DIE = 10;

    private static final int SIGKILL = 9;

    /**
     * What stands between this process and the program. Its standard input is closed when the program is to end, or when this process is
     * gone; nobody ever writes to it. A trap, other than an ignored signal, is not handed on to the program.
     */
    private static final String SUPERVISOR =
            """
            patience=$1
            watch=$2
            shift 2
            exec 3<&0 </dev/null
            trap : INT TERM HUP
            apart=
            if command -v setsid >/dev/null 2>&1; then apart=setsid; fi
            $apart "$@" 3<&- &
            program=$!
            $apart sh -c "$watch" watcher "$program" "$patience" "$PPID" <&3 3<&- >/dev/null 2>&1 &
            watcher=$!
            exec 3<&-
            while :; do
                wait "$program"
                code=$?
                kill -0 "$program" 2>/dev/null || break
            done
            kill -s KILL -- "-$program" 2>/dev/null
            kill -s KILL "$watcher" 2>/dev/null
            exit "$code"
            """;

    /**
     * Ends a program when standard input ends: at once where the process that held its other end is gone. It has a session of its own, so
     * that no signal to all that a terminal or a batch system started reaches it before its work is done.
     */
    private static final String WATCHER =
            """
            trap '' INT TERM HUP
            read -r nothing
            if kill -0 "$3"; then
                kill -s TERM -- "-$1" || kill -s TERM "$1"
                while [ "$2" -gt 0 ] && kill -0 "$1"; do
                    sleep 1
                    set -- "$1" "$(($2 - 1))" "$3"
                done
            fi
            kill -s KILL -- "-$1" || kill -s KILL "$1"
            """;

    /** What is looked at while the program works. */
    public interface Attendant {
        /** Is told how far it is. A figure that is no number ends the program, and so does a loss that is infinite. */
        void told(ToldStep step);

        /** Is asked all the time. */
        default void look() {}
    }

    /**
     * Runs the program to its end.
     *
     * @param device what it may compute on
     * @throws AutophageException in one line with the end of what it said: FAILED if it ends badly or takes too long, DIVERGED if it told
     *     a loss that is not a number, INTERRUPTED when stopped
     */
    public void run(Job job, ProgramDevice device, StopSignal stop, Attendant attendant) {
        job.write();
        List<String> words = new ArrayList<>(List.of("sh", "-c", SUPERVISOR, "autophage", "" + secondsToStop, WATCHER));
        words.addAll(program.words());
        words.addAll(List.of(job.action(), job.requestFile().toString()));
        try (Writer log = new OutputStreamWriter( // which has a mark for what is no text, where others throw
                Files.newOutputStream(job.log(), StandardOpenOption.CREATE, StandardOpenOption.APPEND),
                StandardCharsets.UTF_8)) {
            log.write("%s %s %s%n".formatted(Instant.now().truncatedTo(ChronoUnit.SECONDS), program, job.action()));
            Attended attended = new Attended(attendant);
            Process process = start(words, job.environment(), device);
            ProgramOutput output = new ProgramOutput(process.getInputStream(), log, attended);
            output.start();
            @Nullable AutophageException early = await(process, attended, stop);
            output.join(MILLISECONDS_FOR_LAST_WORDS);
            if (early != null) {
                throw early;
            }
            attended.refuse(output);
            if (process.exitValue() != 0) {
                throw AutophageException.failed("%s: %s %s %s; %s%s"
                        .formatted(
                                key,
                                program,
                                job.action(),
                                ending(process.exitValue()),
                                output.lastLines(),
                                job.stays() ? "; all of it is in " + job.log() : ""));
            }
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(job.log(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw StopSignal.interrupted();
        }
    }

    /** What an end that was not a good one was. */
    private static String ending(int exitCode) {
        return exitCode <= ExitCode.KILLED_BY
                ? "ended with exit code " + exitCode
                : "was killed by signal " + (exitCode - ExitCode.KILLED_BY)
                        + (exitCode - ExitCode.KILLED_BY == SIGKILL ? ", as the system does when memory runs out" : "");
    }

    private static Process start(List<String> words, Map<String, String> variables, ProgramDevice device) {
        ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
        builder.environment().putAll(variables);
        builder.environment().putAll(device.environment());
        try {
            return builder.start();
        } catch (IOException e) {
            throw AutophageException.failed("no program can be started: " + e.getMessage());
        }
    }

    /**
     * Waits for the end.
     *
     * @return why it was told to end; null where it ended by itself
     */
    private @Nullable AutophageException await(Process process, Attended attended, StopSignal stop)
            throws InterruptedException, IOException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsAtMost);
        AutophageException early = null;
        boolean asked = false;
        try {
            while (!process.waitFor(MILLISECONDS_BETWEEN_LOOKS, TimeUnit.MILLISECONDS)) {
                attended.attendant.look();
                if (asked) {
                    if (System.nanoTime() > deadline) {
                        process.descendants().forEach(ProcessHandle::destroyForcibly);
                        process.destroyForcibly();
                    }
                    continue;
                }
                if (stop.requested()) {
                    early = new AutophageException(
                            ExitCode.INTERRUPTED, "interrupted; the same command goes on from what the program kept");
                } else if (System.nanoTime() > deadline) {
                    early = AutophageException.failed(
                            "%s: %s was not done after %d seconds, which is all that it may take"
                                    .formatted(key, program, secondsAtMost));
                }
                asked = early != null || attended.isNoNumber();
                if (asked) {
                    process.getOutputStream().close();
                    deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(secondsToStop + SECONDS_TO_DIE);
                }
            }
            return early;
        } finally {
            process.getOutputStream().close(); // the program ends, whatever ended this
        }
    }

    /** Hands on what is told, and looks for what is no number. */
    private static final class Attended implements Consumer<String> {
        private final Attendant attendant;
        private volatile @Nullable String noNumber;

        Attended(Attendant attendant) {
            this.attendant = attendant;
        }

        @Override
        public void accept(String line) {
            ToldStep.in(line).ifPresent(step -> {
                step.figures().forEach((name, value) -> {
                    // programs begin a figure such as the best loss so far with infinity
                    if (noNumber == null && (value.isNaN() || value.isInfinite() && name.equals("loss"))) {
                        noNumber = "its %s is %s at step %d".formatted(name, value, step.step());
                    }
                });
                attendant.told(step);
            });
        }

        boolean isNoNumber() {
            return noNumber != null;
        }

        void refuse(ProgramOutput output) {
            if (noNumber != null) {
                throw new AutophageException(
                        ExitCode.DIVERGED, "training diverged: %s; %s".formatted(noNumber, output.lastLines()));
            }
        }
    }
}
