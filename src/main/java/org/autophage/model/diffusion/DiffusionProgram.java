package org.autophage.model.diffusion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.model.ImageProgram;
import org.autophage.model.NetworkModel;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.model.Sampling.Solver;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.Program;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.TrainingState;
import org.jspecify.annotations.Nullable;

/** The program of a diffusion spec on a device. */
final class DiffusionProgram extends ImageProgram {
    /** Levels of noise at which the loss of an image is measured. */
    private static final int LOSS_LEVELS = 4;

    private final DiffusionSpec spec;
    private final Solver solver;
    private final Parameterization parameterization;
    private final List<Graph> drawing;
    private @Nullable Program away;

    /**
     * @param solver with which one samples
     * @param chunk images drawn at a time
     */
    DiffusionProgram(Device device, DiffusionSpec spec, ImageShape shape, Solver solver, int chunk) {
        this(device, spec, shape, solver, chunk, new Parameters(), new DiffusionMethods(spec, shape));
    }

    private DiffusionProgram(
            Device device,
            DiffusionSpec spec,
            ImageShape shape,
            Solver solver,
            int chunk,
            Parameters parameters,
            DiffusionMethods methods) {
        this(
                device,
                spec,
                shape,
                solver,
                chunk,
                parameters,
                drawing(List.of(UNet.record(spec, shape, parameters), methods.denoise()), methods, spec, shape),
                methods);
    }

    private DiffusionProgram(
            Device device,
            DiffusionSpec spec,
            ImageShape shape,
            Solver solver,
            int chunk,
            Parameters parameters,
            List<Graph> drawing,
            DiffusionMethods methods) {
        super(device, shape, chunk, Map.of("", parameters), drawing, methods.training(parameters));
        this.spec = spec;
        this.solver = solver;
        this.parameterization = spec.parameterized();
        this.drawing = drawing;
    }

    /**
     * Those of all samplers, so that a saved model can be drawn from by any.
     *
     * @param denoiser the network and what makes a denoiser of it
     */
    private static List<Graph> drawing(
            List<Graph> denoiser, DiffusionMethods methods, DiffusionSpec spec, ImageShape shape) {
        boolean guided = spec.shareWithoutLabel() > 0;
        List<Graph> all = new ArrayList<>(denoiser);
        all.add(methods.latents());
        all.add(methods.toBytes());
        if (guided) {
            all.add(methods.denoiseGuided());
        }
        for (SamplerKind kind : SamplerKind.values()) {
            Sampler sampler = kind.sampler();
            all.add(sampler.record(SolverStep.of(sampler.method(), false, shape)));
            if (guided) {
                all.add(sampler.record(SolverStep.of(sampler.method(), true, shape)));
            }
        }
        return List.copyOf(all);
    }

    /** The same methods of two networks, of which one draws away from the other. */
    private List<Graph> drawingAway() {
        DiffusionMethods methods = new DiffusionMethods(spec, shape());
        Parameters layout = new Parameters();
        List<Graph> denoiser = new ArrayList<>(List.of(UNet.record(spec, shape(), layout)));
        denoiser.addAll(methods.denoiseAway(layout.size()));
        return drawing(denoiser, methods, spec, shape());
    }

    /** With which one samples. */
    Sampler sampler() {
        return solver.sampler().sampler();
    }

    /** The noise levels of training, for the input {@code table} of the step; one zero where training needs none. */
    float[] trainingLevels() {
        double[] levels = parameterization.trainingLevels();
        return floats(Arrays.copyOf(levels, Math.max(1, levels.length)));
    }

    /** The falling noise levels of the spec's sampler on a course. */
    double[] samplingLevels(Course course) {
        return course.levels(parameterization, solver.steps());
    }

    /** The way from noise with this program's networks. */
    ReverseProcess reverse(Course course, Tensor flat, Tensor labels, double guidance) {
        return through(samplingLevels(course), sampler(), course, flat, labels, guidance);
    }

    private ReverseProcess through(
            double[] levels, Sampler sampler, Course course, Tensor flat, Tensor labels, double guidance) {
        ReverseProcess.Methods methods = course.away() == null ? this::run : away()::run;
        return new ReverseProcess(methods, sampler, levels, flat, labels, guidance);
    }

    /** Loaded when first asked for: most models need it never. */
    private Program away() {
        if (away == null) {
            away = new Program(device(), drawingAway().toArray(Graph[]::new));
        }
        return away;
    }

    private static float[] floats(double[] levels) {
        float[] floats = new float[levels.length];
        for (int i = 0; i < levels.length; i++) {
            floats[i] = (float) levels[i];
        }
        return floats;
    }

    @Override
    protected Step steps(Scope scope, Batches images) {
        float[] levels = trainingLevels();
        Tensor table = scope.floats(levels, levels.length);
        return (call, states, learningRate, number, indices) -> run(
                call,
                "step",
                states.get(0)
                        .arguments(
                                learningRate,
                                TrainingState.averageWeight(spec.ema(), number),
                                images.pixels(),
                                images.labels(),
                                images.weights(),
                                indices,
                                table));
    }

