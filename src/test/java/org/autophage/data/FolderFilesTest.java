package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.autophage.data.store.SourceFingerprint;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Folders whose links lead in circles are gone through once. */
class FolderFilesTest {
    @TempDir
    private Path folder;

    private List<String> repeated = List.of();

    private List<String> files(Path root) {
        List<String> names = new ArrayList<>();
        assertTimeoutPreemptively(Duration.ofSeconds(10), () -> {
            repeated = FolderFiles.visit(root, (name, attributes) -> names.add(name));
        });
        return names.stream().sorted().toList();
    }

    private Path make(String name) throws IOException {
        return Files.createDirectories(folder.resolve(name));
    }

    private void file(String name) throws IOException {
        Files.createFile(folder.resolve(name));
    }

    private void link(String name, String target) throws IOException {
        Files.createSymbolicLink(folder.resolve(name), Path.of(target));
    }

    @Test
    void aFolderInItselfIsReadOnce() throws IOException {
        make("cat");
        file("cat/1.png");
        file("0.png");
        link("itself", ".");
        link("cat/above", "..");
        link("cat/here", "../cat");
        assertThat(files(folder)).containsExactly("0.png", "cat/1.png");
        assertThat(repeated).containsExactly("cat/above", "cat/here", "itself");
    }

    /** Every class folder has links to all others: there are 20! ways through them. */
    @Test
    void manyCirclesEndQuickly() throws IOException {
        for (int i = 0; i < 20; i++) {
            make("c" + i);
            file("c" + i + "/x.png");
            for (int j = 0; j < 20; j++) {
                link("c" + i + "/to" + j, "../c" + j);
            }
        }
        assertThat(files(folder)).hasSize(20);
        assertThat(repeated).hasSize(400);
    }

    @Test
    void foldersElsewhereAreFollowedByTheLinksName() throws IOException {
        make("real/deep");
        file("real/deep/1.png");
        make("all");
        link("all/cat", "../real/deep");
        link("all/dog.png", "../real/deep/1.png");
        make("real/deep/more");
        link("real/deep/more/back", "../../../all");
        assertThat(files(folder.resolve("all"))).containsExactly("cat/1.png", "dog.png");
        assertThat(repeated).containsExactly("cat/more/back");
    }

    @Test
    void theRootMayBeALinkAndLinksMayLeadNowhere() throws IOException {
        make("real");
        file("real/1.png");
        link("real/gone.png", "nowhere.png");
        link("real/round.png", "round.png");
        link("root", "real");
        assertThat(files(folder.resolve("root"))).containsExactly("1.png", "gone.png", "round.png");
        assertThat(SourceFingerprint.of(folder.resolve("root"))).startsWith("3 files ");
    }
}
