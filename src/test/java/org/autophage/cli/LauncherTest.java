package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The launcher script, with stand-ins for java and mvn that say how they were called. */
class LauncherTest {
    private static final Path SCRIPT = Path.of("autophage");

    @TempDir
    private Path folder;

    private Path project;
    private Path tools;
    private Path callers;

    /**
     * What a launch did.
     *
     * @param exitCode of the script
     * @param out of the script, which is the stand-in java's: one argument a line
     * @param err of the script
     */
    private record Launch(int exitCode, String out, String err) {}

    @BeforeEach
    void makeProject() throws IOException {
        assumeTrue(Files.isExecutable(Path.of("/bin/sh")), "there is no /bin/sh");
        project = Files.createDirectories(folder.resolve("a project"));
        tools = Files.createDirectory(folder.resolve("tools"));
        callers = Files.createDirectory(folder.resolve("elsewhere"));
        Files.copy(SCRIPT, project.resolve("autophage"));
        Files.writeString(project.resolve("pom.xml"), "<project/>");
        Files.createDirectories(project.resolve("src/main"));
        Files.writeString(project.resolve("src/main/A.java"), "class A {}");
        tool(
                "java",
                """
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit 0; fi
                pwd
                for argument in "$@"; do echo "$argument"; done
                exit ${JAVA_EXIT:-0}
                """);
        tool(
                "mvn",
                """
                echo build >>"$PROJECT/builds"
                sleep ${BUILD_SECONDS:-0}
                [ -z "$BUILD_FAILS" ] || exit 1
                mkdir -p "$PROJECT/target/lib"
                echo jar >"$PROJECT/target/autophage.jar"
                touch "$PROJECT/target/lib/pytorch-jni-2.7.1-0.35.1.jar" "$PROJECT/target/lib/picocli.jar"
                touch "$PROJECT/target/lib/pytorch-native-cpu-2.7.1.jar"
                echo 'output of the build'
                """);
    }

    private void tool(String name, String script) throws IOException {
        Path file = Files.writeString(tools.resolve(name), "#!/bin/sh\n" + script);
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void homeIsWhatTheEnvironmentSays() throws Exception {
        assertThat(launch(Map.of("HOME", "/somewhere else"), "version").out())
                .contains("-Duser.home=/somewhere else\n");
    }

    @Test
    void whatEndsJavaItselfIsOnStandardError() throws Exception {
        assertThat(launch("version").out()).contains("-XX:+DisplayVMOutputToStderr\n");
        Process java = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xlog:disable",
                        "-Xlog:all=error:stderr",
                        "-XX:+DisplayVMOutputToStderr",
                        "-Xmx900000g",
                        "-version")
                .start();
        assertThat(java.getInputStream().readAllBytes()).isEmpty();
        assertThat(new String(java.getErrorStream().readAllBytes(), StandardCharsets.UTF_8))
                .contains("heap");
        assertThat(java.waitFor()).isEqualTo(1);
    }

    @Test
    void withoutALocalePathsAreStillUtf8() throws Exception {
        tool("java", "if [ \"$1\" = -version ]; then echo 'version \"17.0.1\"' >&2; exit 0; fi\necho locale=$LC_ALL\n");
        for (String none : List.of("C", "POSIX", "")) {
            Launch launch = launch(Map.of("LC_ALL", none, "LC_CTYPE", none, "LANG", none), "version");
            assertThat(launch.out()).contains("locale=C.UTF-8");
        }
        assertThat(launch(Map.of("LC_ALL", "fa_IR.UTF-8"), "version").out()).contains("locale=fa_IR.UTF-8");
    }

    private Launch launch(String... arguments) throws Exception {
        return launch(Map.of(), arguments);
    }

    private Launch launch(Map<String, String> environment, String... arguments) throws Exception {
        return finish(start(project.resolve("autophage"), environment, arguments));
    }

