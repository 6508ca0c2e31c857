package org.autophage.data.mnist;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.autophage.base.Sha256;
import org.autophage.data.ClassNames;

/** Small files in the format of MNIST: 7 training images and 5 test images whose pixels count up. */
public final class MnistFolder {
    static final int TRAINING = 7;
    static final int TEST = 5;

    private final Map<MnistFile, byte[]> unpacked = new EnumMap<>(MnistFile.class);

    public MnistFolder() {
        unpacked.put(MnistFile.TRAIN_IMAGES, images(TRAINING, 0));
        unpacked.put(MnistFile.TRAIN_LABELS, labels(TRAINING));
        unpacked.put(MnistFile.TEST_IMAGES, images(TEST, 100));
        unpacked.put(MnistFile.TEST_LABELS, labels(TEST));
    }

    /** The file as it is after gunzip. */
    byte[] unpacked(MnistFile file) {
        byte[] bytes = unpacked.get(file);
        if (bytes == null) {
            throw new IllegalArgumentException(file.name());
        }
        return bytes;
    }

    public byte[] gzipped(MnistFile file) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(unpacked(file));
        }
        return bytes.toByteArray();
    }

    /** MNIST, were these its files. */
    public MnistVariant variant(URI... mirrors) {
        return new MnistVariant("mnist", ClassNames.numbered(10), List.of(mirrors), checksums());
    }

    private Map<MnistFile, String> checksums() {
        Map<MnistFile, String> checksums = new EnumMap<>(MnistFile.class);
        unpacked.forEach((file, bytes) -> checksums.put(file, Sha256.of(bytes)));
        return checksums;
    }

    public void writeTo(Path folder) throws IOException {
        Files.createDirectories(folder);
        for (MnistFile file : MnistFile.values()) {
            Files.write(folder.resolve(file.fileName()), gzipped(file));
        }
    }

    private static byte[] images(int count, int first) {
        ByteBuffer buffer = ByteBuffer.allocate(16 + count * 784);
        buffer.putInt(0x803).putInt(count).putInt(28).putInt(28);
        for (int i = 0; i < count * 784; i++) {
            buffer.put((byte) (first + i / 784 + i % 784));
        }
        return buffer.array();
    }

    private static byte[] labels(int count) {
        ByteBuffer buffer = ByteBuffer.allocate(8 + count);
        buffer.putInt(0x801).putInt(count);
        for (int i = 0; i < count; i++) {
            buffer.put((byte) (9 - i));
        }
        return buffer.array();
    }
}
