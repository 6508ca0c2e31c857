package org.autophage.program;

import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The safetensors format, for float32 arrays: eight bytes of header length, a JSON header of names, types, shapes and
 * offsets, and the little-endian elements. DJL's codec writes it too but wants every array on a device first.
 */
public final class SafeTensors {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

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
        byte[] text = padded(JSON.writeValueAsBytes(header));
        try (FileChannel channel = FileChannel.open(
                file, StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.TRUNCATE_EXISTING)) {
            writeFully(channel, littleEndian(8).putLong(text.length).flip());
            writeFully(channel, ByteBuffer.wrap(text));
            for (FloatArray array : arrays.values()) {
                ByteBuffer elements = littleEndian(Math.multiplyExact(4, array.elements().length));
                elements.asFloatBuffer().put(array.elements());
                writeFully(channel, elements);
            }
        }
    }

    /**
     * Reads all float32 arrays.
     *
     * @throws AutophageException USAGE, naming the file, if it is truncated or not in the format
     */
    public static Map<String, FloatArray> read(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            long length = readFully(channel, 8, file).getLong();
            if (length < 2 || length > channel.size() - 8) {
                throw corrupt(file, "its header would be " + length + " bytes long");
            }
            byte[] text = new byte[Math.toIntExact(length)];
            readFully(channel, text.length, file).get(text);
            Map<String, FloatArray> arrays = new LinkedHashMap<>();
            long start = 8 + length;
            for (Map.Entry<String, JsonNode> entry : JSON.readTree(text).properties()) {
                JsonNode description = entry.getValue();
                if (entry.getKey().equals("__metadata__")) {
                    continue;
                }
                if (!description.path("dtype").asString("").equals("F32")) {
                    throw corrupt(file, entry.getKey() + " is not float32");
                }
                long from = description.path("data_offsets").path(0).asLong(-1);
                long to = description.path("data_offsets").path(1).asLong(-1);
                channel.position(start + from);
                float[] elements = new float[Math.toIntExact((to - from) / 4)];
                readFully(channel, Math.toIntExact(to - from), file)
                        .asFloatBuffer()
                        .get(elements);
                long[] dims = description
                        .path("shape")
                        .valueStream()
                        .mapToLong(JsonNode::asLong)
                        .toArray();
                arrays.put(entry.getKey(), new FloatArray(elements, dims));
            }
            return arrays;
        } catch (EOFException | JacksonException e) {
            throw corrupt(file, "truncated or no safetensors file");
        }
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
        java.util.Arrays.fill(text, (byte) ' ');
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
