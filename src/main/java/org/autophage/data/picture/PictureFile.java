package org.autophage.data.picture;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * A picture's file: Java's own readers of PNG, JPEG, BMP, GIF and TIFF, and for WebP {@link WebpFile}. What is wrong with it
 * is told as one reason, and pixels are asked for only after the header has said how many there are.
 */
final class PictureFile {
    private final byte[] bytes;
    private final PictureFormat format;
    private final PictureNotes notes;

    private PictureFile(byte[] bytes, PictureFormat format) {
        this.bytes = bytes;
        this.format = format;
        this.notes = PictureNotes.of(bytes, format);
    }

    static PictureFile of(byte[] bytes) throws BadPictureException {
        return new PictureFile(bytes, PictureFormat.required(bytes));
    }

    Picture.Header header() throws BadPictureException {
        return guarded(() -> seen(
                format == PictureFormat.WEBP
                        ? WebpFile.of(bytes).header()
                        : with((reader, warnings) -> headerOf(reader))));
    }

    private Picture.Header seen(Picture.Header header) {
        return notes.isOnItsSide() ? new Picture.Header(header.width(), header.height(), header.grey()) : header;
    }

    Picture decode() throws BadPictureException {
        return guarded(this::upright);
    }

    private Picture upright() throws IOException, BadPictureException {
        if (format == PictureFormat.PNG) {
            PngChecksums.check(bytes);
        }
        Picture picture = format == PictureFormat.WEBP
                ? managed(checked(WebpFile.of(bytes)).decode())
                : with((reader, warnings) -> {
                    headerOf(reader);
                    return pixels(reader, warnings);
                });
        return Orientation.upright(picture, notes.orientation());
    }

    private static WebpFile checked(WebpFile file) throws BadPictureException {
        check(file.header());
        return file;
    }

    private Picture pixels(ImageReader reader, List<String> warnings) throws IOException, BadPictureException {
        if (format == PictureFormat.JPEG && reader.getRawImageType(0) == null) {
            return CmykPicture.ofJpeg(reader.readRaster(0, null), isMixed(), notes.profile());
        }
        BufferedImage image = reader.read(0);
        for (String warning : warnings) {
            // Bytes too many harm nothing; all other warnings of a decoder mean pixels that it made up.
            if (format == PictureFormat.JPEG && !warning.contains("extraneous")) {
                throw new BadPictureException("it is corrupt: " + warning);
            }
        }
        if (PictureRaster.isInks(image)) {
            return CmykPicture.ofInks(image.getRaster(), notes.profile());
        }
        return managed(
                PictureRaster.toPicture(format == PictureFormat.TIFF ? TiffPalette.exact(image, reader) : image));
    }

    private Picture managed(Picture picture) {
        Optional<ColourProfile> profile = ColourProfile.of(notes.profile(), picture.channels());
        return profile.isEmpty() ? picture : profile.get().toSrgb(picture.height(), picture.width(), picture.pixels());
    }

    /** Whether Adobe's mark says that three of four channels are luma and chroma. */
    private boolean isMixed() {
        for (int at = 2; at + 16 <= bytes.length && bytes[at] == (byte) 0xff && bytes[at + 1] != (byte) 0xda; ) {
            int length = (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
            if (bytes[at + 1] == (byte) 0xee && length >= 14 && bytes[at + 4] == 'A' && bytes[at + 5] == 'd') {
                return bytes[at + 15] == 2;
            }
            at += 2 + length;
        }
        return false;
    }

    private interface Attempt<T> {
        T make() throws IOException, BadPictureException;
    }

    /** Whatever a decoder throws is one reason why the picture is bad. */
    private static <T> T guarded(Attempt<T> attempt) throws BadPictureException {
        try {
            return attempt.make();
        } catch (EOFException e) {
            throw new BadPictureException("it is truncated");
        } catch (IOException e) {
            throw new BadPictureException("it is corrupt: " + reason(e));
        } catch (RuntimeException e) {
            // Decoders meet corrupt headers with whatever their arrays and buffers throw.
            throw new BadPictureException("it is corrupt: " + e);
        } catch (OutOfMemoryError e) {
            // Sizes in headers are asked for before anything of the pixels is read.
            throw new BadPictureException("it asks for more memory than there is");
        }
    }

    private interface Use<T> {
        T of(ImageReader reader, List<String> warnings) throws IOException, BadPictureException;
    }

    private <T> T with(Use<T> use) throws IOException, BadPictureException {
        boolean stripped = format == PictureFormat.JPEG && notes.profile() != null;
        byte[] read = stripped ? PictureNotes.withoutProfile(bytes) : bytes;
        try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(read))) {
            ImageReader reader = reader();
            List<String> warnings = new ArrayList<>();
            reader.addIIOReadWarningListener((source, warning) -> warnings.add(warning));
            try {
                reader.setInput(in, !hasPages(), format != PictureFormat.TIFF);
                return use.of(reader, warnings);
            } finally {
                reader.dispose();
            }
        }
    }

    private ImageReader reader() {
        Iterator<ImageReader> readers = ImageIO.getImageReadersByFormatName(format.reader());
        if (!readers.hasNext()) {
            throw new IllegalStateException("Java has a reader of " + format);
        }
        return readers.next();
    }

    private Picture.Header headerOf(ImageReader reader) throws IOException, BadPictureException {
        Picture.Header header =
                new Picture.Header(reader.getHeight(0), reader.getWidth(0), PictureRaster.isGrey(reader, format));
        check(header);
        if (hasPages()) {
            int images = reader.getNumImages(true);
            if (images > 1) {
                throw new BadPictureException("it has %d %s: must have one"
                        .formatted(images, format == PictureFormat.GIF ? "frames" : "pages"));
            }
        }
        return header;
    }

    private boolean hasPages() {
        return format == PictureFormat.GIF || format == PictureFormat.TIFF;
    }

    private static void check(Picture.Header header) throws BadPictureException {
        if ((long) header.height() * header.width() > Picture.MOST_PIXELS) {
            throw new BadPictureException("it says it has %d x %d pixels: more than %d are not read"
                    .formatted(header.height(), header.width(), Picture.MOST_PIXELS));
        }
    }

    private static String reason(IOException e) {
        Throwable cause = e.getCause() == null ? e : e.getCause();
        if (cause instanceof EOFException) {
            return "it ends too early";
        }
        return cause.getMessage() == null ? cause.toString() : cause.getMessage();
    }
}
