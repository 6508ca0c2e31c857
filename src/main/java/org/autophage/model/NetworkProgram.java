package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autophage.base.Seeds;
import org.autophage.data.TrainingSet;
import org.autophage.model.NetworkTraining.HeldOutLoss;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.jspecify.annotations.Nullable;

/**
 * The networks of one spec as a program on a device, shared by the models of all generations: their parameters, the steps of
 * their training, and how a model of them draws. {@link NetworkFamily} makes a family of it.
 */
public abstract class NetworkProgram implements AutoCloseable {
    private final Device device;
    private final Map<String, Parameters> networks;
    private final Program program;

    /**
     * Loads the methods.
     *
     * @param networks the parameters by the network's name in files, in order; the first network is what one samples with. A
     *     network that is alone is called ""
     * @param methods that fill the parameters
     */
    protected NetworkProgram(Device device, Map<String, Parameters> networks, List<Graph> methods) {
        this.device = device;
        this.networks = networks;
        this.program = new Program(device, methods.toArray(Graph[]::new));
    }

    public final Device device() {
        return device;
    }

    /** Of all networks, by their names, in order. */
    final Map<String, Parameters> networks() {
        return networks;
    }

    /** Of the network with which one samples. */
    public final Parameters parameters() {
        return networks.values().iterator().next();
    }

    /** Runs a method, as {@link Program#run} does. */
    public final List<Tensor> run(Scope scope, String method, Object... arguments) {
        return program.run(scope, method, arguments);
    }

    /**
     * What is found from a training set before the first step, and that no step changes: arrays by name.
     *
     * @param before the model that is fine-tuned, or null
     * @param generation t, for messages
     */
    protected Map<String, FloatArray> constants(TrainingSet training, @Nullable Trained before, int generation) {
        return Map.of();
    }

    /** Names of the {@link #constants}. */
    protected List<String> constantNames() {
        return List.of();
    }

    /** How many there are of what a step takes a batch of: samples, or what they are cut into. */
    protected int count(TrainingSet training) {
        return training.samples().count();
    }

    /**
     * Puts a training set on the device, once.
     *
     * @param scope owns what the steps need
     * @param random for whatever order samples are put in, the same whenever a training goes on
     */
    public abstract Step prepare(
            Scope scope, TrainingSet training, Map<String, FloatArray> constants, SplittableRandom random);

    /**
     * Puts samples on the device, once, on which a training that may end early looks at its loss.
     *
     * @param scope owns what that needs
     * @param batch samples looked at a time
     * @param noise seeds of the random numbers, one such batch a chunk
     * @throws UnsupportedOperationException where specs of the kind have no early stopping
     */
    protected HeldOutLoss heldOut(Scope scope, TrainingSet samples, int batch, Seeds.Stream noise) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " looks at no loss on held-out samples");
    }

    /** The model of trained networks. */
    public abstract NetworkModel model(Trained trained);

    /**
     * The model of networks that were read from a folder, with what else is saved there.
     *
     * @throws IOException if that cannot be read
     */
    protected NetworkModel model(Trained trained, Path folder) throws IOException {
        return model(trained);
    }

    /**
     * The methods besides training's with a model's weights, as a file for {@code torch.jit.load}; nothing where there is no
     * such file.
     *
     * @param weights flat, of the network with which one samples
     */
    protected Optional<SavedModule> savedWith(float[] weights) {
        return Optional.empty();
    }

    @Override
    public void close() {
        program.close();
    }
}
