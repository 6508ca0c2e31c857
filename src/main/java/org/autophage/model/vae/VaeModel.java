package org.autophage.model.vae;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.model.Encoder;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelWeights;
import org.autophage.program.SafeTensors;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.run.TrainingCurve;

/** A trained variational autoencoder. */
final class VaeModel implements GenerativeModel {
    private final VaeProgram program;
    private final float[] weights;
    private final TrainingCurve curve;
    private final Scope scope;
    private final Tensor flat;

    /**
     * @param weights flat, the moving average of training
     */
    VaeModel(VaeProgram program, float[] weights, TrainingCurve curve) {
        this.program = program;
        this.weights = weights;
        this.curve = curve;
        this.scope = program.device().newScope();
        this.flat = scope.floats(weights, weights.length);
    }

    float[] parameters() {
        return weights;
    }

    /** The network's flat buffer. */
    @Override
    public Optional<ModelWeights> weights() {
        return Optional.of(ModelWeights.ofFloats(Map.of(ModelWeights.NETWORK, weights)));
    }

    @Override
    public GenerativeModel with(ModelWeights others) {
        return new VaeModel(program, others.floats(ModelWeights.NETWORK, weights.length), curve);
    }

    @Override
    public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return program.drawing().run(count, seeds, work, labels -> draw(labels, Math.sqrt(bias)));
    }

    private byte[] draw(long[] asked, double deviation) {
        try (Scope call = scope.newScope()) {
            Tensor template = call.zeros(asked.length, program.latent());
            Tensor labels = call.longs(asked, asked.length);
            return program.run(call, "draw", flat, template, labels, deviation)
                    .get(0)
                    .toBytes();
        }
    }

    @Override
    public Optional<Encoder> encoder() {
        return Optional.of(new VaeEncoder(program, weights));
    }

    @Override
    public void save(Path folder) throws IOException {
        SafeTensors.write(
                folder.resolve("weights.safetensors"), program.parameters().split(weights));
        Files.write(folder.resolve("model.pt"), program.savedWith(weights));
        curve.write(folder);
    }

    static VaeModel load(VaeProgram program, Path folder) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        float[] weights = program.parameters().join(SafeTensors.read(file), file);
        return new VaeModel(program, weights, TrainingCurve.in(folder));
    }

    @Override
    public void close() {
        scope.close();
    }
}
