package org.autophage.program;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Methods together with tensors, as a {@code .pt} file that {@code torch.jit.load} opens: the methods keep their names,
 * the tensors become buffers of the module. Texts may lie beside them.
 */
public final class SavedModule {
    private final List<String> scripts;
    private final List<ScriptArchive.Buffer> buffers = new ArrayList<>();
    private final Map<String, byte[]> files = new LinkedHashMap<>();

    private SavedModule(List<String> scripts) {
        this.scripts = scripts;
    }

    public static SavedModule of(List<Graph> methods) {
        return new SavedModule(methods.stream().map(Graph::script).toList());
    }

    /** Adds a float32 vector. */
    public SavedModule buffer(String name, float[] elements) {
        ByteBuffer bytes =
                ByteBuffer.allocate(Math.multiplyExact(4, elements.length)).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asFloatBuffer().put(elements);
        buffers.add(new ScriptArchive.Buffer(name, new long[] {elements.length}, bytes.array()));
        return this;
    }

    /** Adds a file that {@code torch.jit.load} gives to those who ask for it by {@code _extra_files}. */
    public SavedModule file(String name, String text) {
        files.put(name, text.getBytes(StandardCharsets.UTF_8));
        return this;
    }

    /** The file's content. */
    public byte[] bytes() {
        return ScriptArchive.of(scripts, buffers, files);
    }
}
