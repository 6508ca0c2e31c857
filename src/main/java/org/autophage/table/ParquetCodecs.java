package org.autophage.table;

import io.airlift.compress.Decompressor;
import io.airlift.compress.MalformedInputException;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.snappy.SnappyDecompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;
import org.autophage.base.AutophageException;

/** Unpacks pages. */
final class ParquetCodecs {
    /** A page, packed and unpacked, must leave room for what is made of it. */
    private static final int SHARE_OF_HEAP = 3;

    private ParquetCodecs() {}

    /**
     * The bytes that were packed.
     *
     * @param size how many they are
     * @throws AutophageException (usage) if they are not, or more than fit into the heap, or packed in a way that is not read
     */
    static ByteBuffer unpacked(ParquetFile file, CompressionCodec codec, ByteBuffer packed, int size) {
        if (codec == CompressionCodec.UNCOMPRESSED) {
            if (packed.remaining() != size) {
                throw file.corrupt("a page of %d bytes says it has %d".formatted(packed.remaining(), size));
            }
            return packed;
        }
        if (size > Runtime.getRuntime().maxMemory() / SHARE_OF_HEAP) {
            throw AutophageException.usage(
                    "%s has a page of %,d bytes, which takes more than a third of the Java heap: give it more (JAVA_TOOL_OPTIONS=-Xmx…), or write the file with smaller groups of rows"
                            .formatted(file.path(), size));
        }
        byte[] bytes = new byte[packed.remaining()];
        packed.get(bytes);
        byte[] unpacked = new byte[size];
        int count;
        try {
            count = switch (codec) {
                case SNAPPY -> unpack(new SnappyDecompressor(), bytes, unpacked);
                case ZSTD -> unpack(new ZstdDecompressor(), bytes, unpacked);
                case LZ4_RAW -> unpack(new Lz4Decompressor(), bytes, unpacked);
                case GZIP -> new GZIPInputStream(new ByteArrayInputStream(bytes)).readNBytes(unpacked, 0, size);
                default ->
                    throw AutophageException.usage(
                            "%s is packed by %s: SNAPPY, ZSTD, GZIP, LZ4_RAW or UNCOMPRESSED can be read"
                                    .formatted(file.path(), codec));
            };
        } catch (MalformedInputException | IOException | IndexOutOfBoundsException e) {
            throw file.corrupt("a page cannot be unpacked (%s)".formatted(codec));
        }
        if (count != size) {
            throw file.corrupt("a page unpacks to %d bytes, must to %d".formatted(count, size));
        }
        return ByteBuffer.wrap(unpacked);
    }

    private static int unpack(Decompressor by, byte[] packed, byte[] unpacked) {
        return packed.length == 0 ? 0 : by.decompress(packed, 0, packed.length, unpacked, 0, unpacked.length);
    }
}
