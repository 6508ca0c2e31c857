package org.autophage.metrics.classifier;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.autophage.data.Images;
import org.autophage.program.Device;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Parameters;
import org.autophage.program.Pixels;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingStep;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/** One architecture for one shape of images as a program: methods {@code network}, {@code step} and {@code infer}. */
final class ClassifierProgram implements AutoCloseable {
    /** Images of one call of {@link #infer}: memory stays in the caches of a CPU and a GPU is busy. */
    private static final int CHUNK = 250;

    private final Device device;
    private final ClassifierNetwork network;
    private final Images like;
    private final Parameters parameters = new Parameters();
    private final Program program;
    private final TrainingObjective objective;
    private @Nullable Program probabilities; // which few ask for
    private final Map<Attack, Program> attacks = new HashMap<>(); // which few ask for

    /**
     * @param like gives height, width, channels and classes
     */
    ClassifierProgram(Device device, ClassifierNetwork network, Images like) {
        this(device, network, like, NamedClasses.PLAIN);
    }

    /** The same with another training. */
    ClassifierProgram(Device device, ClassifierNetwork network, Images like, TrainingObjective objective) {
        this.objective = objective;
        this.device = device;
        this.network = network;
        this.like = like;
        this.program = new Program(
                device, networkMethod(parameters), stepMethod(network.training().batch()), inferMethod());
    }

    Parameters parameters() {
        return parameters;
    }

    /** What its training makes smaller. */
    TrainingObjective objective() {
        return objective;
    }

    /**
     * Classifies images.
     *
     * @param features all rows after each other, as float64
     * @param labels the most probable class of each image
     */
    @SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
    record Answers(double[] features, int[] labels) {}

    Answers infer(Tensor weights, Images images) {
        double[] features = new double[Math.multiplyExact(images.count(), network.width())];
        int[] labels = new int[images.count()];
        for (int from = 0; from < images.count(); from += CHUNK) {
            Images chunk = images.slice(from, Math.min(images.count(), from + CHUNK));
            try (Scope scope = device.newScope()) {
                List<Tensor> results = program.run(scope, "infer", weights, chunk.onDevice(scope));
                double[] rows = results.get(0).toDoubles();
                System.arraycopy(rows, 0, features, from * network.width(), rows.length);
                long[] classes = results.get(1).toLongs();
                for (int i = 0; i < classes.length; i++) {
                    labels[from + i] = (int) classes[i];
                }
            }
        }
        return new Answers(features, labels);
    }

    /** The probability of each class, (images, classes) row-major, rows that sum to 1. */
    double[] probabilities(Tensor weights, Images images) {
        if (probabilities == null) {
            probabilities = new Program(device, networkMethod(new Parameters()), probabilitiesMethod());
        }
        double[] all = new double[Math.multiplyExact(images.count(), like.classes())];
        for (int from = 0; from < images.count(); from += CHUNK) {
            Images chunk = images.slice(from, Math.min(images.count(), from + CHUNK));
            try (Scope scope = device.newScope()) {
                double[] rows = probabilities
                        .run(scope, "probabilities", weights, chunk.onDevice(scope))
                        .get(0)
                        .toDoubles();
                System.arraycopy(rows, 0, all, from * like.classes(), rows.length);
            }
        }
        return all;
    }

    /** The most probable class of each image after an attack on it that knows these weights. */
    int[] underAttack(Tensor weights, Images images, Attack attack) {
        Program attacked = attacks.computeIfAbsent(
                attack, each -> new Program(device, networkMethod(new Parameters()), attackMethod(each)));
        int[] labels = new int[images.count()];
        for (int from = 0; from < images.count(); from += CHUNK) {
            Images chunk = images.slice(from, Math.min(images.count(), from + CHUNK));
            try (Scope scope = device.newScope()) {
                long[] classes = attacked.run(
                                scope,
                                "attack",
                                weights,
                                chunk.onDevice(scope),
                                scope.longs(chunk.labels(), chunk.count()))
                        .get(0)
                        .toLongs();
                for (int i = 0; i < classes.length; i++) {
                    labels[from + i] = (int) classes[i];
                }
            }
        }
        return labels;
    }

