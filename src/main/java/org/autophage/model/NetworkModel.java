package org.autophage.model;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autophage.model.NetworkTraining.Network;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;

/** Trained networks: the moving average of the one with which one samples, and others beside it for whoever goes on training. */
public abstract class NetworkModel implements GenerativeModel {
    static final String WEIGHTS = "weights.safetensors";

    private final NetworkProgram program;
    private final Trained trained;
    private final Scope scope;

    protected NetworkModel(NetworkProgram program, Trained trained) {
        this.program = program;
        this.trained = trained;
        this.scope = program.device().newScope();
    }

    /** What the model is made of; not to be changed. */
    public final Trained trained() {
        return trained;
    }

    /** Lives as long as the model. */
    protected final Scope scope() {
        return scope;
    }

    /** Flat, of the network with which one samples. */
    protected final float[] parameters() {
        return trained.weights().get(0);
    }

    /** The flat buffer of the network with which one samples, and what was found before its first step. */
    @Override
    public final Optional<ModelWeights> weights() {
        Map<String, float[]> arrays = new LinkedHashMap<>();
        arrays.put(name(), parameters());
        trained.constants().forEach((name, array) -> arrays.put(name, array.elements()));
        return Optional.of(ModelWeights.ofFloats(arrays));
    }

    private String name() {
        String name = program.networks().keySet().iterator().next();
        return name.isEmpty() ? ModelWeights.NETWORK : name;
    }

    @Override
    public final GenerativeModel with(ModelWeights others) {
        List<float[]> weights = new ArrayList<>(trained.weights());
        weights.set(0, others.floats(name(), parameters().length));
        Map<String, FloatArray> constants = new LinkedHashMap<>();
        trained.constants()
                .forEach((name, array) -> constants.put(
                        name, new FloatArray(others.floats(name, array.elements().length), array.dims())));
        return like(new Trained(weights, constants, trained.curve(), trained.stop()));
    }

    /** A model of other networks that is as this one in all else. */
    protected NetworkModel like(Trained other) {
        return program.model(other);
    }

    @Override
    public final Map<String, EarlyStop> earlyStops() {
        return trained.stop() == null ? Map.of() : Map.of("", trained.stop());
    }

    /** What {@code torch.jit.load} reads; nothing where there is no such file. */
    protected Optional<SavedModule> module() {
        return program.savedWith(parameters());
    }

    /** Writes what there is besides networks, module and curve. */
    protected void saveBeside(Path folder) throws IOException {}

    @Override
    public final void save(Path folder) throws IOException {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        Iterator<float[]> weights = trained.weights().iterator();
        program.networks().forEach((name, parameters) -> parameters
                .split(weights.next())
                .forEach((parameter, array) -> arrays.put(Network.prefix(name) + parameter, array)));
        arrays.putAll(trained.constants());
        SafeTensors.write(folder.resolve(WEIGHTS), arrays);
        Optional<SavedModule> module = module();
        if (module.isPresent()) {
            Files.write(folder.resolve("model.pt"), module.get().bytes());
        }
        saveBeside(folder);
        trained.curve().write(folder);
        if (trained.stop() != null) {
            trained.stop().write(folder);
        }
    }

    @Override
    public final void close() {
        scope.close();
    }
}
