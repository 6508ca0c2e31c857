package org.autophage.data.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.data.FolderFiles;
import org.autophage.data.npy.ZipFiles;
import org.jspecify.annotations.Nullable;

/**
 * A folder or a zip of pictures: the names of its picture files in alphabetical order, and their bytes one at a time.
 * Folders below count too, symbolic links are followed; hidden files and what macOS adds to zips do not count. Backslashes
 * in a zip's names, as some tools of Windows write them, are slashes.
 */
public final class PictureSource implements AutoCloseable {
    private static final Set<String> READABLE = Set.of("png", "jpg", "jpeg", "jpe", "jfif", "jif", "pjpeg", "pjp");

    /** Other formats of pictures, none of which is passed over without a word. */
    private static final Set<String> OTHERS = Set.of(
            "webp", "gif", "bmp", "dib", "tif", "tiff", "ppm", "pgm", "pbm", "pnm", "pam", "pfm", "avif", "heic",
            "heif", "hif", "jp2", "j2k", "jpf", "jpx", "jxl", "jxr", "svg", "svgz", "ico", "icns", "psd", "xcf", "tga",
            "dds", "exr", "hdr", "pcx", "apng", "mng", "qoi", "xbm", "xpm", "ras", "sgi", "dng", "cr2", "cr3", "nef",
            "arw", "orf", "raf", "rw2", "dcm", "eps", "wmf", "emf");

    /** Largest picture file, bytes: what unpacks to more is a mistake or an attack. */
    private static final int LARGEST = 64 << 20;

    private final Path root;
    private final @Nullable ZipFile zip;

    /** All files that are not hidden, by their names as {@link #names} has them; in a zip, its own names of them. */
    private final SortedMap<String, String> files;

    private final List<String> names;
    private final List<String> others;
    private final List<String> repeatedLinks;

    private PictureSource(
            Path root, @Nullable ZipFile zip, SortedMap<String, String> files, List<String> repeatedLinks) {
        this.root = root;
        this.zip = zip;
        this.files = files;
        this.names = having(READABLE, files.keySet());
        this.others = having(OTHERS, files.keySet());
        this.repeatedLinks = repeatedLinks;
        if (names.isEmpty()) {
            throw AutophageException.usage(
                    others.isEmpty()
                            ? "%s has no pictures: must hold PNG or JPEG files, alone or in one folder a class"
                                    .formatted(root)
                            : "%s has no PNG or JPEG pictures, only %s: convert them"
                                    .formatted(root, describeFormats(others)));
        }
    }

    /**
     * Opens a folder or a zip.
     *
     * @throws AutophageException (usage) if there is none, or it has no pictures
     */
    public static PictureSource open(Path root) {
        try {
            if (Files.isDirectory(root)) {
                return ofFolder(root);
            }
            if (!Files.exists(root)) {
                throw missing(root);
            }
            return ofZip(root, ZipFiles.open(root, "zip"));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(root, e);
        }
    }

    static AutophageException missing(Path root) {
        return AutophageException.usage(root + " is missing: must be a folder or a zip of PNG or JPEG pictures");
    }

