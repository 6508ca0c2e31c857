package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.StopSignal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to a real process whose work writes a checkpoint when it is asked to stop. */
class ShutdownTest {
    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalLetsTheWorkFinishItsCheckpoint(String signal) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill to send signals with");
        assumeFalse(signal.equals("INT") && interruptsAreIgnored(), "this process was started with SIGINT ignored");
        Process process = start("until-signal");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("working");
            new ProcessBuilder("/bin/kill", "-" + signal, String.valueOf(process.pid()))
                    .start()
                    .waitFor();
            assertThat(out.readLine()).isEqualTo("checkpoint written");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED.code());
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void withoutASignalTheExitCodeIsTheWorks() throws Exception {
        Process process = start("return-4");
        assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(4);
    }

    private static Process start(String work) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        work)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
    }

    /** Whether this process, and so its children, do not see SIGINT, as in the background of a shell script. */
    private static boolean interruptsAreIgnored() throws IOException {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return false;
        }
        String ignored = Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring(7).strip())
                .findFirst()
                .orElse("0");
        return (Long.parseUnsignedLong(ignored, 16) & 0b10) != 0; // SIGINT is signal 2, bit 1
    }

    /** The process under test. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) {
            Shutdown.exitAfter(() -> arguments[0].equals("return-4") ? 4 : untilSignal());
        }

        private static int untilSignal() {
            StopSignal stop = Shutdown.signal();
            System.out.println("working");
            try {
                while (!stop.requested()) {
                    Thread.sleep(5);
                }
                Thread.sleep(200); // a process that did not wait for its work would be gone by now
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
            System.out.println("checkpoint written");
            AutophageException interrupted = StopSignal.interrupted();
            return interrupted.exitCode().code();
        }
    }
}
