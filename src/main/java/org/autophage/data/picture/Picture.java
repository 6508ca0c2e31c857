package org.autophage.data.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * One decoded picture: 8-bit values as they are in the file, without colour management, which is how Pillow reads them.
 * An alpha channel is dropped, a palette looked up, 16 bits become their upper 8.
 *
 * @param height rows, pixels
 * @param width columns, pixels
 * @param channels 1 for grey, 3 for RGB
 * @param pixels unsigned bytes in HWC layout
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
record Picture(int height, int width, int channels, byte[] pixels) {
    /** More than 8192 x 8192 in one picture is a decompression bomb, or no training image. */
    static final long MOST_PIXELS = 1L << 26;

    private static final Map<String, String> MAGIC = Map.of(
            "WEBP", "WebP",
            "ftypheic", "HEIC",
            "ftypheix", "HEIC",
            "ftypmif1", "HEIF",
            "ftypavif", "AVIF",
            "jP  ", "JPEG 2000",
            "JXL ", "JPEG XL",
            "<svg", "SVG",
            "8BPS", "Photoshop");

    /** Height, width and whether it is grey, from a file's header. */
    record Header(int height, int width, boolean grey) {}

    /** Reads the header only. */
    static Header header(byte[] bytes) throws BadPictureException {
        return with(bytes, (reader, warnings) -> headerOf(reader));
    }

    /**
     * Decodes a PNG or JPEG file.
     *
     * @throws BadPictureException if it is neither, corrupt, truncated, too large, or CMYK
     */
    static Picture decode(byte[] bytes) throws BadPictureException {
        if (PngChecksums.isPng(bytes)) {
            PngChecksums.check(bytes);
        }
        return with(bytes, (reader, warnings) -> {
            headerOf(reader);
            BufferedImage image = reader.read(0);
            for (String warning : warnings) {
                // Bytes too many harm nothing; all other warnings of a decoder mean pixels that it made up.
                if (!warning.contains("extraneous") && !warning.contains("ICC")) {
                    throw new BadPictureException("it is corrupt: " + warning);
                }
            }
            return PictureRaster.toPicture(image);
        });
    }

    /** The picture in RGB. */
    Picture inColour() {
        if (channels == 3) {
            return this;
        }
        byte[] colours = new byte[Math.multiplyExact(3, pixels.length)];
        for (int i = 0; i < colours.length; i++) {
            colours[i] = pixels[i / 3];
        }
        return new Picture(height, width, 3, colours);
    }

    /** The picture in grey: the luma of ITU-R 601 in the fixed-point form of Pillow's {@code convert("L")}. */
    Picture inGrey() {
        if (channels == 1) {
            return this;
        }
        byte[] grey = new byte[height * width];
        for (int i = 0; i < grey.length; i++) {
            int red = Byte.toUnsignedInt(pixels[3 * i]);
            int green = Byte.toUnsignedInt(pixels[3 * i + 1]);
            int blue = Byte.toUnsignedInt(pixels[3 * i + 2]);
            grey[i] = (byte) ((19_595 * red + 38_470 * green + 7_471 * blue + 0x8000) >> 16);
        }
        return new Picture(height, width, 1, grey);
    }

    /** The largest square in the middle. */
    Picture centreSquare() {
        if (height == width) {
            return this;
        }
        int size = Math.min(height, width);
        int top = (height - size) / 2;
        int left = (width - size) / 2;
        byte[] square = new byte[size * size * channels];
        for (int row = 0; row < size; row++) {
            System.arraycopy(
                    pixels, ((top + row) * width + left) * channels, square, row * size * channels, size * channels);
        }
        return new Picture(size, size, channels, square);
    }

    private interface Use<T> {
        T of(ImageReader reader, List<String> warnings) throws IOException, BadPictureException;
    }

    private static <T> T with(byte[] bytes, Use<T> use) throws BadPictureException {
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(bytes))) {
            ImageReader reader = readerOf(in);
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            try {
                reader.setInput(in, true, true);
                return use.of(reader, warnings);
            } finally {
                reader.dispose();
            }
        } catch (EOFException e) {
            throw new BadPictureException("it is truncated");
        } catch (IOException e) {
            throw new BadPictureException("it is corrupt: " + reason(e));
        } catch (BadPictureException e) {
            throw e;
        } catch (RuntimeException e) {
            // Java's decoders meet corrupt headers with whatever their arrays and buffers throw.
            throw new BadPictureException("it is corrupt: " + e);
        }
    }

    private static ImageReader readerOf(ImageInputStream in) throws BadPictureException {
        Iterator<ImageReader> readers = ImageIO.getImageReaders(in);
        while (readers.hasNext()) {
            ImageReader reader = readers.next();
            String format = String.valueOf(formatOf(reader));
            if (format.equals("png") || format.equals("jpeg")) {
                return reader;
            }
            reader.dispose();
            throw new BadPictureException("it is a " + format.toUpperCase(Locale.ROOT) + " file: must be PNG or JPEG");
        }
        throw new BadPictureException(formatOf(in)
                .map(format -> "it is a " + format + " file, whatever its name: must be PNG or JPEG")
                .orElse("it is corrupt: it does not begin like a PNG or a JPEG file"));
    }

    /** Formats that Java does not read and other tools write under any name, by what stands near their beginning. */
    private static Optional<String> formatOf(ImageInputStream in) throws BadPictureException {
        byte[] bytes = new byte[64];
        try {
            in.seek(0);
            in.read(bytes);
        } catch (IOException e) {
            throw new BadPictureException("it is corrupt: " + e);
        }
        String start = new String(bytes, StandardCharsets.ISO_8859_1);
        return MAGIC.entrySet().stream()
                .filter(magic -> start.startsWith(magic.getKey(), 0)
                        || start.startsWith(magic.getKey(), 4)
                        || start.startsWith(magic.getKey(), 8))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    private static String formatOf(ImageReader reader) throws BadPictureException {
        try {
            return reader.getFormatName().toLowerCase(Locale.ROOT);
        } catch (IOException e) {
            throw new BadPictureException("it is corrupt: " + e);
        }
    }

    private static Header headerOf(ImageReader reader) throws IOException, BadPictureException {
        int height = reader.getHeight(0);
        int width = reader.getWidth(0);
        if ((long) height * width > MOST_PIXELS) {
            throw new BadPictureException(
                    "it says it has %d x %d pixels: more than %d are not read".formatted(height, width, MOST_PIXELS));
        }
        return new Header(height, width, PictureRaster.isGrey(reader));
    }

    private static String reason(IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof EOFException) {
            return "it ends too early";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
