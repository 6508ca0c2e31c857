package org.autophage.model.diffusion;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ImageSampling;
import org.autophage.model.ImageShape;
import org.autophage.model.ModelWeights;
import org.autophage.program.SafeTensors;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.run.TrainingCurve;

/** A trained diffusion model; image i is asked to be of class i mod classes. */
final class DiffusionModel implements GenerativeModel {
    private final DiffusionProgram program;
    private final float[] weights;
    private final TrainingCurve curve;
    private final Scope scope;
    private final Tensor flat;

    /**
     * @param weights flat, the moving average of training
     */
    DiffusionModel(DiffusionProgram program, float[] weights, TrainingCurve curve) {
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
        return new DiffusionModel(program, others.floats(ModelWeights.NETWORK, weights.length), curve);
    }

    @Override
    public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
        int chunk = Objects.requireNonNull(program.sampling().chunk());
        return new ImageSampling(program.device(), program.shape(), chunk)
                .run(count, seeds, work, labels -> draw(labels, bias));
    }

    /** Draws one chunk of images, in NHWC layout. */
    private byte[] draw(long[] asked, double bias) {
        ImageShape shape = program.shape();
        try (Scope call = scope.newScope()) {
            Tensor template = call.zeros(asked.length, shape.channels(), shape.size(), shape.size());
            Tensor labels = call.longs(asked, asked.length);
            Tensor x = new ReverseProcess(program, flat, labels, 1 / bias - 1).solve(call, template);
            return program.run(call, "to_bytes", x).get(0).toBytes();
        }
    }

    @Override
    public void save(Path folder) throws IOException {
        SafeTensors.write(
                folder.resolve("weights.safetensors"), program.parameters().split(weights));
        Files.write(folder.resolve("model.pt"), program.savedWith(weights));
        curve.write(folder);
    }

    static DiffusionModel load(DiffusionProgram program, Path folder) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        float[] weights = program.parameters().join(SafeTensors.read(file), file);
        return new DiffusionModel(program, weights, TrainingCurve.in(folder));
    }

    @Override
    public void close() {
        scope.close();
    }
}