    private Process start(Path script, Map<String, String> environment, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of("/bin/sh", script.toString()));
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command).directory(callers.toFile());
        builder.environment()
                .keySet()
                .removeIf(name -> name.startsWith("AUTOPHAGE_")
                        || name.startsWith("PYTORCH_")
                        || name.startsWith("MALLOC_")
                        || name.equals("JAVA_HOME"));
        builder.environment().put("PATH", tools + ":/usr/bin:/bin");
        builder.environment().put("PROJECT", project.toString());
        builder.environment().put("DJL_CACHE_DIR", folder.resolve("cache").toString());
        builder.environment().putAll(environment);
        return builder.start();
    }

    private static Launch finish(Process process) throws Exception {
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        String err = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return new Launch(process.exitValue(), out, err);
    }

    private long builds() throws IOException {
        Path log = project.resolve("builds");
        return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    }

    @Test
    void buildsOnFirstUseAndThenNotAgain() throws Exception {
        Launch first = launch("run", "a spec.yaml");
        assertThat(first.exitCode()).isZero();
        assertThat(first.err()).contains("autophage: building").contains("output of the build");
        assertThat(first.out().lines())
                .startsWith(callers.toRealPath().toString()) // paths of the command line are the caller's
                .endsWith("org.autophage.cli.Main", "run", "a spec.yaml");
        Launch second = launch("run");
        assertThat(second.err()).isEmpty();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void buildsAgainWhenASourceIsNewer() throws Exception {
        launch();
        Files.setLastModifiedTime(
                project.resolve("src/main/A.java"), FileTime.from(Instant.now().plusSeconds(10)));
        launch();
        assertThat(builds()).isEqualTo(2);
    }

    @Test
    void twoLaunchersBuildOnce() throws Exception {
        Map<String, String> slowly = Map.of("BUILD_SECONDS", "2");
        Process one = start(project.resolve("autophage"), slowly, "run");
        Process other = start(project.resolve("autophage"), slowly, "run");
        assertThat(finish(one).exitCode()).isZero();
        assertThat(finish(other).exitCode()).isZero();
        assertThat(builds()).isEqualTo(1);
    }

    @Test
    void aLockOfALauncherThatIsGoneIsTakenOver() throws Exception {
        Path lock = Files.createDirectories(project.resolve("target/launcher.lock"));
        Process gone = new ProcessBuilder("true").start();
        gone.waitFor();
        Files.writeString(lock.resolve("pid"), gone.pid() + "\n");
        assertThat(launch().exitCode()).isZero();
        assertThat(lock).doesNotExist();
    }

    @Test
    void aBuildThatFailsRunsNothing() throws Exception {
        Launch launch = launch(Map.of("BUILD_FAILS", "yes"), "run");
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.out()).isEmpty();
        assertThat(launch.err()).contains("autophage: the build failed");
        assertThat(launch("run").exitCode()).isZero();
    }

    @Test
    void worksThroughASymbolicLink() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a project/autophage"));
        assertThat(finish(start(link, Map.of(), "version")).out()).contains(project.toRealPath() + "/target");
    }

    @Test
    void theProcessKnowsItsLauncherThroughASymbolicLinkToo() throws Exception {
        Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("a project/autophage"));
        assertThat(finish(start(link, Map.of(), "version")).out())
                .contains("-Dautophage.launcher=" + project.toRealPath().resolve("autophage") + "\n");
    }

    @Test
    void theExitCodeIsThatOfJava() throws Exception {
        assertThat(launch(Map.of("JAVA_EXIT", "4"), "run").exitCode()).isEqualTo(4);
    }

    @Test
    void cpuLibrariesAreOnTheClassPathUnlessOthersAreAskedFor() throws Exception {
        assertThat(launch(Map.of("AUTOPHAGE_NATIVES", "cpu"), "run").out()).contains("pytorch-native-cpu");
        assertThat(launch(Map.of("AUTOPHAGE_NATIVES", "cuda"), "run").out())
                .contains("picocli.jar", "-Dai.djl.offline=true")
                .doesNotContain("pytorch-native-cpu");
        assertThat(launch(Map.of("PYTORCH_LIBRARY_PATH", "/opt/libtorch"), "run")
                        .out())
                .doesNotContain("pytorch-native-cpu");
        Launch wrong = launch(Map.of("AUTOPHAGE_NATIVES", "tpu"), "run");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("AUTOPHAGE_NATIVES is tpu: must be cpu or cuda");
    }

    @Test
    void onlyTheSetupMayDownload() throws Exception {
        assertThat(launch("run").out()).contains("-Dai.djl.offline=true");
        assertThat(launch("setup", "cuda").out())
                .contains("-Dai.djl.offline=false")
                .doesNotContain("pytorch-native-cpu");
    }

    @Test
    void aGpuRoundsToTf32OnlyOnRequest() throws Exception {
        tool(
                "java",
                """
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit 0; fi
                echo "${NVIDIA_TF32_OVERRIDE:-unset} ${TORCH_ALLOW_TF32_CUBLAS_OVERRIDE:-unset}"
                """);
        assertThat(launch("run").out()).isEqualTo("0 unset\n");
        assertThat(launch(Map.of("AUTOPHAGE_TF32", "1"), "run").out()).isEqualTo("unset 1\n");
        Launch wrong = launch(Map.of("AUTOPHAGE_TF32", "yes"), "run");
        assertThat(wrong.exitCode()).isEqualTo(2);
        assertThat(wrong.err()).contains("AUTOPHAGE_TF32 is yes: must be 0 or 1");
    }

    @Test
    void aBuildLeavesAnArchiveOfClassesThatCommandsStartWith() throws Exception {
        tool(
                "java",
                """
                if [ "$1" = -version ]; then echo 'openjdk version "17.0.1" 2021-10-19' >&2; exit 0; fi
                for argument in "$@"; do
                    echo "$argument"
                    case $argument in -XX:ArchiveClassesAtExit=*) touch "${argument#*=}" ;; esac
                done
                """);
        Path archive = project.toRealPath().resolve("target/launcher/classes.jsa");
        assertThat(launch("run").out().lines()).contains("-XX:SharedArchiveFile=" + archive);
        Files.delete(archive);
        assertThat(launch("run").out()).doesNotContain("SharedArchiveFile");
    }

    @Test
    void optionsForJavaComeLastAndSoWin() throws Exception {
        List<String> arguments = launch(Map.of("AUTOPHAGE_JAVA_OPTS", "-Xmx9g -Dx=1"), "run")
                .out()
                .lines()
                .toList();
        assertThat(arguments).contains("-Xmx4g", "-Xmx9g", "-Dx=1");
        assertThat(arguments.indexOf("-Xmx9g")).isGreaterThan(arguments.indexOf("-Xmx4g"));
    }

    private void makeRelease() throws IOException {
        Files.delete(tools.resolve("mvn"));
        Files.delete(project.resolve("pom.xml"));
        Files.delete(project.resolve("src/main/A.java"));
        Path lib = Files.createDirectory(project.resolve("lib"));
        for (String jar : List.of("autophage", "picocli", "pytorch-jni-2.7.1-0.35.1", "pytorch-native-cpu-2.7.1")) {
            Files.writeString(lib.resolve(jar + ".jar"), "jar");
        }
    }

    /** Its folder may belong to somebody else, and it is run without Maven. */
    @Test
    void aReleaseRunsAsItIsAndWritesNothing() throws Exception {
        makeRelease();
        Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("r-xr-xr-x"));
        Launch launch = launch(Map.of("AUTOPHAGE_NATIVES", "cpu"), "run", "a spec.yaml");
        assertThat(launch.err()).isEmpty();
        assertThat(launch.exitCode()).isZero();
        Path lib = project.toRealPath().resolve("lib");
        assertThat(launch.out().lines())
                .contains(
                        "%1$s/autophage.jar:%1$s/picocli.jar:%1$s/pytorch-jni-2.7.1-0.35.1.jar:%1$s/pytorch-native-cpu-2.7.1.jar"
                                .formatted(lib))
                .endsWith("org.autophage.cli.Main", "run", "a spec.yaml");
        assertThat(launch(Map.of("AUTOPHAGE_NATIVES", "cuda"), "run").out()).doesNotContain("pytorch-native-cpu");
        assertThat(project.resolve("target")).doesNotExist();
        Files.setPosixFilePermissions(project, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Test
    void aReleaseNamesAnOldJavaToo() throws Exception {
        makeRelease();
        tool("java", "echo 'java version \"11.0.2\"' >&2\n");
        Launch launch = launch("run");
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err()).contains("is version 11: install a JDK, version 17 or newer");
    }

    @Test
    void missingToolsAreNamed() throws Exception {
        Files.delete(tools.resolve("mvn"));
        assumeTrue(!Files.exists(Path.of("/usr/bin/mvn")), "mvn is installed where the shell's own tools are");
        Launch launch = launch("run");
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err()).contains("autophage: mvn is missing: install Maven 3.8 or newer");
    }

    @Test
    void anOldJavaIsNamed() throws Exception {
        tool("java", "echo 'java version \"11.0.2\"' >&2\n");
        Launch launch = launch("run");
        assertThat(launch.exitCode()).isEqualTo(1);
        assertThat(launch.err()).contains("is version 11: install a JDK, version 17 or newer");
    }
}
