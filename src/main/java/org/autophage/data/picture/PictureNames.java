package org.autophage.data.picture;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the names of files in folders and archives tell. */
final class PictureNames {
    /** The formats that are read, in words for messages. */
    static final String FORMATS = "PNG, JPEG, WebP, BMP, GIF or TIFF";

    private static final Set<String> READABLE = Set.of(
            "png", "jpg", "jpeg", "jpe", "jfif", "jif", "pjpeg", "pjp", "webp", "bmp", "dib", "gif", "tif", "tiff");

    /** Other formats of pictures, none of which is passed over without a word. */
    private static final Set<String> OTHERS = Set.of(
            "ppm", "pgm", "pbm", "pnm", "pam", "pfm", "avif", "heic", "heif", "hif", "jp2", "j2k", "jpf", "jpx", "jxl",
            "jxr", "svg", "svgz", "ico", "icns", "psd", "xcf", "tga", "dds", "exr", "hdr", "pcx", "apng", "mng", "qoi",
            "xbm", "xpm", "ras", "sgi", "dng", "cr2", "cr3", "nef", "arw", "orf", "raf", "rw2", "dcm", "eps", "wmf",
            "emf");

    private PictureNames() {}

    static boolean isReadable(String name) {
        return READABLE.contains(extension(name));
    }

    static boolean isOther(String name) {
        return OTHERS.contains(extension(name));
    }

    /** Hidden files, names in archives that lead out of them, and what macOS adds to archives. */
    static boolean isHidden(String name) {
        return name.startsWith(".") || name.contains("/.") || name.startsWith("__MACOSX/");
    }

    /** What stands behind the last dot, in small letters. */
    static String extension(String name) {
        return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
    }

    /** The folder that a file is in, with a slash behind it; empty at the root. */
    static String folderOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /** A name in an archive or in a list of labels as a path of names with slashes between them. */
    static String plain(String name) {
        return Arrays.stream(name.replace('\\', '/').split("/"))
                .filter(Predicate.not(part -> part.isEmpty() || part.equals(".")))
                .collect(Collectors.joining("/"));
    }

    static List<String> readable(Collection<String> names) {
        return names.stream().filter(PictureNames::isReadable).toList();
    }

    static List<String> others(Collection<String> names) {
        return names.stream().filter(PictureNames::isOther).toList();
    }

    /** Such as "3 pictures of other formats (2 .avif, 1 .svg), such as a.svg,". */
    static String describe(List<String> others) {
        String formats = others.stream()
                .collect(Collectors.groupingBy(PictureNames::extension, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(format -> format.getValue() + " ." + format.getKey())
                .collect(Collectors.joining(", "));
        return "%d %s (%s), such as %s"
                .formatted(
                        others.size(),
                        others.size() == 1 ? "picture of another format" : "pictures of other formats",
                        formats,
                        others.get(0));
    }

    /** What is said of pictures that cannot be read, beside some that can. */
    static String leftOut(Object root, List<String> others) {
        return "%s: %s, left out: must be %s".formatted(root, describe(others), FORMATS);
    }

    /** Why a picture of another format is bad. */
    static BadPictureException otherFormat(String name) {
        return new BadPictureException("it is a .%s file: must be %s".formatted(extension(name), FORMATS));
    }
}
