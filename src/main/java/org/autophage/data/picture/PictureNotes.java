package org.autophage.data.picture;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * What files say of their pixels beside them: which way up they are (EXIF), and which colours their numbers mean (ICC).
 * Notes that cannot be read count as none, as everywhere.
 *
 * @param orientation 1 to 8 as EXIF has it; 1 where nothing is said
 * @param profile an ICC profile; null for none
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
record PictureNotes(int orientation, byte @Nullable [] profile) {
    private static final PictureNotes NONE = new PictureNotes(1, null);
    private static final String EXIF = "Exif\0\0";
    private static final String ICC = "ICC_PROFILE\0";
    private static final int ORIENTATION = 0x0112;
    private static final int PROFILE = 0x8773;

    /** A profile of a printer has some MiB. */
    private static final int LARGEST_PROFILE = 16 << 20;

    static PictureNotes of(byte[] bytes, PictureFormat format) {
        try {
            return switch (format) {
                case JPEG -> ofJpeg(bytes);
                case PNG -> ofPng(bytes);
                case WEBP -> ofWebp(bytes);
                case TIFF -> ofTiff(bytes, 0, bytes.length);
                case GIF, BMP -> NONE;
            };
        } catch (RuntimeException | IOException damaged) {
            return NONE;
        }
    }

    /** Whether rows are what is shown as columns. */
    boolean isOnItsSide() {
        return orientation >= 5;
    }

    private static PictureNotes ofJpeg(byte[] bytes) {
        int orientation = 1;
        Map<Integer, byte[]> parts = new TreeMap<>();
        for (int at = 2; at + 4 <= bytes.length && bytes[at] == (byte) 0xff; ) {
            int marker = bytes[at + 1] & 0xff;
            int length = (bytes[at + 2] & 0xff) << 8 | bytes[at + 3] & 0xff;
            if (marker == 0xda || length < 2) {
                break;
            }
            int end = Math.min(bytes.length, at + 2 + length);
            if (marker == 0xe1 && begins(bytes, at + 4, EXIF)) {
                orientation = ofTiff(bytes, at + 4 + EXIF.length(), end).orientation;
            }
            if (marker == 0xe2 && begins(bytes, at + 4, ICC)) {
                int data = at + 4 + ICC.length() + 2;
                parts.put(bytes[data - 2] & 0xff, Arrays.copyOfRange(bytes, data, end));
            }
            at = end;
        }
        ByteArrayOutputStream profile = new ByteArrayOutputStream();
        parts.values().forEach(profile::writeBytes);
        return new PictureNotes(orientation, profile.size() == 0 ? null : profile.toByteArray());
    }

    /** The same JPEG without its profile, so that no decoder does anything about it. */
    static byte[] withoutProfile(byte[] jpeg) {
        ByteArrayOutputStream kept = new ByteArrayOutputStream(jpeg.length);
        int at = 2;
        kept.write(jpeg, 0, 2);
        while (at + 4 <= jpeg.length && jpeg[at] == (byte) 0xff && (jpeg[at + 1] & 0xff) != 0xda) {
            int length = (jpeg[at + 2] & 0xff) << 8 | jpeg[at + 3] & 0xff;
            int end = Math.min(jpeg.length, at + 2 + Math.max(2, length));
            if (!((jpeg[at + 1] & 0xff) == 0xe2 && begins(jpeg, at + 4, ICC))) {
                kept.write(jpeg, at, end - at);
            }
            at = end;
        }
        kept.write(jpeg, at, jpeg.length - at);
        return kept.toByteArray();
    }

    private static PictureNotes ofPng(byte[] bytes) throws IOException {
        int orientation = 1;
        byte[] profile = null;
        ByteBuffer chunks = ByteBuffer.wrap(bytes).position(8);
        while (chunks.remaining() >= 12) {
            int length = chunks.getInt();
            int start = chunks.position() + 4;
            String type = new String(bytes, chunks.position(), 4, StandardCharsets.ISO_8859_1);
            if (length < 0 || length > chunks.remaining() - 8) {
                break;
            }
            if (type.equals("eXIf")) {
                orientation = ofTiff(bytes, start, start + length).orientation;
            }
            if (type.equals("iCCP")) {
                int zero = start;
                while (bytes[zero] != 0) {
                    zero++;
                }
                try (InflaterInputStream in =
                        new InflaterInputStream(new ByteArrayInputStream(bytes, zero + 2, start + length - zero - 2))) {
                    profile = in.readNBytes(LARGEST_PROFILE);
                }
            }
            chunks.position(start + length + 4);
        }
        return new PictureNotes(orientation, profile);
    }

    private static PictureNotes ofWebp(byte[] bytes) {
        int orientation = 1;
        byte[] profile = null;
        for (WebpChunk chunk : WebpChunk.of(bytes)) {
            if (chunk.type().equals("EXIF")) {
                int start = chunk.start() + (begins(bytes, chunk.start(), EXIF) ? EXIF.length() : 0);
                orientation = ofTiff(bytes, start, chunk.end()).orientation;
            }
            if (chunk.type().equals("ICCP")) {
                profile = Arrays.copyOfRange(bytes, chunk.start(), chunk.end());
            }
        }
        return new PictureNotes(orientation, profile);
    }

    /** The first directory of a TIFF, which EXIF is too. */
    private static PictureNotes ofTiff(byte[] bytes, int start, int end) {
        ByteBuffer tiff = ByteBuffer.wrap(bytes, start, end - start).slice();
        tiff.order(tiff.get(0) == 'I' ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN);
        int directory = tiff.getInt(4);
        int entries = tiff.getShort(directory) & 0xffff;
        int orientation = 1;
        byte[] profile = null;
        for (int i = 0; i < entries; i++) {
            int at = directory + 2 + 12 * i;
            int tag = tiff.getShort(at) & 0xffff;
            if (tag == ORIENTATION) {
                int value = tiff.getShort(at + 8) & 0xffff;
                orientation = value >= 1 && value <= 8 ? value : 1;
            }
            int length = tiff.getInt(at + 4);
            if (tag == PROFILE && length > 4 && length <= LARGEST_PROFILE) {
                profile = new byte[length];
                tiff.get(tiff.getInt(at + 8), profile);
            }
        }
        return new PictureNotes(orientation, profile);
    }

    private static boolean begins(byte[] bytes, int at, String with) {
        return at + with.length() <= bytes.length
                && new String(bytes, at, with.length(), StandardCharsets.ISO_8859_1).equals(with);
    }
}
