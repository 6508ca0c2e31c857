package org.autophage.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.jspecify.annotations.Nullable;

/**
 * A folder or a zip of pictures: the names of its picture files in alphabetical order, and their bytes one at a time.
 * Folders below count too, symbolic links are followed; hidden files and what macOS adds to zips do not count.
 */
final class PictureSource implements AutoCloseable {
    private static final Set<String> READABLE = Set.of("png", "jpg", "jpeg");
    private static final Set<String> OTHERS =
            Set.of("webp", "gif", "bmp", "tif", "tiff", "ppm", "pgm", "avif", "heic", "jp2", "jxl");

    /** Largest picture file, bytes: what unpacks to more is a mistake or an attack. */
    private static final int LARGEST = 64 << 20;

    private final Path root;
    private final @Nullable ZipFile zip;
    private final List<String> names;

    private PictureSource(Path root, @Nullable ZipFile zip, List<String> names) {
        this.root = root;
        this.zip = zip;
        this.names = names;
    }

    /**
     * Opens a folder or a zip.
     *
     * @throws AutophageException (usage) if there is none, or it has no pictures
     */
    static PictureSource open(Path root) {
        try {
            if (Files.isDirectory(root)) {
                return of(root, null, filesBelow(root));
            }
            if (!Files.exists(root)) {
                throw missing(root);
            }
            ZipFile zip = new ZipFile(root.toFile());
            return of(
                    root,
                    zip,
                    zip.stream()
                            .filter(entry -> !entry.isDirectory())
                            .map(ZipEntry::getName)
                            .toList());
        } catch (ZipException e) {
            throw AutophageException.usage("%s is truncated or no zip: %s".formatted(root, e.getMessage()));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(root, e);
        } catch (UncheckedIOException e) {
            throw AutophageException.usage("cannot read %s: %s".formatted(root, e.getMessage()));
        }
    }

    static AutophageException missing(Path root) {
        return AutophageException.usage(root + " is missing: must be a folder or a zip of PNG or JPEG pictures");
    }

    private static PictureSource of(Path root, @Nullable ZipFile zip, List<String> files) {
        List<String> pictures = files.stream()
                .filter(name -> !isHidden(name))
                .filter(name -> READABLE.contains(extension(name)) || OTHERS.contains(extension(name)))
                .sorted()
                .toList();
        if (pictures.isEmpty()) {
            throw AutophageException.usage(
                    "%s has no pictures: must hold PNG or JPEG files, alone or in one folder a class".formatted(root));
        }
        return new PictureSource(root, zip, pictures);
    }

    private static List<String> filesBelow(Path root) throws IOException {
        try (Stream<Path> files = Files.walk(root, FileVisitOption.FOLLOW_LINKS)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> root.relativize(file).toString().replace('\\', '/'))
                    .toList();
        }
    }

    /**
     * The part of it that is below a folder of some name, at any depth.
     *
     * @throws AutophageException (usage) if no picture is
     */
    PictureSource below(String folder) {
        List<String> part = names.stream()
                .filter(name -> ("/" + name).contains("/" + folder + "/"))
                .toList();
        if (part.isEmpty()) {
            throw AutophageException.usage("%s has no pictures in a folder %s".formatted(root, folder));
        }
        return new PictureSource(root, zip, part);
    }

    private static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.") || name.startsWith("__MACOSX/");
    }

    private static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    Path root() {
        return root;
    }

    /** Paths below the root with slashes, in alphabetical order; at least one. */
    List<String> names() {
        return names;
    }

    /** The name of a picture for messages: its path, after a colon where it is inside a zip. */
    String describe(String name) {
        return zip == null ? root.resolve(name).toString() : root + ":" + name;
    }

    /** The bytes of a file that is not a picture, such as a list of labels; null if there is none. */
    byte @Nullable [] readBeside(String name) throws IOException {
        if (zip == null) {
            Path file = root.resolve(name);
            return Files.isRegularFile(file) ? Files.readAllBytes(file) : null;
        }
        ZipEntry entry = zip.getEntry(name);
        return entry == null ? null : bounded(zip.getInputStream(entry));
    }

    /**
     * The bytes of one picture.
     *
     * @throws BadPictureException if they cannot be read, are none, or too many
     */
    byte[] read(String name) throws BadPictureException {
        if (OTHERS.contains(extension(name))) {
            throw new BadPictureException("it is a ." + extension(name) + " file: must be PNG or JPEG");
        }
        try {
            byte[] bytes = size(name) > LARGEST ? new byte[0] : bounded(open(name));
            // What a zip says of an entry's size need not be true.
            if (size(name) > LARGEST || bytes.length > LARGEST) {
                throw new BadPictureException("it has more than %d bytes".formatted(LARGEST));
            }
            if (bytes.length == 0) {
                throw new BadPictureException("it is empty");
            }
            return bytes;
        } catch (IOException e) {
            throw new BadPictureException("it cannot be read: " + e.getMessage());
        }
    }

    private InputStream open(String name) throws IOException {
        return zip == null ? Files.newInputStream(root.resolve(name)) : zip.getInputStream(zip.getEntry(name));
    }

    private long size(String name) throws IOException {
        return zip == null ? Files.size(root.resolve(name)) : zip.getEntry(name).getSize();
    }

    private static byte[] bounded(InputStream stream) throws IOException {
        try (stream) {
            return stream.readNBytes(LARGEST + 1);
        }
    }

    @Override
    public void close() {
        if (zip != null) {
            try {
                zip.close();
            } catch (IOException readOnly) {
                // nothing of it is needed any more
            }
        }
    }
}
