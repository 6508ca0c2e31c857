package org.autophage.program;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValueUtils;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Methods recorded as {@link Graph}s, loaded into libtorch as one TorchScript module. A method, however many ops it has,
 * is one call from Java. Use from one thread at a time.
 */
public final class Program implements AutoCloseable {
    private final PtSymbolBlock module;
    private final List<String> scripts;
    private final Map<String, Boolean> differentiates = new HashMap<>();

    /**
     * Loads methods onto a device.
     *
     * @throws ai.djl.engine.EngineException with libtorch's words if the text is not valid; that is a bug in the graph
     */
    public Program(Device device, Graph... methods) {
        for (Graph method : methods) {
            differentiates.put(method.name(), method.differentiates());
        }
        scripts = Arrays.stream(methods).map(Graph::script).toList();
        byte[] archive = ScriptArchive.of(scripts, List.of());
        module = Computation.of(() -> load(device, archive));
    }

    private static PtSymbolBlock load(Device device, byte[] archive) {
        try {
            return JniUtils.loadModule((PtNDManager) device.manager(), new ByteArrayInputStream(archive), true, false);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The methods' text, for people and for {@link ScriptArchive}. */
    List<String> scripts() {
        return scripts;
    }

    /**
     * Runs a method.
     *
     * @param scope owns the results
     * @param method its name
     * @param arguments in the order of the inputs: a {@link Tensor}, a list of tensors, or a Double
     * @return the results in the order of {@link Graph#returns}
     */
    public List<Tensor> run(Scope scope, String method, Object... arguments) {
        Boolean gradients = differentiates.get(method);
        if (gradients == null) {
            throw new IllegalArgumentException("no method " + method + " among " + differentiates.keySet());
        }
        // Both settings belong to the thread. The profiling executor would change gradients in their last digits
        // between the first calls and later ones, so that a resumed process would differ.
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(gradients);
        try (Scope calling = scope.newScope()) {
            NDList inputs = inputs(calling, method, arguments);
            try {
                NDList results = Computation.of(() -> IValueUtils.forward(module, inputs, gradients));
                results.attach(scope.manager());
                return results.stream().map(Tensor::new).toList();
            } finally {
                inputs.forEach(input -> input.setName(null));
            }
        } finally {
            JniUtils.setGradMode(false);
        }
    }

    /**
     * DJL's way of calling a method of a module: the names of arrays say which method is meant and which arrays are
     * elements of a list. The results belong to the manager of the first array, so that it is one of this call. It lies
     * in the CPU's memory: bringing it to a GPU would wait for all that the GPU has been given to do.
     */
    private static NDList inputs(Scope calling, String method, Object[] arguments) {
        NDArray choice = calling.number(0).array();
        choice.setName("module_method:" + method);
        NDList inputs = new NDList(choice);
        for (int i = 0; i < arguments.length; i++) {
            if (arguments[i] instanceof Tensor tensor) {
                inputs.add(tensor.array());
            } else if (arguments[i] instanceof Double number) {
                inputs.add(calling.number(number).array());
            } else if (arguments[i] instanceof List<?> tensors) {
                for (Object tensor : tensors) {
                    NDArray element = ((Tensor) tensor).array();
                    element.setName("list" + i + "[]");
                    inputs.add(element);
                }
            } else {
                throw new IllegalArgumentException("not an argument of a program: " + arguments[i].getClass());
            }
        }
        return inputs;
    }

    @Override
    public void close() {
        module.close();
    }
}
