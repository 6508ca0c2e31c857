package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.mnist.MnistSpec;
import org.autophage.data.sequence.GrammarSpec;
import org.autophage.data.sequence.TextSpec;
import org.autophage.data.sequence.TextUnit;
import org.autophage.data.strokes.StrokesSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

class DatasetSpecTest {
    private final JsonMapper mapper = JsonMapper.builder().build();

    @Test
    void kindChoosesTheSpec() {
        assertThat(mapper.readValue(
                        "{\"kind\": \"strokes\", \"size\": 16, \"holdout\": 100, \"seed\": 7}", DatasetSpec.class))
                .isEqualTo(new StrokesSpec(16, 100, 7));
        assertThat(mapper.readValue(
                        "{\"kind\": \"mnist\", \"path\": \"d/mnist\", \"size\": 28, \"holdout\": 10000}",
                        DatasetSpec.class))
                .isEqualTo(new MnistSpec("d/mnist", 28, 10_000));
        assertThat(mapper.readValue("{\"kind\": \"grammar\", \"holdout\": 9, \"seed\": 7}", DatasetSpec.class))
                .isEqualTo(new GrammarSpec(9, 7));
        assertThat(mapper.readValue(
                        "{\"kind\": \"text\", \"path\": \"t\", \"tokens\": \"byte-pairs\", \"length\": 8, \"holdout\": 9}",
                        DatasetSpec.class))
                .isEqualTo(new TextSpec("t", TextUnit.BYTE_PAIRS, 8, null, 9));
    }

    @Test
    void kindIsWritten() {
        String json = mapper.writerFor(DatasetSpec.class).writeValueAsString(StrokesSpec.DEFAULTS);
        assertThat(mapper.readTree(json))
                .isEqualTo(mapper.readTree("{\"kind\": \"strokes\", \"size\": 28, \"holdout\": 10000, \"seed\": 0}"));
    }

    @Test
    void keysThatAreNotSetAreNotWritten() {
        String json = mapper.writerFor(DatasetSpec.class).writeValueAsString(TextSpec.DEFAULTS);
        assertThat(mapper.readTree(json))
                .isEqualTo(
                        mapper.readTree(
                                "{\"kind\": \"text\", \"path\": \"datasets/text\", \"tokens\": \"characters\", \"length\": 64, \"holdout\": 500}"));
    }

    @Test
    void impossibleValuesAreNamed() {
        refused(() -> new StrokesSpec(15, 10, 0), "dataset.size is 15: must be from 16 to 64, for strokes");
        refused(() -> new StrokesSpec(65, 10, 0), "dataset.size is 65: must be from 16 to 64, for strokes");
        refused(() -> new StrokesSpec(16, 0, 0), "dataset.holdout is 0: must be from 1 to 1000000, for strokes");
        refused(() -> new MnistSpec("m", 32, 10), "dataset.size is 32: must be from 8 to 28, for mnist");
        refused(() -> new MnistSpec("m", 28, -1), "dataset.holdout is -1: must be from 1 to 10000, for mnist");
        refused(() -> new MnistSpec("m", 28, 10_001), "dataset.holdout is 10001: must be from 1 to 10000, for mnist");
        refused(() -> new MnistSpec(" ", 28, 10), "dataset.path is empty");
    }

    @Test
    void missingFolderIsOneLineWithTheRemedy() {
        refused(
                () -> new MnistSpec("no/such/mnist-folder", 28, 10).open(),
                "train-images-idx3-ubyte.gz is missing in folder no/such/mnist-folder: "
                        + "`./autophage data fetch mnist` gets it");
    }

    @Test
    void sharedFolderIsUsedForRelativePathsThatDoNotExist(@TempDir Path shared) throws IOException {
        Files.createDirectories(shared.resolve("mnist"));
        String folder = shared.toString();
        assertThat(DatasetFolders.find(Path.of("nowhere/mnist"), folder)).isEqualTo(shared.resolve("mnist"));
        assertThat(DatasetFolders.find(Path.of("nowhere/other"), folder)).isEqualTo(Path.of("nowhere/other"));
        assertThat(DatasetFolders.find(Path.of("nowhere/mnist"), null)).isEqualTo(Path.of("nowhere/mnist"));
        assertThat(DatasetFolders.find(Path.of("/nowhere/mnist"), folder)).isEqualTo(Path.of("/nowhere/mnist"));
        assertThat(DatasetFolders.find(Path.of("src/main"), folder)).isEqualTo(Path.of("src/main"));
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((AutophageException) e).exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
