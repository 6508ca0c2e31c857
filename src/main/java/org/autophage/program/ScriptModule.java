package org.autophage.program;

import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.ExitCode;

/**
 * A TorchScript file that somebody else made: a module whose {@code forward} maps a batch to one row of numbers a sample.
 * Use from one thread at a time.
 */
public final class ScriptModule implements AutoCloseable {
    private final Path file;
    private final PtSymbolBlock module;
    private final List<Boolean> flags;

    private ScriptModule(Path file, PtSymbolBlock module, List<Boolean> flags) {
        this.file = file;
        this.module = module;
        this.flags = flags;
    }

    /**
     * Loads a file onto a device.
     *
     * @param flag a boolean parameter of forward that is to be true, where forward has it
     * @throws AutophageException (usage) if the file is missing or no TorchScript file that this libtorch can load
     */
    public static ScriptModule load(Device device, Path file, String flag) {
        if (!Files.isRegularFile(file)) {
            throw AutophageException.usage(file + " is missing: must be a TorchScript file");
        }
        ForwardSignature signature = ForwardSignature.read(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file))) {
            PtSymbolBlock module = Computation.of(() -> load(device, file, in));
            return new ScriptModule(file, module, signature.settingTrue(flag));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        } catch (EngineException e) {
            throw ForwardSignature.none(
                    file, "libtorch %s cannot load it: %s".formatted(Device.libtorchVersion(), reason(e)));
        }
    }

    private static PtSymbolBlock load(Device device, Path file, InputStream in) {
        try {
            return JniUtils.loadModule((PtNDManager) device.manager(), in, true, false);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    /**
     * Runs forward.
     *
     * @param scope owns the result
     * @param batch its first argument, (N, …)
     * @return (N, width), float32, whatever shape and floating type the module gives after N
     * @throws AutophageException (usage) if the module does not take such a batch or gives no such tensor
     */
    public Tensor forward(Scope scope, Tensor batch) {
        JniUtils.setGraphExecutorOptimize(false);
        JniUtils.setGradMode(false);
        long count = batch.dims()[0];
        try (Scope calling = scope.newScope()) {
            List<IValue> arguments = new ArrayList<>();
            arguments.add(IValue.from((PtNDArray) batch.array()));
            flags.forEach(flag -> arguments.add(IValue.from(flag)));
            try (IValue result = Computation.of(() -> module.forward(arguments.toArray(IValue[]::new)))) {
                if (!result.isTensor()) {
                    throw AutophageException.usage("%s gives a %s for %d images: must give one tensor"
                            .formatted(file, result.getType(), count));
                }
                NDArray rows = result.toTensor((PtNDManager) calling.manager());
                long[] dims = rows.getShape().getShape();
                if (dims.length == 0 || dims[0] != count || !rows.getDataType().isFloating()) {
                    throw AutophageException.usage("%s gives %s %s for %d images: must give one row of floats an image"
                            .formatted(file, rows.getDataType(), rows.getShape(), count));
                }
                NDArray floats =
                        rows.reshape(new Shape(count, rows.size() / count)).toType(DataType.FLOAT32, true);
                floats.attach(scope.manager());
                return new Tensor(floats);
            } finally {
                arguments.forEach(IValue::close);
            }
        } catch (EngineException e) {
            throw new AutophageException(
                    ExitCode.USAGE,
                    "%s cannot take images of shape %s: %s"
                            .formatted(file, batch.array().getShape(), reason(e)),
                    e);
        }
    }

    /** What libtorch says last: the trace of a TorchScript error comes first, its reason at the end. */
    private static String reason(EngineException e) {
        String message = String.valueOf(e.getMessage());
        return message.lines()
                .map(String::strip)
                .filter(line -> line.startsWith("RuntimeError:") || line.startsWith("Error:"))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .findFirst()
                .orElseGet(() -> message.lines().findFirst().orElse("no reason given"));
    }

    @Override
    public void close() {
        module.close();
    }
}
