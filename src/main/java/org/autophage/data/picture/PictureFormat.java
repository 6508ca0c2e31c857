package org.autophage.data.picture;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;

/** The formats of picture files that are read, told by how files begin, whatever their names say. */
enum PictureFormat {
    PNG("png", "\u0089PNG\r\n\u001a\n"),
    JPEG("jpeg", "\u00ff\u00d8\u00ff"),
    GIF("gif", "GIF8"),
    BMP("bmp", "BM"),
    TIFF("tiff", "II*\0", "MM\0*"),
    WEBP("webp", "RIFF");

    /** Formats that are not read and other tools write under any name, by what stands near their beginning. */
    private static final Map<String, String> OTHERS = Map.of(
            "ftypheic", "HEIC",
            "ftypheix", "HEIC",
            "ftypmif1", "HEIF",
            "ftypavif", "AVIF",
            "jP  ", "JPEG 2000",
            "JXL ", "JPEG XL",
            "<svg", "SVG",
            "8BPS", "Photoshop");

    private static final int LOOKED_AT = 64;

    private final String reader;
    private final String[] magic;

    PictureFormat(String reader, String... magic) {
        this.reader = reader;
        this.magic = magic;
    }

    /** What Java's readers of it are called. */
    String reader() {
        return reader;
    }

    /** Of a file, by its first bytes. */
    static Optional<PictureFormat> of(byte[] bytes) {
        String start = start(bytes);
        return Arrays.stream(values())
                .filter(format -> Arrays.stream(format.magic).anyMatch(start::startsWith))
                .filter(format -> format != WEBP || start.startsWith("WEBP", 8))
                .findFirst();
    }

    /**
     * Of a file that has to be one of them.
     *
     * @throws BadPictureException saying what it is instead
     */
    static PictureFormat required(byte[] bytes) throws BadPictureException {
        Optional<PictureFormat> found = of(bytes);
        if (found.isPresent()) {
            return found.get();
        }
        String start = start(bytes);
        throw new BadPictureException(OTHERS.entrySet().stream()
                .filter(other -> start.startsWith(other.getKey())
                        || start.startsWith(other.getKey(), 4)
                        || start.startsWith(other.getKey(), 8))
                .map(other -> "it is a %s file, whatever its name: must be %s"
                        .formatted(other.getValue(), PictureNames.FORMATS))
                .findFirst()
                .orElse("it is corrupt: it does not begin like a picture (%s)".formatted(PictureNames.FORMATS)));
    }

    private static String start(byte[] bytes) {
        return new String(bytes, 0, Math.min(bytes.length, LOOKED_AT), StandardCharsets.ISO_8859_1);
    }
}
