package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;

/**
 * A command line that was run on something that nobody meant: what it said and how it ended, with the rules that hold for all
 * of them.
 *
 * @param exitCode its exit code
 * @param out standard output
 * @param err what was wrong, a line
 * @param progress everything else on standard error
 */
record Said(int exitCode, String out, String err, String progress) {
    private static final Pattern JAVA =
            Pattern.compile("\\bat (org|java|ai|tools)\\.|Exception\\b|\\bjava\\.\\w|NullPointer|tools\\.jackson");

    /** Runs a command in this process; one that takes longer than the limit hangs. */
    static Said by(Duration limit, List<String> words) {
        PrintStream standardError = System.err;
        ByteArrayOutputStream progress = new ByteArrayOutputStream();
        ExecutorService thread = Executors.newSingleThreadExecutor();
        System.setErr(new PrintStream(progress, true, StandardCharsets.UTF_8));
        try {
            Future<CommandRun> run = thread.submit(() -> CommandRun.of(words.toArray(String[]::new)));
            CommandRun ended = run.get(limit.toMillis(), TimeUnit.MILLISECONDS);
            return new Said(ended.exitCode(), ended.out(), ended.err(), progress.toString(StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            throw new AssertionError("hangs: " + words, e);
        } catch (ExecutionException e) {
            throw new AssertionError("a trace: " + words, e.getCause());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            thread.shutdownNow();
            System.setErr(standardError);
        }
    }

    /** Refuses traces, Java's words, exit codes outside the contract, and more than one line. */
    Said followsTheRules(String of) {
        assertThat(exitCode).as("exit code of %s: %s", of, err).isIn(0, 1, 2, 3, 4);
        assertThat(JAVA.matcher(err + progress).find())
                .as("%s speaks Java: %s%s", of, err, progress)
                .isFalse();
        if (exitCode != 0) {
            assertThat(err.lines()).as("what %s says: %s", of, err).hasSize(1);
        }
        return this;
    }
}
