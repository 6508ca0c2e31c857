package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.StopSignal;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Value;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signals to a real process whose work writes a checkpoint when it is asked to stop. */
class ShutdownTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"TERM", "INT"})
    void aSignalLetsTheWorkFinishItsCheckpoint(String signal) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill to send signals with");
        assumeFalse(
                signal.equals("INT") && ProcessSignals.isIgnored("INT"),
                "this process was started with SIGINT ignored");
        Process process = start("until-signal");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("working");
            ProcessSignals.send(process, signal);
            assertThat(out.readLine()).isEqualTo("checkpoint written");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED.code());
        } finally {
            process.destroyForcibly();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"computing", "waiting"})
    void aSignalEndsWorkThatKeepsNothing(String work) throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill to send signals with");
        Path errors = folder.resolve("errors");
        Process process = start(work, ProcessBuilder.Redirect.to(errors.toFile()));
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("working");
            ProcessSignals.send(process, "TERM");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED.code());
            assertThat(errors).hasContent("autophage: interrupted");
        } finally {
            process.destroyForcibly();
        }
    }

    @Test
    void aSecondSignalEndsWorkBeforeItsCheckpoint() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/bin/kill")), "there is no /bin/kill to send signals with");
        Process process = start("never-ending");
        try (BufferedReader out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("working");
            ProcessSignals.send(process, "TERM");
            assertThat(out.readLine()).isEqualTo("asked to stop");
            ProcessSignals.send(process, "TERM");
            assertThat(process.waitFor(20, TimeUnit.SECONDS)).isTrue();
            assertThat(process.exitValue()).isEqualTo(ExitCode.INTERRUPTED.code());
            assertThat(out.readLine()).isNull();
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
        return start(work, ProcessBuilder.Redirect.INHERIT);
    }

    private static Process start(String work, ProcessBuilder.Redirect errors) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Worker.class.getName(),
                        work)
                .redirectError(errors)
                .start();
    }

    /** The process under test. */
    static final class Worker {
        private Worker() {}

        public static void main(String[] arguments) {
            Shutdown.exitAfter(() -> switch (arguments[0]) {
                case "return-4" -> 4;
                case "computing" -> compute();
                case "waiting" -> await(Shutdown.signal());
                case "never-ending" -> await(Shutdown.signalBeforeCheckpoint());
                default -> untilSignal();
            });
        }

        /** As a command does that looks at no signal: libtorch's calls end it. */
        private static int compute() {
            try (Device device = Device.of("cpu");
                    Scope scope = device.newScope()) {
                Graph graph = new Graph("square");
                Value input = graph.input("x", 1000);
                graph.returns(input.times(input));
                Program program = new Program(device, graph);
                System.out.println("working");
                while (true) {
                    try (Scope call = scope.newScope()) {
                        program.run(call, "square", call.zeros(1000));
                    }
                }
            } catch (AutophageException interrupted) {
                System.err.println("autophage: " + interrupted.getMessage());
                return interrupted.exitCode().code();
            }
        }

        /** As a server does, or work that never comes to its checkpoint. */
        private static int await(StopSignal stop) {
            System.out.println("working");
            boolean told = false;
            while (true) {
                if (stop.requested() && !told) {
                    told = true;
                    System.out.println("asked to stop");
                }
                LockSupport.parkNanos(5_000_000);
            }
        }

        private static int untilSignal() {
            StopSignal stop = Shutdown.signalBeforeCheckpoint();
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