    private static PictureSource ofFolder(Path root) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        List<String> repeatedLinks = FolderFiles.visit(root, (name, attributes) -> {
            if (!isHidden(name) && !attributes.isOther()) {
                files.put(name, name);
            }
        });
        return new PictureSource(root, null, files, repeatedLinks);
    }

    private static PictureSource ofZip(Path root, ZipFile zip) throws IOException {
        try {
            SortedMap<String, String> files = new TreeMap<>();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = plain(entry.getName());
                if (entry.isDirectory() || isHidden(name)) {
                    continue;
                }
                if (files.put(name, entry.getName()) != null) {
                    throw AutophageException.usage(
                            "%s has two entries of the name %s: each must have its own".formatted(root, name));
                }
            }
            return new PictureSource(root, zip, files, List.of());
        } catch (RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    /** A name in a zip or in a list of labels as a path of names with slashes between them. */
    static String plain(String name) {
        return Arrays.stream(name.replace('\\', '/').split("/"))
                .filter(Predicate.not(part -> part.isEmpty() || part.equals(".")))
                .collect(Collectors.joining("/"));
    }

    private static List<String> having(Set<String> extensions, Collection<String> names) {
        return names.stream()
                .filter(name -> extensions.contains(extension(name)))
                .toList();
    }

    /**
     * The part of it that is below a folder of some name, at any depth.
     *
     * @throws AutophageException (usage) if no picture is
     */
    PictureSource below(String folder) {
        SortedMap<String, String> part = new TreeMap<>(files);
        part.keySet().removeIf(name -> !("/" + name).contains("/" + folder + "/"));
        if (having(READABLE, part.keySet()).isEmpty()) {
            throw AutophageException.usage("%s has no pictures in a folder %s".formatted(root, folder));
        }
        return new PictureSource(root, zip, part, repeatedLinks);
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
    public List<String> names() {
        return names;
    }

    /** Names of the pictures of other formats, which cannot be read, in alphabetical order. */
    List<String> others() {
        return others;
    }

    /** What has been passed over, a line each. */
    List<String> notes(boolean withOthers) {
        List<String> notes = new ArrayList<>();
        if (withOthers && !others.isEmpty()) {
            notes.add("%s: %s, left out: must be PNG or JPEG".formatted(root, describeFormats(others)));
        }
        if (!repeatedLinks.isEmpty()) {
            notes.add("%s: %d links to folders that were read already are not followed, such as %s"
                    .formatted(root, repeatedLinks.size(), repeatedLinks.get(0)));
        }
        return notes;
    }

    /** Such as "3 pictures of other formats (2 .webp, 1 .gif), such as a.gif,". */
    private static String describeFormats(List<String> pictures) {
        String formats = pictures.stream()
                .collect(Collectors.groupingBy(PictureSource::extension, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(format -> format.getValue() + " ." + format.getKey())
                .collect(Collectors.joining(", "));
        return "%d %s (%s), such as %s"
                .formatted(
                        pictures.size(),
                        pictures.size() == 1 ? "picture of another format" : "pictures of other formats",
                        formats,
                        pictures.get(0));
    }

    /** The name of a picture for messages: its path, after a colon where it is inside a zip. */
    String describe(String name) {
        return zip == null ? root.resolve(name).toString() : root + ":" + name;
    }

    /** Names of all files that are called so, in whatever folder, in alphabetical order. */
    List<String> filesCalled(String fileName) {
        return files.keySet().stream()
                .filter(name -> name.equals(fileName) || name.endsWith("/" + fileName))
                .toList();
    }

    /**
     * The bytes of a file that is not a picture, such as a list of labels.
     *
     * @throws AutophageException (usage) if it has too many
     */
    byte[] readBeside(String name) throws IOException {
        byte[] bytes = bounded(open(name));
        if (bytes.length > LARGEST) {
            throw AutophageException.usage("%s has more than %d bytes".formatted(describe(name), LARGEST));
        }
        return bytes;
    }

    /**
     * The bytes of one picture.
     *
     * @throws BadPictureException if they cannot be read, are none, or too many
     */
    public byte[] read(String name) throws BadPictureException {
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
        } catch (NoSuchFileException e) {
            throw new BadPictureException("it is a link to a file that is not there");
        } catch (IOException e) {
            throw new BadPictureException("it cannot be read: " + e.getMessage());
        }
    }

    /** Why a picture of another format is bad. */
    static BadPictureException otherFormat(String name) {
        return new BadPictureException("it is a ." + extension(name) + " file: must be PNG or JPEG");
    }

    private InputStream open(String name) throws IOException {
        return zip == null ? Files.newInputStream(root.resolve(name)) : zip.getInputStream(entry(zip, name));
    }

    private long size(String name) throws IOException {
        return zip == null ? Files.size(root.resolve(name)) : entry(zip, name).getSize();
    }

    private ZipEntry entry(ZipFile archive, String name) {
        return archive.getEntry(files.get(name));
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
