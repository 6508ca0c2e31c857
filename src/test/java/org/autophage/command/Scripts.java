package org.autophage.command;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Programs of others, written in shell. */
public final class Scripts {
    private Scripts() {}

    /** A model that knows its training set by heart. */
    public static Path byHeart(Path folder) throws IOException {
        Path file = folder.resolve("by-heart.sh");
        try (InputStream in = Objects.requireNonNull(Scripts.class.getResourceAsStream("by-heart.sh"))) {
            Files.write(file, in.readAllBytes());
        }
        executable(file);
        return file;
    }

    /** A script that can be run. */
    public static Path of(Path folder, String name, String lines) throws IOException {
        Path file = Files.writeString(folder.resolve(name), "#!/bin/sh\n" + lines + "\n");
        executable(file);
        return file;
    }

    private static void executable(Path file) throws IOException {
        if (!file.toFile().setExecutable(true)) {
            throw new IOException(file + " cannot be made executable");
        }
    }
}
