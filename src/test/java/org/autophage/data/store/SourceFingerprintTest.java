package org.autophage.data.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFingerprintTest {
    @TempDir
    private Path folder;

    @Test
    void everyKindOfChangeIsNoticed() throws IOException {
        FileTime time = FileTime.fromMillis(1_600_000_000_000L);
        Path a = Files.createDirectories(folder.resolve("below")).resolve("a.png");
        Files.write(a, new byte[3]);
        Files.setLastModifiedTime(a, time);
        Set<String> seen = new HashSet<>();
        String first = SourceFingerprint.of(folder);
        seen.add(first);
        Path b = Files.copy(a, folder.resolve("below/b.png"));
        Files.setLastModifiedTime(b, time);
        assertThat(seen.add(SourceFingerprint.of(folder))).as("a file more").isTrue();
        Files.move(b, folder.resolve("below/c.png"));
        assertThat(seen.add(SourceFingerprint.of(folder))).as("renamed").isTrue();
        Files.move(folder.resolve("below/c.png"), folder.resolve("c.png"));
        assertThat(seen.add(SourceFingerprint.of(folder))).as("moved").isTrue();
        Files.delete(folder.resolve("c.png"));
        assertThat(SourceFingerprint.of(folder)).as("as it was").isEqualTo(first);
        Files.setLastModifiedTime(a, FileTime.fromMillis(time.toMillis() + 1));
        assertThat(seen.add(SourceFingerprint.of(folder))).as("another time").isTrue();
        Files.write(a, new byte[4]);
        Files.setLastModifiedTime(a, time);
        assertThat(seen.add(SourceFingerprint.of(folder))).as("another size").isTrue();
        Files.write(a, new byte[3]);
        Files.setLastModifiedTime(a, time);
        Files.createFile(folder.resolve(".DS_Store"));
        assertThat(SourceFingerprint.of(folder)).as("hidden files").isEqualTo(first);
    }
}
