package org.autophage.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which programs of others may run here. A TorchScript file is one, and so is a command: it can do whatever the person can who
 * runs it. None runs unless this person said so, for once on the command line, or for good in a list: a text file with a line a program,
 * its SHA-256 (what follows it does not count, as {@code sha256sum} writes it) or its absolute path. Empty lines and those
 * that begin with # mean nothing.
 */
public final class Trust {
    /** The option that allows whatever a command names. */
    public static final String OPTION = "--trust";

    /** Any program that is named. */
    public static final Trust ALL = new Trust(null);

    private static final Pattern HASH = Pattern.compile("([0-9a-fA-F]{64})(\\s.*)?");

    private final @Nullable Path list;

    private Trust(@Nullable Path list) {
        this.list = list;
    }

    /** The programs on this user's list: autophage/trusted in {@code $XDG_CONFIG_HOME}, or in {@code ~/.config}. */
    public static Trust listed() {
        String xdg = System.getenv("XDG_CONFIG_HOME");
        Path settings =
                xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".config");
        return in(settings.resolve("autophage").resolve("trusted"));
    }

    /** The programs on a list; none if there is no such file. */
    public static Trust in(Path list) {
        return new Trust(list);
    }

    /** Whether any program is trusted that is named. */
    public boolean isAll() {
        return list == null;
    }

    /**
     * Refuses a program that is not trusted.
     *
     * @param program a file that exists
     * @throws AutophageException (usage) saying how to allow it, or that a line of the list is neither hash nor path
     */
    public void require(Path program) {
        if (list == null) {
            return;
        }
        String hash = Sha256.of(program);
        Path real = real(program);
        boolean listed = lines().stream().anyMatch(line -> names(line, hash, real));
        if (!listed) {
            throw AutophageException.usage(
                    "%s is a program, which can do whatever you can: if you know whose it is, allow it with %s, or for good with its SHA-256, %s, on a line of %s"
                            .formatted(program, OPTION, hash, list));
        }
    }

    /**
     * Refuses a command that is not trusted.
     *
     * @param command it, for the message
     * @param hash what the list has of it
     * @throws AutophageException (usage) saying how to allow it
     */
    public void requireCommand(String command, String hash) {
        if (list != null && lines().stream().noneMatch(line -> hashIn(line).equalsIgnoreCase(hash))) {
            throw AutophageException.usage(
                    "%s is a program, which can do whatever you can: if you know what it does, allow it with %s, or as it is now for good with %s on a line of %s"
                            .formatted(command, OPTION, hash, list));
        }
    }

    /** The hash that a line begins with; empty where it is a path. */
    private static String hashIn(String line) {
        Matcher listedHash = HASH.matcher(line);
        return listedHash.matches() ? listedHash.group(1) : "";
    }

    private boolean names(String line, String hash, Path program) {
        if (!hashIn(line).isEmpty()) {
            return hashIn(line).equalsIgnoreCase(hash);
        }
        Path path = Path.of(line);
        if (!path.isAbsolute()) {
            throw AutophageException.usage(
                    "%s has the line '%s': must be a SHA-256 in 64 hexadecimal digits, or an absolute path"
                            .formatted(list, line));
        }
        return Files.exists(path) && real(path).equals(program);
    }

    private List<String> lines() {
        Path file = Objects.requireNonNull(list);
        if (!Files.exists(file)) {
            return List.of();
        }
        try (Stream<String> lines = Files.lines(file)) {
            return lines.map(String::strip)
                    .filter(line -> !line.isEmpty() && !line.startsWith("#"))
                    .toList();
        } catch (UncheckedIOException e) {
            throw AutophageException.usage(
                    "%s cannot be read as a list of programs: %s".formatted(file, e.getMessage()));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    /** The file that a path means in the end. */
    private static Path real(Path path) {
        try {
            return path.toRealPath();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(path, e);
        }
    }
}
