package org.autophage.data.npy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** Zips of stored entries as other tools write them, or nobody should. */
public final class ZipBytes {
    private static final int LOCAL = 0x04034b50;
    private static final int CENTRAL = 0x02014b50;
    private static final int ENCRYPTED_FLAG = 1;

    private final Map<String, byte[]> entries = new LinkedHashMap<>();
    private Charset charset = StandardCharsets.UTF_8;

    public ZipBytes with(String name, byte[] content) {
        entries.put(name, content);
        return this;
    }

    public ZipBytes with(String name, String content) {
        return with(name, content.getBytes(StandardCharsets.UTF_8));
    }

    /** Names in a character set that the zip does not tell. */
    ZipBytes namedIn(Charset names) {
        charset = names;
        return this;
    }

    public byte[] bytes() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes, charset)) {
            for (Map.Entry<String, byte[]> entry : entries.entrySet()) {
                ZipEntry stored = new ZipEntry(entry.getKey());
                stored.setMethod(ZipEntry.STORED);
                stored.setSize(entry.getValue().length);
                CRC32 crc = new CRC32();
                crc.update(entry.getValue());
                stored.setCrc(crc.getValue());
                zip.putNextEntry(stored);
                zip.write(entry.getValue());
            }
        }
        return bytes.toByteArray();
    }

    /** The zip with another method of compression in its last entry. */
    byte[] packedBy(int method) throws IOException {
        byte[] zip = bytes();
        buffer(zip).putShort(last(zip, LOCAL) + 8, (short) method);
        buffer(zip).putShort(last(zip, CENTRAL) + 10, (short) method);
        return zip;
    }

    /** The zip with its last entry said to be encrypted. */
    byte[] encrypted() throws IOException {
        byte[] zip = bytes();
        buffer(zip).putShort(last(zip, LOCAL) + 6, (short) ENCRYPTED_FLAG);
        buffer(zip).putShort(last(zip, CENTRAL) + 8, (short) ENCRYPTED_FLAG);
        return zip;
    }

    /** The zip with other sizes of its last entry in its directory, and their method. */
    byte[] claiming(int method, int packed, int size) throws IOException {
        byte[] zip = packedBy(method);
        buffer(zip).putInt(last(zip, CENTRAL) + 20, packed).putInt(last(zip, CENTRAL) + 24, size);
        return zip;
    }

    /** Where the last header of a kind begins. */
    private static int last(byte[] zip, int signature) {
        int at = zip.length - 4;
        while (buffer(zip).getInt(at) != signature) {
            at--;
        }
        return at;
    }

    private static ByteBuffer buffer(byte[] zip) {
        return ByteBuffer.wrap(zip).order(ByteOrder.LITTLE_ENDIAN);
    }
}
