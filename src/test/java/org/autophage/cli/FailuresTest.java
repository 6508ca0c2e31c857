package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class FailuresTest {
    private final StringWriter err = new StringWriter();

    private int handle(Exception e) {
        return Failures.execution(e, Main.commandLine(new PrintWriter(err), new PrintWriter(err, true)), null);
    }

    @Test
    void anErrorForPeopleIsItsLine() {
        assertThat(handle(new AutophageException(ExitCode.DIVERGED, "the loss is NaN at step 7")))
                .isEqualTo(4);
        assertThat(err).hasToString("autophage: the loss is NaN at step 7" + System.lineSeparator());
    }

    @Test
    void anUnexpectedErrorLeavesItsTraceInAFile() throws IOException {
        assertThat(handle(new IllegalStateException("impossible\nsecond line"))).isEqualTo(1);
        Matcher line = Pattern.compile(
                        "autophage: unexpected IllegalStateException: impossible; the stack trace is in (.*)\\s+")
                .matcher(err.toString());
        assertThat(line.matches()).as(err.toString()).isTrue();
        Path log = Path.of(line.group(1));
        assertThat(log).content().contains("FailuresTest");
        Files.delete(log);
    }

    @Test
    void memoryThatRanOutSaysWhatToDo() {
        assertThat(Failures.unexpected(new OutOfMemoryError("Java heap space"), new PrintWriter(err, true)))
                .isEqualTo(1);
        assertThat(err.toString())
                .startsWith("autophage: out of memory (Java heap space): make model.batch")
                .hasLineCount(1);
    }

    @Test
    void memoryOfAGpuTooForLibtorchHasItsOwnWords() {
        assertThat(handle(new IllegalStateException("CUDA out of memory. Tried to allocate 2.00 GiB")))
                .isEqualTo(1);
        assertThat(err.toString()).startsWith("autophage: out of memory (CUDA out of memory.");
    }

    @Test
    void memoryTooSmallForAProgramIsSaidWithTheLineThatSaysIt() {
        String message = "The following operation failed in the TorchScript interpreter.\n"
                + "Traceback of TorchScript (most recent call last):\n    y = torch.conv2d(x, w)\n"
                + "RuntimeError: [enforce fail at alloc_cpu.cpp:119] err == 0. DefaultCPUAllocator: can't allocate memory:"
                + " you tried to allocate 8589934592 bytes. Error code 12 (Cannot allocate memory)";
        assertThat(handle(new IllegalStateException(message))).isEqualTo(1);
        assertThat(err.toString())
                .startsWith("autophage: out of memory ([enforce fail at alloc_cpu.cpp:119]")
                .contains("sampling.chunk")
                .hasLineCount(1);
    }

    @Test
    void usageErrorsPointToTheHelpOfTheCommand() {
        CommandLine commandLine = Main.commandLine(new PrintWriter(err), new PrintWriter(err, true));
        assertThat(commandLine.execute("version", "--wrong")).isEqualTo(2);
        assertThat(err.toString()).contains("Try 'autophage version --help'.");
    }
}
