package org.autophage.data.store;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.base.Sha256;
import org.autophage.data.Images;
import org.jspecify.annotations.Nullable;

/** Writes a {@link StoreFile} chunk by chunk; the header, which depends on all of them, comes last. */
final class StoreWriter implements AutoCloseable {
    private final FileChannel channel;
    private final MessageDigest content = Sha256.digest();
    private final IntStream.Builder labels = IntStream.builder();
    private @Nullable Images first;

    /** @param file does not exist */
    StoreWriter(Path file) throws IOException {
        channel = FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
    }

    /** Adds images, all of one size. */
    void add(Images chunk) throws IOException {
        if (first == null) {
            first = chunk.slice(0, 0);
            channel.position(StoreFile.headerBytes(first.classNames()));
        }
        byte[] pixels = chunk.pixels();
        content.update(pixels);
        write(ByteBuffer.wrap(pixels));
        Arrays.stream(chunk.labels()).forEach(labels::add);
    }

    /**
     * Writes labels and header.
     *
     * @param skipped how many files were left out
     */
    void finish(StoreSource source, String fingerprint, int skipped) throws IOException {
        Images like = first;
        if (like == null) {
            throw new IllegalStateException(source.place() + " gave no images");
        }
        int[] all = labels.build().toArray();
        byte[] labelBytes = StoreFile.bytes(all);
        content.update(labelBytes);
        write(ByteBuffer.wrap(labelBytes));
        channel.position(0);
        int headerBytes = StoreFile.headerBytes(like.classNames());
        List<String> notes = source.notes();
        write(StoreFile.firstBytes(new StoreHeader(
                source.place().toString(),
                source.settings(),
                fingerprint,
                like.height(),
                like.width(),
                like.channels(),
                like.classes(),
                all.length,
                skipped,
                Sha256.hex(content),
                Sha256.of(labelBytes),
                headerBytes == StoreFile.PIXELS_AT ? null : headerBytes,
                notes.isEmpty() ? null : notes,
                like.classNames().given())));
    }

    private void write(ByteBuffer bytes) throws IOException {
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }
}