    /** Share of images whose most probable class is their label. */
    double accuracy(Tensor weights, Images images) {
        return Judge.agreement(infer(weights, images).labels(), images.labels());
    }

    /** Takes a training step and returns its loss; the arguments are those of {@link #stepMethod}. */
    double step(Object... arguments) {
        try (Scope scope = device.newScope()) {
            return program.run(scope, "step", arguments).get(0).toNumber();
        }
    }

    private Graph networkMethod(Parameters into) {
        Graph graph = new Graph("network", into);
        Value images = graph.input("images", Graph.ANY, like.channels(), like.height(), like.width());
        ClassifierNetwork.Outputs outputs = network.layers().record(graph, images, like.classes());
        return graph.returns(outputs.features(), outputs.logits());
    }

    /**
     * One step on a batch out of the whole training set: images (n, H, W, C) uint8, labels (n) int64, chosen (batch)
     * int64 positions, and a map (views · batch, 2, 3) that moves each view of an image a little.
     */
    private Graph stepMethod(int batch) {
        Graph graph = new Graph("step");
        TrainingStep training = new TrainingStep(graph, parameters);
        Value images = graph.input("images", Graph.ANY, like.height(), like.width(), like.channels());
        Value labels = graph.input("labels", Graph.ANY);
        Value chosen = graph.input("chosen", batch);
        Value maps = graph.input("maps", (long) objective.views() * batch, 2, 3);
        Value planes = Pixels.planes(images.rows(chosen));
        Value views = objective.views() == 1 ? planes : Functional.repeat(planes, objective.views(), 1, 1, 1);
        Value moved = Functional.affine(views, maps);
        Value loss = objective.loss(graph, new Recorded(graph, training.parameters()), moved, labels.rows(chosen));
        training.minimize(loss, TrainingStep.Adam.SHORT_RUNS);
        return graph;
    }

    /** The network with these weights in a method. */
    private final class Recorded implements TrainingObjective.Network {
        private final Graph graph;
        private final Value weights;

        Recorded(Graph graph, Value weights) {
            this.graph = graph;
            this.weights = weights;
        }

        @Override
        public Value outputs(Value images) {
            return call(graph, weights, images).logits();
        }

        @Override
        public Value ofFixed(Value images) {
            return call(graph, weights.detach(), images).logits();
        }
    }

    private Graph attackMethod(Attack attack) {
        Graph graph = new Graph("attack");
        Value weights = graph.input("weights", parameters.size());
        Value images = graph.input("images", Graph.ANY, like.height(), like.width(), like.channels());
        Value labels = graph.input("labels", Graph.ANY);
        Recorded recorded = new Recorded(graph, weights);
        Value changed = attack.record(graph, Pixels.planes(images), labels, recorded::ofFixed);
        return graph.returns(Functional.argmax(recorded.outputs(changed)));
    }

    private Graph inferMethod() {
        Graph graph = new Graph("infer");
        Value weights = graph.input("weights", parameters.size());
        Value images = graph.input("images", Graph.ANY, like.height(), like.width(), like.channels());
        ClassifierNetwork.Outputs outputs = call(graph, weights, Pixels.planes(images));
        return graph.returns(outputs.features().to(ElementType.FLOAT64), Functional.argmax(outputs.logits()));
    }

    private Graph probabilitiesMethod() {
        Graph graph = new Graph("probabilities");
        Value weights = graph.input("weights", parameters.size());
        Value images = graph.input("images", Graph.ANY, like.height(), like.width(), like.channels());
        Value logits = call(graph, weights, Pixels.planes(images)).logits();
        return graph.returns(Functional.softmax(logits.to(ElementType.FLOAT64)));
    }

    private ClassifierNetwork.Outputs call(Graph graph, Value weights, Value images) {
        List<long[]> dims = new ArrayList<>();
        dims.add(new long[] {images.dim(0), network.width()});
        dims.add(new long[] {images.dim(0), like.classes()});
        List<Value> outputs = graph.emitTuple(dims, "(self).network", weights, images);
        return new ClassifierNetwork.Outputs(outputs.get(0), outputs.get(1));
    }

    @Override
    public void close() {
        if (probabilities != null) {
            probabilities.close();
        }
        attacks.values().forEach(Program::close);
        program.close();
    }
}
