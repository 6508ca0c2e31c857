package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A disk that is really full, at some eleven sizes: the run ends with exit code 1 and one line, and goes on to equal records once
 * there is room. Needs the right to mount a tmpfs, and is skipped elsewhere.
 */
@Tag("slow")
class FullDiskTest {
    private static final String SPEC =
            """
            name: full
            device: cpu
            dataset: {kind: points, distribution: gaussian, dimensions: 40, replicas: 5}
            model: {kind: gaussian}
            loop: {kind: accumulate, generations: 4, initial: 100, synthetic: 100}
            """;

    @TempDir
    Path folder;

    private Path disk;
    private Path spec;

    @BeforeEach
    void writeSpec() throws IOException {
        disk = Files.createDirectory(folder.resolve("disk"));
        spec = Files.writeString(folder.resolve("full.yaml"), SPEC);
    }

    private boolean mount(String options) throws IOException, InterruptedException {
        Process mount = new ProcessBuilder("mount", "-t", "tmpfs", "-o", options, "autophage", disk.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return mount.waitFor() == 0;
    }

    @AfterEach
    void unmount() throws IOException, InterruptedException {
        new ProcessBuilder("umount", disk.toString())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start()
                .waitFor();
    }

    /** Sizes in KiB; the whole run needs more than 1 MiB. */
    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32, 48, 64, 128, 256, 512, 768, 896, 1024})
    void aFullDiskEndsARunInOneLineAndARoomierOneLetsItGoOn(int kibibytes, TestReporter reporter)
            throws IOException, InterruptedException {
        assumeTrue(isMountable(), "a tmpfs cannot be mounted here");
        assertThat(AutophageProcess.start(folder, "run", spec, "whole").waitFor())
                .isZero();
        assertThat(mount("size=" + kibibytes + "k")).isTrue();
        int exit = AutophageProcess.start(folder, "run", spec, "disk").waitFor();
        String log = Files.readString(folder.resolve("disk.log"));
        assertThat(log).doesNotContain("Exception").doesNotContain("\tat ");
        reporter.publishEntry(
                "a disk of " + kibibytes + " KiB", exit + " " + log.lines().reduce("", (before, line) -> line));
        assertThat(exit).as(log).isEqualTo(1);
        assertThat(log).contains("the disk is full");
        assertThat(mount("remount,size=64m")).isTrue();
        assertThat(AutophageProcess.start(folder, "run", spec, "disk").waitFor())
                .isZero();
        assertThat(records("disk")).isEqualTo(records("whole"));
    }

    private static boolean isMountable() {
        return Files.isExecutable(Path.of("/bin/mount")) && "root".equals(System.getProperty("user.name"));
    }

    private List<String> records(String runs) throws IOException {
        return Files.readAllLines(folder.resolve(runs).resolve("full/seed-0/generations.jsonl")).stream()
                .map(line -> line.replaceAll(",\"(\\w+Seconds?|checksum)\":[^,}]*", ""))
                .toList();
    }
}
