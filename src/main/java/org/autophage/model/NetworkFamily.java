package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.function.LongFunction;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.TrainingSet;
import org.autophage.model.NetworkTraining.Network;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.run.TrainingCurve;
import org.jspecify.annotations.Nullable;

/**
 * Trains the networks of a program, from scratch or from where another model's are.
 *
 * @param program closed with the family
 */
public record NetworkFamily(NetworkProgram program, NetworkTraining training) implements ModelFamily {
    /** Chunks of the stream TRAIN from here down are no steps. */
    private static final long SPLIT = -1;

    /** The chunk of the stream TRAIN by which samples are put in order. */
    private static final long ORDER = Long.MIN_VALUE;

    @Override
    public GenerativeModel train(
            TrainingSet set, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Trained before = previous instanceof NetworkModel model ? model.trained() : null;
        EarlyStopping rule = training.stopping();
        return program.model(
                rule == null
                        ? trained(set, before, (scope, step) -> step, seeds, generation, work)
                        : stoppedEarly(rule, set, before, seeds, generation, work));
    }

    /** @param decorated the steps, with what else they need on the device in the scope */
    private Trained trained(
            TrainingSet set,
            @Nullable Trained before,
            BiFunction<Scope, Step, Step> decorated,
            Seeds seeds,
            int generation,
            Work work) {
        Map<String, FloatArray> constants = program.constants(set, before, generation);
        return training.run(
                        networks(before),
                        program.count(set),
                        scope -> decorated.apply(
                                scope,
                                program.prepare(scope, set, constants, seeds.random(generation, Phase.TRAIN, ORDER))),
                        seeds,
                        generation,
                        work)
                .with(constants);
    }

    private Trained stoppedEarly(
            EarlyStopping rule, TrainingSet set, @Nullable Trained before, Seeds seeds, int generation, Work work) {
        if (set.samples().count() < EarlyStopping.fewestSamples()) {
            throw AutophageException.usage(
                    "generation %d has 1 sample to learn from: model.earlyStopping holds some out, so that it needs at least %d"
                            .formatted(generation, EarlyStopping.fewestSamples()));
        }
        EarlyStopping.Split split = rule.split(set, seeds.random(generation, Phase.TRAIN, SPLIT));
        Seeds.Stream noise = chunk -> seeds.of(generation, Phase.TRAIN, SPLIT - 1 - chunk);
        int batch = training.optimization().batch();
        List<CheckedStep> checked = new ArrayList<>();
        Trained last = trained(
                split.learnt(),
                before,
                (scope, step) -> {
                    checked.add(new CheckedStep(step, rule, program.heldOut(scope, split.heldOut(), batch, noise)));
                    return checked.get(0);
                },
                seeds,
                generation,
                work);
        int steps = (int) last.curve().lastStep();
        EarlyStop stop = checked.get(0).told(split.heldOut().samples().count(), steps);
        work.progress()
                .message(
                        "training of generation %d took %d of %d steps; its loss on %d held-out %s was lowest after step %d"
                                .formatted(
                                        generation,
                                        steps,
                                        training.optimization().steps(),
                                        program.count(split.heldOut()),
                                        training.unit(),
                                        stop.bestStep()));
        return new Trained(List.of(checked.get(0).weights()), last.constants(), last.curve(), stop);
    }

    private List<Network> networks(@Nullable Trained before) {
        List<Network> networks = new ArrayList<>();
        program.networks().forEach((name, parameters) -> {
            LongFunction<float[]> start = parameters::initialize;
            if (before != null) {
                float[] weights = before.weights().get(networks.size());
                start = seed -> weights;
            }
            networks.add(new Network(name, start));
        });
        return networks;
    }

    @Override
    public GenerativeModel load(Path folder) throws IOException {
        Path file = folder.resolve(NetworkModel.WEIGHTS);
        Map<String, FloatArray> arrays = SafeTensors.read(file);
        List<float[]> weights = new ArrayList<>();
        for (Map.Entry<String, Parameters> network : program.networks().entrySet()) {
            weights.add(network.getValue().join(named(arrays, Network.prefix(network.getKey())), file));
        }
        Map<String, FloatArray> constants = new LinkedHashMap<>();
        for (String name : program.constantNames()) {
            SafeTensors.require(arrays, name, file);
            constants.put(name, arrays.get(name));
        }
        return program.model(new Trained(weights, constants, TrainingCurve.in(folder), EarlyStop.in(folder)), folder);
    }

    /** The arrays whose names begin with a prefix, by what follows it. */
    private static Map<String, FloatArray> named(Map<String, FloatArray> arrays, String prefix) {
        Map<String, FloatArray> own = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), array);
            }
        });
        return own;
    }

    @Override
    public void close() {
        program.close();
    }
}
