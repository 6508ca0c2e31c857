package org.autophage.model.transformer;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import org.autophage.base.Seeds;
import org.autophage.data.TokenShape;
import org.autophage.data.TrainingSet;
import org.autophage.model.NetworkModel;
import org.autophage.model.NetworkProgram;
import org.autophage.model.NetworkTraining.HeldOutLoss;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.model.SequenceSampling;
import org.autophage.model.Truncation;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import tools.jackson.databind.json.JsonMapper;

/** The program of a transformer's spec on a device. */
final class TransformerProgram extends NetworkProgram {
    /** Methods of sequences of any length have this in front of the name of those for sequences within the context. */
    private static final String LONG = "long_";

    private final TransformerSpec spec;
    private final SequenceSampling sampling;
    private final List<Graph> saved;

    TransformerProgram(TransformerSpec spec, SequenceSampling sampling, Truncation truncation) {
        this(spec, sampling, new Parameters(), new TransformerMethods(spec, sampling.shape(), truncation));
    }

    private TransformerProgram(
            TransformerSpec spec, SequenceSampling sampling, Parameters parameters, TransformerMethods methods) {
        this(
                spec,
                sampling,
                parameters,
                methods,
                List.of(new TransformerNetwork(spec, sampling.shape(), parameters).logits()));
    }

    private TransformerProgram(
            TransformerSpec spec,
            SequenceSampling sampling,
            Parameters parameters,
            TransformerMethods methods,
            List<Graph> saved) {
        super(sampling.device(), Map.of("", parameters), methods(spec, sampling.shape(), parameters, methods, saved));
        this.spec = spec;
        this.sampling = sampling;
        this.saved = saved;
    }

    private static List<Graph> methods(
            TransformerSpec spec,
            TokenShape shape,
            Parameters parameters,
            TransformerMethods methods,
            List<Graph> saved) {
        TransformerNetwork network = new TransformerNetwork(spec, shape, parameters);
        List<Graph> all = new ArrayList<>(saved);
        all.addAll(List.of(network.longLogits(), network.nextLogits()));
        if (spec.dropped() > 0) {
            all.add(network.trainingLogits(spec.dropped()));
        }
        if (spec.earlyStopping() != null) {
            all.add(methods.heldOutLoss(parameters));
        }
        for (String length : List.of("", LONG)) {
            all.add(methods.nextUncached(length + "next_uncached", length + "logits"));
            all.add(methods.observed(length + "observed", length + "logits"));
            all.add(methods.edited(length + "edited", length + "logits"));
        }
        all.addAll(List.of(methods.step(parameters), methods.next(), methods.cache(), methods.moved()));
        return all;
    }

    TransformerSpec spec() {
        return spec;
    }

    TokenShape shape() {
        return sampling.shape();
    }

    SequenceSampling sampling() {
        return sampling;
    }

    /** Runs a method on sequences, of which the network sees so many tokens. */
    Tensor runOf(int length, Scope call, String method, Object... arguments) {
        return run(call, length > spec.context() ? LONG + method : method, arguments)
                .get(0);
    }

    @Override
    protected int count(TrainingSet training) {
        return TextRows.count(TextRows.tokens(training), shape(), spec.context());
    }

    @Override
    public Step prepare(Scope scope, TrainingSet training, Map<String, FloatArray> constants, SplittableRandom random) {
        TextRows rows = TextRows.of(training, shape(), spec.context(), random);
        Tensor tokens = scope.longs(rows.tokens(), rows.count(), rows.width() + 1);
        Tensor weights = scope.floats(rows.weights(), rows.count(), rows.width());
        return (call, states, learningRate, number, indices) -> {
            double averageWeight = TrainingState.averageWeight(spec.ema(), number);
            return run(call, "step", states.get(0).arguments(learningRate, averageWeight, tokens, weights, indices));
        };
    }

    @Override
    protected HeldOutLoss heldOut(Scope scope, TrainingSet samples, int batch, Seeds.Stream noise) {
        TextRows rows = TextRows.of(samples, shape(), spec.context(), null);
        Tensor tokens = scope.longs(rows.tokens(), rows.count(), rows.width() + 1);
        Tensor weights = scope.floats(rows.weights(), rows.count(), rows.width());
        return flat -> {
            double sum = 0;
            for (int from = 0; from < rows.count(); from += batch) {
                try (Scope call = scope.newScope()) {
                    Tensor indices = call.range(from, Math.min(rows.count(), from + batch));
                    sum += run(call, "held_out_loss", flat, tokens, weights, indices)
                            .get(0)
                            .toNumber();
                }
            }
            return sum / rows.totalWeight();
        };
    }

    @Override
    public NetworkModel model(Trained trained) {
        return new TransformerModel(this, trained);
    }

    /**
     * {@code logits(weights, tokens)} beside buffers {@code context} and {@code start}, the token that stands in front of a sequence, and
     * a file {@code vocabulary.json}, a list of words.
     */
    @Override
    protected Optional<SavedModule> savedWith(float[] weights) {
        return Optional.of(SavedModule.of(saved)
                .buffer("weights", weights)
                .buffer("context", new float[] {spec.context()})
                .buffer("start", new float[] {shape().start()})
                .file(
                        "vocabulary.json",
                        JsonMapper.shared()
                                .writeValueAsString(shape().vocabulary().words())));
    }
}
