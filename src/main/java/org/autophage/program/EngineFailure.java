package org.autophage.program;

import ai.djl.engine.Engine;
import ai.djl.util.Utils;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.DiskErrors;
import org.jspecify.annotations.Nullable;

/** Says in one line why libtorch could not be loaded, and what to do. */
final class EngineFailure {
    private static final String OWN = "PYTORCH_LIBRARY_PATH";
    private static final Pattern PYTHON_VERSION = Pattern.compile("(?m)^__version__\\s*=\\s*['\"]([^'\"]+)");
    private static final int PROBE_BYTES = 1 << 20;

    private EngineFailure() {}

    /** The reason, by what is found on this machine after the failure. */
    static String explain(Throwable failure) {
        String own = Utils.getEnvOrSystemProperty(OWN);
        return own == null || own.isBlank()
                ? ofCache(Utils.getEngineCacheDir("pytorch"), failure)
                : ofOwn(Path.of(own), fittingVersion(), failure);
    }

    /** What is wrong with a libtorch of the user's own. */
    static String ofOwn(Path folder, String fitting, Throwable failure) {
        if (!Files.isDirectory(folder)) {
            return "%s is %s: there is no such folder; it must hold libtorch %s, or be unset"
                    .formatted(OWN, folder, fitting);
        }
        return version(folder)
                .map(found -> found.equals(fitting) || found.startsWith(fitting + "+")
                        ? "%s is %s, libtorch %s, which is the right version: %s"
                                .formatted(OWN, folder, found, lastReason(failure))
                        : "%s is %s, which is libtorch %s: this Autophage needs %s; install that one (pip install torch==%s) or unset %s"
                                .formatted(OWN, folder, found, fitting, fitting, OWN))
                .orElseGet(() -> "%s is %s, whose version is written nowhere: it must be libtorch %s (%s)"
                        .formatted(OWN, folder, fitting, lastReason(failure)));
    }

    /** The version that PyTorch's packages write beside their lib folder. */
    static Optional<String> version(Path libraries) {
        Path above = libraries.toAbsolutePath().normalize().getParent();
        if (above == null) {
            return Optional.empty();
        }
        return text(above.resolve("build-version")).map(String::strip).or(() -> text(above.resolve("version.py"))
                .map(PYTHON_VERSION::matcher)
                .filter(Matcher::find)
                .map(found -> found.group(1)));
    }

    private static Optional<String> text(Path file) {
        try {
            return Optional.of(Files.readString(file));
        } catch (IOException missing) {
            return Optional.empty();
        }
    }

    /** What is wrong with the folder into which libtorch is unpacked. */
    static String ofCache(Path cache, Throwable failure) {
        String otherFolder =
                "set DJL_CACHE_DIR to a folder on a disk with 1 GiB to spare from which programs may be loaded";
        String reason = lastReason(failure);
        String refusal = DiskErrors.saysFull(reason) ? reason : refusal(cache);
        if (refusal != null) {
            return "%s, where libtorch is unpacked, cannot be written: %s; %s".formatted(cache, refusal, otherFolder);
        }
        return reason.contains("failed to map segment") || reason.contains("Operation not permitted")
                ? "no programs may be loaded from %s, where libtorch is unpacked (its disk is mounted noexec): %s"
                        .formatted(cache, otherFolder)
                : "%s (libtorch is unpacked in %s; if that is damaged, delete it)".formatted(reason, cache);
    }

    /** Why a folder takes no file, or null if it takes one. */
    private static @Nullable String refusal(Path folder) {
        Path probe = null;
        try {
            Files.createDirectories(folder);
            probe = Files.createTempFile(folder, "probe", ".partial");
            Files.write(probe, new byte[PROBE_BYTES]);
            return null;
        } catch (IOException e) {
            return DiskErrors.reasonForWriting(folder, e);
        } finally {
            deleteQuietly(probe);
        }
    }

    private static void deleteQuietly(@Nullable Path file) {
        try {
            if (file != null) {
                Files.deleteIfExists(file);
            }
        } catch (IOException alreadyTold) {
            // the folder's fault is what is being told
        }
    }

    /** The first line of the innermost cause that says anything: DJL wraps what the system said. */
    private static String lastReason(Throwable failure) {
        String reason = failure.getClass().getSimpleName();
        for (Throwable each = failure; each != null; each = each.getCause()) {
            if (each.getMessage() != null && !each.getMessage().isBlank()) {
                reason = each.getMessage().lines().findFirst().orElse(reason);
            }
        }
        return reason;
    }

    /** The version that DJL's engine is made for. */
    static String fittingVersion() {
        try (InputStream in = Engine.class.getResourceAsStream("/pytorch-engine.properties")) {
            if (in == null) {
                throw new NoSuchFileException("pytorch-engine.properties");
            }
            Properties properties = new Properties();
            properties.load(in);
            return properties.getProperty("pytorch_version");
        } catch (IOException e) {
            throw new IllegalStateException("the engine's jar does not say which libtorch it needs", e);
        }
    }
}
