package org.autophage.base;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Locale;
import java.util.Optional;

/**
 * Reads whole files of text and small pictures, such as a run is made of. What cannot be such a file is refused before it is
 * opened: opening a pipe would wait for ever, and a file of gigabytes would take all memory.
 */
public final class PlainFiles {
    /** No text that this program writes is larger. */
    public static final long MOST_BYTES = 64L << 20;

    private PlainFiles() {}

    /** Whether there is anything of this name, whatever it is; a link that leads nowhere is something too. */
    public static boolean isThere(Path file) {
        return Files.exists(file, LinkOption.NOFOLLOW_LINKS);
    }

    /**
     * Size and times of a file that can be read, links followed; empty where there is none.
     *
     * @throws IOException with the reason where there is something else: a folder, a pipe or device, a link that leads
     *     nowhere or in a circle, more than {@link #MOST_BYTES}, or what this user may not look at
     */
    public static Optional<BasicFileAttributes> attributes(Path file) throws IOException {
        Optional<BasicFileAttributes> found = regular(file);
        if (found.isPresent() && found.get().size() > MOST_BYTES) {
            throw refused(
                    file,
                    String.format(
                            Locale.ROOT,
                            "it has %.1f GiB, and no such file of this program has more than %d MiB",
                            found.get().size() / (double) (1L << 30),
                            MOST_BYTES >> 20));
        }
        return found;
    }

    /**
     * The same of a file of any size.
     *
     * @throws IOException as {@link #attributes} does
     */
    public static Optional<BasicFileAttributes> regular(Path file) throws IOException {
        BasicFileAttributes attributes;
        try {
            attributes = Files.readAttributes(file, BasicFileAttributes.class);
        } catch (NoSuchFileException e) {
            for (Path link = file; link != null && (link == file || link.equals(file.getParent())); ) {
                if (Files.isSymbolicLink(link) && !Files.exists(link)) {
                    throw refused(file, "the link " + link + " leads nowhere");
                }
                link = link.getParent();
            }
            return Optional.empty();
        } catch (FileSystemException e) {
            if (DiskErrors.fileInTheWay(file) != null) {
                return Optional.empty(); // below a file there is nothing, and whoever writes there is told so
            }
            throw e;
        }
        if (attributes.isDirectory()) {
            throw refused(file, "it is a folder, not a file");
        }
        if (!attributes.isRegularFile()) {
            throw refused(file, "it is a pipe, a socket or a device, not a file");
        }
        return Optional.of(attributes);
    }

    /**
     * All bytes; empty where there is no file.
     *
     * @throws IOException as {@link #attributes} does
     */
    public static Optional<byte[]> bytes(Path file) throws IOException {
        if (attributes(file).isEmpty()) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            return Optional.of(in.readNBytes(Math.toIntExact(MOST_BYTES)));
        } catch (NoSuchFileException goneSince) {
            return Optional.empty();
        }
    }

    /**
     * All text in UTF-8; bytes that are none become U+FFFD, which no file of this program has. Empty where there is no file.
     *
     * @throws IOException as {@link #attributes} does
     */
    public static Optional<String> text(Path file) throws IOException {
        return bytes(file).map(bytes -> new String(bytes, StandardCharsets.UTF_8));
    }

    private static FileSystemException refused(Path file, String reason) {
        return new FileSystemException(file.toString(), null, reason);
    }
}
