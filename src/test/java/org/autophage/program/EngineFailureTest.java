package org.autophage.program;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.engine.EngineException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EngineFailureTest {
    private static final EngineException FAILURE =
            new EngineException("Failed to load PyTorch native library", new UnsatisfiedLinkError("no such symbol"));

    @TempDir
    private Path folder;

    private Path libraries(String file, String text) throws IOException {
        Files.writeString(folder.resolve(file), text);
        return Files.createDirectories(folder.resolve("lib"));
    }

    @Test
    void anotherVersionOfPythonsIsNamed() throws IOException {
        Path lib = libraries("version.py", "from typing import Optional\n__version__ = '2.13.0+cpu'\n");
        assertThat(EngineFailure.ofOwn(lib, "2.7.1", FAILURE))
                .contains(
                        "libtorch 2.13.0+cpu", "needs 2.7.1", "pip install torch==2.7.1", "unset PYTORCH_LIBRARY_PATH");
    }

    @Test
    void theRightVersionOfAZipIsNotBlamed() throws IOException {
        Path lib = libraries("build-version", "2.7.1+cu128\n");
        assertThat(EngineFailure.ofOwn(lib, "2.7.1", FAILURE))
                .contains("right version")
                .endsWith("no such symbol");
    }

    @Test
    void foldersWithoutLibtorch() throws IOException {
        assertThat(EngineFailure.ofOwn(folder.resolve("none"), "2.7.1", FAILURE))
                .contains("there is no such folder");
        Path lib = Files.createDirectories(folder.resolve("lib"));
        assertThat(EngineFailure.ofOwn(lib, "2.7.1", FAILURE)).contains("written nowhere", "libtorch 2.7.1");
    }

    @Test
    void aCacheThatTakesNoFileIsNamed() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "");
        assertThat(EngineFailure.ofCache(file.resolve("pytorch"), FAILURE))
                .contains("file where a folder is needed", "DJL_CACHE_DIR");
    }

    @Test
    void aFullDiskIsNamedAlthoughDjlHasMadeRoomAgain() {
        assertThat(EngineFailure.ofCache(
                        folder, new EngineException("Failed", new IOException("No space left on device"))))
                .contains("cannot be written: No space left on device; set DJL_CACHE_DIR");
    }

    @Test
    void aDiskWithoutProgramsIsNamed() {
        assertThat(EngineFailure.ofCache(
                        folder,
                        new EngineException(
                                "Failed to load",
                                new UnsatisfiedLinkError("libc10.so: failed to map segment from shared object"))))
                .contains("noexec", "DJL_CACHE_DIR");
        assertThat(folder).isEmptyDirectory();
    }

    @Test
    void theEngineSaysWhichVersionItNeeds() {
        assertThat(EngineFailure.fittingVersion()).isEqualTo(Device.libtorchVersion());
    }
}
