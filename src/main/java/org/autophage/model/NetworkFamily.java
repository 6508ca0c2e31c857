package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.TrainingSet;
import org.autophage.model.NetworkTraining.Network;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.run.TrainingCurve;
import org.jspecify.annotations.Nullable;

/**
 * Trains the networks of a program, from scratch or from where another model's are.
 *
 * @param program closed with the family
 */
public record NetworkFamily(NetworkProgram program, NetworkTraining training) implements ModelFamily {
    @Override
    public GenerativeModel train(
            TrainingSet set, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        Trained before = previous instanceof NetworkModel model ? model.trained() : null;
        Map<String, FloatArray> constants = program.constants(set, before, generation);
        Trained trained = training.run(
                networks(before),
                set.samples().count(),
                scope -> program.prepare(scope, set, constants),
                seeds,
                generation,
                work);
        return program.model(trained.with(constants));
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
        return program.model(new Trained(weights, constants, TrainingCurve.in(folder)), folder);
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
