package org.autophage.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * TorchScript's file format: a zip of stored entries with the program's text and a pickle of the module. The modules
 * made here have no attributes but {@code training}, and, in a saved model, tensors that are kept as buffers.
 */
final class ScriptArchive {
    private static final String ROOT = "autophage/";

    private ScriptArchive() {}

    /** A tensor kept inside a module: its attribute name, shape and little-endian float32 data. */
    record Buffer(String name, long[] dims, byte[] data) {}

    /**
     * The archive of a module with these methods and buffers.
     *
     * @param methods TorchScript, as {@link Graph#script} gives it
     */
    static byte[] of(List<String> methods, List<Buffer> buffers) {
        return of(methods, buffers, Map.of());
    }

    /**
     * The same with files beside the module.
     *
     * @param files by name, each whatever its maker likes
     */
    static byte[] of(List<String> methods, List<Buffer> buffers, Map<String, byte[]> files) {
        StringBuilder code = new StringBuilder("class Program(Module):\n  __parameters__ = []\n  __buffers__ = [");
        buffers.forEach(buffer -> code.append('"').append(buffer.name()).append("\", "));
        code.append("]\n");
        buffers.forEach(buffer -> code.append("  ").append(buffer.name()).append(" : Tensor\n"));
        code.append("  training : bool\n");
        methods.forEach(code::append);

        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            store(zip, "data.pkl", pickle(buffers));
            store(zip, "code/__torch__.py", code.toString().getBytes(StandardCharsets.UTF_8));
            // An empty tuple: the program's constants are all written out in its text.
            store(zip, "constants.pkl", new byte[] {(byte) 0x80, 2, ')', '.'});
            for (int i = 0; i < buffers.size(); i++) {
                store(zip, "data/" + i, buffers.get(i).data());
            }
            for (Map.Entry<String, byte[]> file : files.entrySet()) {
                store(zip, "extra/" + file.getKey(), file.getValue());
            }
            store(zip, "version", "3\n".getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(content);
        ZipEntry entry = new ZipEntry(ROOT + name);
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(content.length);
        entry.setCrc(checksum.getValue());
        entry.setTime(315_532_800_000L);
        zip.putNextEntry(entry);
        zip.write(content);
        zip.closeEntry();
    }

    /** The module's attributes as a pickle of protocol 2, with tensors the way torch.save refers to their storage. */
    private static byte[] pickle(List<Buffer> buffers) {
        PickleWriter pickle = new PickleWriter();
        pickle.global("__torch__", "Program")
                .emptyTuple()
                .newObject()
                .emptyDictionary()
                .mark();
        for (int i = 0; i < buffers.size(); i++) {
            Buffer buffer = buffers.get(i);
            long count = Value.product(buffer.dims());
            pickle.text(buffer.name())
                    .global("torch._utils", "_rebuild_tensor_v2")
                    .mark();
            pickle.mark()
                    .text("storage")
                    .global("torch", "FloatStorage")
                    .text(Integer.toString(i))
                    .text("cpu")
                    .number(count)
                    .tuple()
                    .persistentId();
            pickle.number(0).numbers(buffer.dims()).numbers(contiguousStrides(buffer.dims()));
            pickle.truth(false)
                    .global("collections", "OrderedDict")
                    .emptyTuple()
                    .reduce();
            pickle.tuple().reduce();
        }
        return pickle.text("training").truth(false).setItems().build().stop();
    }

    private static long[] contiguousStrides(long[] dims) {
        long[] strides = new long[dims.length];
        long stride = 1;
        for (int i = dims.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= dims[i];
        }
        return strides;
    }
}