    /** The mean over four levels of noise, each from another quarter of those of training. */
    @Override
    protected double[] losses(Scope call, Tensor flat, Tensor pixels, Tensor labels) {
        SplittableRandom random = new SplittableRandom(0);
        int count = Math.toIntExact(labels.dims()[0]);
        double[] mean = new double[count];
        for (int level = 0; level < LOSS_LEVELS; level++) {
            float[] sigma = new float[count];
            Arrays.fill(sigma, (float) parameterization.trainingLevel((level + 0.5) / LOSS_LEVELS));
            float[] noise = new float[shape().bytes()];
            for (int i = 0; i < noise.length; i++) {
                noise[i] = (float) random.nextGaussian();
            }
            Tensor each = run(
                            call,
                            "losses",
                            flat,
                            pixels,
                            labels,
                            call.floats(sigma, count),
                            call.floats(noise, 1, shape().channels(), shape().size(), shape().size()))
                    .get(0);
            float[] losses = each.toFloats();
            for (int i = 0; i < count; i++) {
                mean[i] += losses[i] / LOSS_LEVELS;
            }
        }
        return mean;
    }

    @Override
    protected double loss(Scope call, Tensor flat, Batches images, Tensor indices) {
        float[] levels = trainingLevels();
        Tensor table = call.floats(levels, levels.length);
        return run(call, "held_out_loss", flat, images.pixels(), images.labels(), images.weights(), indices, table)
                .get(0)
                .toNumber();
    }

    @Override
    protected byte[] draw(Scope call, Tensor flat, long[] asked, double bias) {
        return draw(call, flat, asked, bias, Course.USUAL);
    }

    /** Draws one chunk on a course, whose networks are in the flat buffer. */
    byte[] draw(Scope call, Tensor flat, long[] asked, double bias, Course course) {
        Tensor template = call.zeros(asked.length, shape().channels(), shape().size(), shape().size());
        Tensor labels = call.longs(asked, asked.length);
        Tensor x = reverse(course, flat, labels, guidance(bias)).solve(call, template);
        return run(call, "to_bytes", x).get(0).toBytes();
    }

    /** Leads one chunk of images to a level of noise, and back on a course from there. */
    byte[] edit(Scope call, Tensor flat, Images clean, double noise, double bias, Course course) {
        double[] levels = course.levels(parameterization, solver.steps(), noise);
        Tensor labels = call.longs(shape().labelsOf(clean), clean.count());
        Tensor noisy = run(call, "noised", clean.onDevice(call), levels[0]).get(0);
        Tensor x =
                through(levels, sampler(), course, flat, labels, guidance(bias)).solveFrom(call, noisy);
        return run(call, "to_bytes", x).get(0).toBytes();
    }

    /** Draws one chunk on a course from noise that is changed before. */
    byte[] drawChanged(Scope call, Tensor flat, long[] asked, double bias, Course course, Consumer<float[]> change) {
        Tensor template = call.zeros(asked.length, shape().channels(), shape().size(), shape().size());
        Tensor labels = call.longs(asked, asked.length);
        ReverseProcess process = reverse(course, flat, labels, guidance(bias));
        float[] latents = run(call, "latents", template, 1.0).get(0).toFloats();
        change.accept(latents);
        float highest = (float) process.level(0);
        for (int i = 0; i < latents.length; i++) {
            latents[i] *= highest;
        }
        Tensor x = process.solveFrom(call, call.floats(latents, template.dims()));
        return run(call, "to_bytes", x).get(0).toBytes();
    }

    /**
     * The latents of images: the probability flow is solved the other way, from the last level of noise that a course has to its first,
     * by Heun's method. An image is taken for what is there at the last level.
     */
    float[] found(Scope call, Tensor flat, Images images, double bias, Course course, int steps) {
        double[] levels = course.levelsAboveZero(parameterization, steps);
        double[] rising = new double[levels.length];
        Arrays.setAll(rising, i -> levels[levels.length - 1 - i]);
        Tensor labels = call.longs(shape().labelsOf(images), images.count());
        Tensor x = run(call, "noised", images.onDevice(call), 0.0).get(0);
        float[] found = through(rising, SamplerKind.HEUN.sampler(), course, flat, labels, guidance(bias))
                .solveFrom(call, x)
                .toFloats();
        for (int i = 0; i < found.length; i++) {
            found[i] /= (float) levels[0];
        }
        return found;
    }

    /** MAD's convention: λ = 1/(1 + w). */
    private static double guidance(double bias) {
        return 1 / bias - 1;
    }

    @Override
    public NetworkModel model(Trained trained) {
        return new DiffusionModel(this, trained, Course.USUAL);
    }

    @Override
    protected NetworkModel model(Trained trained, Path folder) throws IOException {
        return new DiffusionModel(this, trained, Course.in(folder, parameters()));
    }

    @Override
    protected Map<String, float[]> buffers() {
        return buffers(Course.USUAL);
    }

    private Map<String, float[]> buffers(Course course) {
        return Map.of("levels", floats(samplingLevels(course)));
    }

    /** What {@code torch.jit.load} reads: methods of the same names, whatever the course. */
    SavedModule saved(Course course, float[] weights) {
        return saved(course.away() == null ? drawing : drawingAway(), course.network(weights), buffers(course));
    }

    @Override
    public void close() {
        super.close();
        if (away != null) {
            away.close();
            away = null;
        }
    }
}
