package org.autophage.model.gan;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ImageSampling;
import org.autophage.model.ModelWeights;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.run.TrainingCurve;

/** A trained generator, and the discriminator beside it for whoever goes on training. */
final class GanModel implements GenerativeModel {
    private static final String WEIGHTS = "generator";
    private static final String GENERATOR = WEIGHTS + ".";
    private static final String DISCRIMINATOR = "discriminator.";

    private final GanProgram program;
    private final float[] generator;
    private final float[] discriminator;
    private final TrainingCurve curve;
    private final Scope scope;
    private final Tensor flat;

    /**
     * @param generator flat, the moving average of training
     * @param discriminator flat, as of the last step
     */
    GanModel(GanProgram program, float[] generator, float[] discriminator, TrainingCurve curve) {
        this.program = program;
        this.generator = generator;
        this.discriminator = discriminator;
        this.curve = curve;
        this.scope = program.device().newScope();
        this.flat = scope.floats(generator, generator.length);
    }

    float[] generator() {
        return generator;
    }

    float[] discriminator() {
        return discriminator;
    }

    /**
     * The generator's flat buffer, stylegan2's means w̄ in it: to first order the mean of w goes along the line with the
     * mapping network's weights, and both are averages over the same steps. The discriminator is no part of them. No sample
     * depends on it, and one that was fine-tuned tells other images from generated ones than before, so that its way there
     * has no meaning for the way back.
     */
    @Override
    public Optional<ModelWeights> weights() {
        return Optional.of(ModelWeights.ofFloats(Map.of(WEIGHTS, generator)));
    }

    /** A generator beside this model's discriminator. */
    @Override
    public GenerativeModel with(ModelWeights others) {
        return new GanModel(program, others.floats(WEIGHTS, generator.length), discriminator, curve);
    }

    @Override
    public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
        int chunk = Objects.requireNonNull(program.sampling().chunk());
        return new ImageSampling(program.device(), program.shape(), chunk)
                .run(count, seeds, work, labels -> draw(labels, bias));
    }

    /** Draws one chunk of images, in NHWC layout. */
    private byte[] draw(long[] asked, double bias) {
        try (Scope call = scope.newScope()) {
            Tensor labels = call.longs(asked, asked.length);
            Tensor template = call.zeros(asked.length, program.latent());
            Tensor latents = program.run(call, "latents", template).get(0);
            Tensor images = bias == 1
                    ? program.run(call, "generate", flat, latents, labels).get(0)
                    : program.run(call, "generate_biased", flat, latents, labels, bias)
                            .get(0);
            return program.run(call, "to_bytes", images).get(0).toBytes();
        }
    }

    @Override
    public void save(Path folder) throws IOException {
        Map<String, FloatArray> arrays = new LinkedHashMap<>();
        program.generator().split(generator).forEach((name, array) -> arrays.put(GENERATOR + name, array));
        program.discriminator().split(discriminator).forEach((name, array) -> arrays.put(DISCRIMINATOR + name, array));
        SafeTensors.write(folder.resolve("weights.safetensors"), arrays);
        Files.write(folder.resolve("model.pt"), program.savedWith(generator));
        curve.write(folder);
    }

    static GanModel load(GanProgram program, Path folder) throws IOException {
        Path file = folder.resolve("weights.safetensors");
        Map<String, FloatArray> arrays = SafeTensors.read(file);
        return new GanModel(
                program,
                join(program.generator(), arrays, GENERATOR, file),
                join(program.discriminator(), arrays, DISCRIMINATOR, file),
                TrainingCurve.in(folder));
    }

    private static float[] join(Parameters parameters, Map<String, FloatArray> arrays, String prefix, Path file) {
        Map<String, FloatArray> own = new LinkedHashMap<>();
        arrays.forEach((name, array) -> {
            if (name.startsWith(prefix)) {
                own.put(name.substring(prefix.length()), array);
            }
        });
        return parameters.join(own, file);
    }

    @Override
    public void close() {
        scope.close();
    }
}
