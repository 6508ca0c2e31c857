package org.autophage.program;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.Crc32;
import org.autophage.base.PlainFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The safetensors format, for float32 arrays: eight bytes of header length, a JSON header of names, types, shapes and
 * offsets, and the little-endian elements. DJL's codec writes it too but wants every array on a device first.
 *
 * <p>The header's {@code __metadata__} has the CRC-32 of the rest of the header and of all elements: one flipped bit of a
 * checkpoint or of weights would otherwise be other figures without a word. Files of other programs have none.
 */
public final class SafeTensors {
    private static final ObjectMapper JSON = JsonMapper.builder().build();
    private static final String METADATA = "__metadata__";
    private static final String CHECKSUM = "crc32";

    private SafeTensors() {}

    /** Row-major elements with their shape. */
    public record FloatArray(float[] elements, long[] dims) {
        /** A vector. */
        public static FloatArray of(float[] elements) {
            return new FloatArray(elements, new long[] {elements.length});
        }
    }

    /** Writes arrays in the map's order. */
    public static void write(Path file, Map<String, FloatArray> arrays) throws IOException {
        ObjectNode header = JSON.createObjectNode();
        long offset = 0;
        for (Map.Entry<String, FloatArray> entry : arrays.entrySet()) {
            ObjectNode description = header.putObject(entry.getKey());
            description.put("dtype", "F32");
            description.putPOJO("shape", entry.getValue().dims());
            long end = offset + 4L * entry.getValue().elements().length;
            description.putPOJO("data_offsets", new long[] {offset, end});
            offset = end;
        }
        header.putObject(METADATA).put(CHECKSUM, checksum(header, arrays.values()));
        byte[] text = padded(JSON.writeValueAsBytes(header));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, littleEndian(8).putLong(text.length).flip());
            writeFully(channel, ByteBuffer.wrap(text));
            for (FloatArray array : arrays.values()) {
                writeFully(channel, bytes(array));
            }
        }
    }

    private static ByteBuffer bytes(FloatArray array) {
        ByteBuffer elements = littleEndian(Math.multiplyExact(4, array.elements().length));
        elements.asFloatBuffer().put(array.elements());
        return elements;
    }

    /** Of the header without its metadata, and of the elements. */
    private static String checksum(ObjectNode header, Collection<FloatArray> arrays) {
        ObjectNode described = header.deepCopy().remove(List.of(METADATA));
        return Crc32.of(Stream.concat(
                Stream.of(ByteBuffer.wrap(JSON.writeValueAsBytes(described))),
                arrays.stream().map(SafeTensors::bytes)));
    }

    /**
     * Reads all float32 arrays.
     *
     * @throws AutophageException USAGE, naming the file, if it is truncated or not in the format
     */
    public static Map<String, FloatArray> read(Path file) throws IOException {
        PlainFiles.regular(file);
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = readFully(channel, 8, file).getLong();
            if (length < 2 || length > channel.size() - 8) {
                throw corrupt(file, "its header would be " + length + " bytes long");
            }
            byte[] text = new byte[Math.toIntExact(length)];
            readFully(channel, text.length, file).get(text);
            if (!(JSON.readTree(text) instanceof ObjectNode header)) {
                throw corrupt(file, "its header is no JSON object");
            }
            Map<String, FloatArray> arrays = new LinkedHashMap<>();
            for (Map.Entry<String, JsonNode> entry : header.properties()) {
                if (!entry.getKey().equals(METADATA)) {
                    arrays.put(entry.getKey(), array(channel, 8 + length, entry.getKey(), entry.getValue(), file));
                }
            }
            String said = header.path(METADATA).path(CHECKSUM).asString("");
            if (!said.isEmpty() && !said.equals(checksum(header, arrays.values()))) {
                throw corrupt(
                        file,
                        "it is corrupt, its checksum is " + said
                                + " and what stands there has another; delete it, or put it back from a copy");
            }
            return arrays;
        } catch (EOFException | JacksonException e) {
            throw corrupt(file, "truncated or no safetensors file");
        }
    }

    private static FloatArray array(FileChannel channel, long start, String name, JsonNode description, Path file)
            throws IOException {
        if (!description.path("dtype").asString("").equals("F32")) {
            throw corrupt(file, name + " is not float32");
        }
        long from = description.path("data_offsets").path(0).asLong(-1);
        long to = description.path("data_offsets").path(1).asLong(-1);
        long[] dims = description
                .path("shape")
                .valueStream()
                .mapToLong(dim -> dim.asLong(-1))
                .toArray();
        long elements = 1;
        for (long dim : dims) {
            elements = dim < 0 || elements > Integer.MAX_VALUE ? -1 : elements * dim;
        }
        if (from < 0 || to - from != 4 * elements) {
            throw corrupt(
                    file, "%s would be of shape %s in bytes %d to %d".formatted(name, Arrays.toString(dims), from, to));
        }
        if (to > channel.size() - start) {
            throw new EOFException(file.toString());
        }
        channel.position(start + from);
        float[] values = new float[Math.toIntExact(elements)];
        readFully(channel, Math.toIntExact(to - from), file).asFloatBuffer().get(values);
        return new FloatArray(values, dims);
    }

    /** The elements of an array that has to be among those read from a file. */
    public static float[] require(Map<String, FloatArray> arrays, String name, Path file) {
        @Nullable FloatArray array = arrays.get(name);
        if (array == null) {
            throw corrupt(file, "holds " + arrays.keySet() + " but not " + name);
        }
        return array.elements();
    }

    private static AutophageException corrupt(Path file, String what) {
        return AutophageException.usage(file + ": " + what);
    }

    /** Padded with spaces so that the elements start at a multiple of eight bytes, as the format recommends. */
    private static byte[] padded(byte[] json) {
        byte[] text = new byte[(json.length + 7) / 8 * 8];
        Arrays.fill(text, (byte) ' ');
        System.arraycopy(json, 0, text, 0, json.length);
        return text;
    }

    private static ByteBuffer littleEndian(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void writeFully(FileChannel channel, ByteBuffer buffer) throws IOException {
        while (buffer.hasRemaining()) {
            channel.write(buffer);
        }
    }

    private static ByteBuffer readFully(FileChannel channel, int length, Path file) throws IOException {
        ByteBuffer buffer = littleEndian(length);
        while (buffer.hasRemaining()) {
            if (channel.read(buffer) < 0) {
                throw new EOFException(file.toString());
            }
        }
        return buffer.flip();
    }
}
