package org.autophage.data.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.JsonErrors;
import org.autophage.base.Sha256;
import org.autophage.data.ClassNames;
import org.autophage.data.Images;
import org.autophage.data.PixelSource;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * A file of decoded images that is mapped into memory: opening it reads a header and the labels, and pixels come from the
 * disk, or the system's cache of it, when they are asked for. 4,096 bytes of text (a line with version and SHA-256 of the
 * next one, a line of JSON, {@link StoreHeader}, and spaces; more where classes have names), then all pixels, uint8 in NHWC layout, then all labels,
 * little-endian int32.
 *
 * @param path where it is
 * @param header what it says of itself
 * @param images its images
 */
public record StoreFile(Path path, StoreHeader header, Images images) {
    /** Counts changes of the format, and of decoding for the same settings. */
    static final int VERSION = 1;

    /** Where pixels begin if classes have no names. */
    static final int PIXELS_AT = 4096;

    /** Longest part of a file that Java maps at once is 2 GiB. */
    private static final int SEGMENT_BYTES = 1 << 30;

    /** Longest header, which is one of hundreds of thousands of classes. */
    private static final int LONGEST_HEADER = 64 << 20;

    private static final Pattern FIRST_LINES =
            Pattern.compile("autophage images (\\d+) ([0-9a-f]{64})\n([^\n]*)\n *", Pattern.DOTALL);

    /** A file that is no store, or not all of one, or of another version; says why, in words that follow its name. */
    static final class CorruptException extends Exception {
        private static final long serialVersionUID = 1L;

        CorruptException(String reason) {
            super(reason);
        }
    }

    /**
     * Maps a store. Header, labels and length are checked, not the pixels; {@link #check} reads those.
     *
     * @throws CorruptException if it is not a whole store of this version
     */
    static StoreFile open(Path file) throws CorruptException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            StoreHeader header = header(channel);
            if (channel.size() != header.fileBytes()) {
                throw new CorruptException(
                        "it has %d bytes, must have %d".formatted(channel.size(), header.fileBytes()));
            }
            ByteBuffer labelBytes = ByteBuffer.allocate(header.count() * Integer.BYTES);
            readAt(channel, labelBytes, header.fileBytes() - labelBytes.capacity());
            if (!Sha256.of(labelBytes.array()).equals(header.labels())) {
                throw new CorruptException("the checksum of its labels is wrong");
            }
            int[] labels = new int[header.count()];
            labelBytes.flip().order(ByteOrder.LITTLE_ENDIAN).asIntBuffer().get(labels);
            Images images = new Images(
                    header.height(),
                    header.width(),
                    header.channels(),
                    header.classNames(),
                    map(channel, header),
                    labels);
            return new StoreFile(file, header, images);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    private static StoreHeader header(FileChannel channel) throws IOException, CorruptException {
        ByteBuffer start = ByteBuffer.allocate(PIXELS_AT);
        readAt(channel, start, 0);
        while (!hasTwoLines(start.array()) && start.capacity() < Math.min(channel.size(), LONGEST_HEADER)) {
            start = ByteBuffer.allocate(4 * start.capacity());
            readAt(channel, start, 0);
        }
        Matcher text = FIRST_LINES.matcher(new String(start.array(), StandardCharsets.UTF_8));
        if (!text.lookingAt()) {
            throw new CorruptException("it does not begin like a store of images");
        }
        if (!text.group(1).equals(String.valueOf(VERSION))) {
            throw new CorruptException("it is of version %s, must be %d".formatted(text.group(1), VERSION));
        }
        String json = text.group(3);
        if (!Sha256.of(json).equals(text.group(2))) {
            throw new CorruptException("the checksum of its header is wrong");
        }
        try {
            return JsonMapper.shared().readValue(json, StoreHeader.class);
        } catch (JacksonException e) {
            throw new CorruptException("its header is no header: " + JsonErrors.reason(e));
        }
    }

    private static boolean hasTwoLines(byte[] start) {
        int lines = 0;
        for (int i = 0; i < start.length && lines < 2; i++) {
            lines += start[i] == '\n' ? 1 : 0;
        }
        return lines == 2;
    }

    /** Bytes before the pixels of a store with classes of these names. */
    static int headerBytes(ClassNames names) {
        if (names.given() == null) {
            return PIXELS_AT;
        }
        int forNames = JsonMapper.shared().writeValueAsBytes(names.given()).length;
        return Math.multiplyExact(PIXELS_AT, 2 + forNames / PIXELS_AT);
    }

    /** The first bytes of a store with this header. */
    static ByteBuffer firstBytes(StoreHeader header) {
        String json = JsonMapper.shared().writeValueAsString(header);
        String lines = "autophage images %d %s%n%s%n"
                .formatted(VERSION, Sha256.of(json), json)
                .replace("\r\n", "\n");
        byte[] text = lines.getBytes(StandardCharsets.UTF_8);
        int bytes = header.headerBytes();
        if (text.length > bytes) {
            throw AutophageException.usage("%s has too long a path for a store of its images: %d bytes, %d fit"
                    .formatted(header.source(), text.length, bytes));
        }
        ByteBuffer padded = ByteBuffer.allocate(bytes).put(text);
        while (padded.hasRemaining()) {
            padded.put((byte) ' ');
        }
        return padded.flip();
    }

    private static PixelSource map(FileChannel channel, StoreHeader header) throws IOException {
        int imagesASegment = Math.max(1, SEGMENT_BYTES / header.imageBytes());
        List<ByteBuffer> segments = new ArrayList<>();
        for (int from = 0; from < header.count(); from += imagesASegment) {
            long images = Math.min(imagesASegment, header.count() - from);
            segments.add(channel.map(
                    FileChannel.MapMode.READ_ONLY,
                    header.headerBytes() + (long) from * header.imageBytes(),
                    images * header.imageBytes()));
        }
        return new PixelSource.InSegments(segments, imagesASegment, header.imageBytes(), header.count());
    }

    private static void readAt(FileChannel channel, ByteBuffer target, long position) throws IOException {
        long at = position;
        while (target.hasRemaining()) {
            int read = channel.read(target, at);
            if (read < 0) {
                return; // what is missing stays zero, which no checksum accepts
            }
            at += read;
        }
        target.position(target.limit());
    }

    /**
     * Reads every pixel.
     *
     * @throws AutophageException (usage) if they are not those that were written
     */
    void check() {
        MessageDigest digest = Sha256.digest();
        ByteBuffer one = ByteBuffer.allocate(header.imageBytes());
        for (int image = 0; image < images.count(); image++) {
            images.copy(image, image + 1, one.clear());
            digest.update(one.array());
        }
        digest.update(bytes(images.labels()));
        String found = Sha256.hex(digest);
        if (!found.equals(header.content())) {
            throw AutophageException.usage(
                    "%s is corrupt: SHA-256 of its images is %s, must be %s; delete it, and it is made again"
                            .formatted(path, found, header.content()));
        }
    }

    /** Labels as they are in the file. */
    static byte[] bytes(int[] labels) {
        ByteBuffer bytes = ByteBuffer.allocate(labels.length * Integer.BYTES).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asIntBuffer().put(labels);
        return bytes.array();
    }
}
