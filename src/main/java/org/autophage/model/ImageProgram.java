package org.autophage.model;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.autophage.base.Seeds;
import org.autophage.data.Encoder;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.TrainingSet;
import org.autophage.model.NetworkTraining.HeldOutLoss;
import org.autophage.model.NetworkTraining.Step;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.Device;
import org.autophage.program.Graph;
import org.autophage.program.Parameters;
import org.autophage.program.SafeTensors.FloatArray;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** The program of networks that learn images. */
public abstract class ImageProgram extends NetworkProgram {
    private final ImageShape shape;
    private final int chunk;
    private final List<Graph> drawing;

    /**
     * Loads the methods.
     *
     * @param shape what the networks see of the images' classes: only one where they are not told labels
     * @param chunk images drawn at a time
     * @param networks as of {@link NetworkProgram}
     * @param drawing the methods that a saved model has too; recorded first
     * @param training the methods that it has not
     */
    protected ImageProgram(
            Device device,
            ImageShape shape,
            int chunk,
            Map<String, Parameters> networks,
            List<Graph> drawing,
            List<Graph> training) {
        super(
                device,
                networks,
                Stream.concat(drawing.stream(), training.stream()).toList());
        this.shape = shape;
        this.chunk = chunk;
        this.drawing = List.copyOf(drawing);
    }

    public final ImageShape shape() {
        return shape;
    }

    /**
     * A training set on the device.
     *
     * @param pixels uint8 (count, H, W, C)
     * @param labels int64 (count), as the networks are told them
     * @param weights float32 (count) of mean 1, by which each image counts
     */
    public record Batches(Tensor pixels, Tensor labels, Tensor weights) {}

    @Override
    public final Step prepare(
            Scope scope, TrainingSet training, Map<String, FloatArray> constants, SplittableRandom random) {
        return steps(scope, batches(scope, training));
    }

    private Batches batches(Scope scope, TrainingSet training) {
        Images images = training.samples()
                .images()
                .orElseThrow(() -> new IllegalArgumentException("networks of images learn images"));
        int count = images.count();
        return new Batches(
                images.onDevice(scope),
                scope.longs(shape.labelsOf(images), count),
                scope.floats(training.weights().floats(count), count));
    }

    @Override
    protected final HeldOutLoss heldOut(Scope scope, TrainingSet samples, int batch, Seeds.Stream noise) {
        Batches images = batches(scope, samples);
        int count = samples.samples().count();
        return flat -> {
            double sum = 0;
            for (int from = 0; from < count; from += batch) {
                int to = Math.min(count, from + batch);
                device().seed(noise.of(from / batch));
                try (Scope call = scope.newScope()) {
                    sum += (to - from) * loss(call, flat, images, call.range(from, to));
                }
            }
            return sum / count;
        };
    }

    /**
     * The mean loss of images without what is done in training against learning them by heart; draws random numbers.
     *
     * @param flat the parameters of the network with which one samples
     * @param indices of the images, int64 (N)
     */
    protected double loss(Scope call, Tensor flat, Batches images, Tensor indices) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " looks at no loss on held-out samples");
    }

    /**
     * The step of a training on these images.
     *
     * @param scope owns what else it needs
     */
    protected abstract Step steps(Scope scope, Batches images);

    /**
     * Draws one chunk.
     *
     * @param call owns what is needed meanwhile
     * @param flat the parameters of the network with which one samples
     * @param labels the classes asked for, one an image
     * @param bias the sampling bias λ
     * @return unsigned bytes, NHWC
     */
    protected abstract byte[] draw(Scope call, Tensor flat, long[] labels, double bias);

    /**
     * What each of some images adds to the loss of training, at the same random numbers for all.
     *
     * @param call owns what is needed meanwhile
     * @param flat the parameters of the network with which one samples
     * @param pixels uint8 (N, H, W, C)
     * @param labels int64 (N), as the networks are told them
     * @throws UnsupportedOperationException if the loss is not one of images
     */
    protected double[] losses(Scope call, Tensor flat, Tensor pixels, Tensor labels) {
        throw new UnsupportedOperationException("this model's loss is not one of images");
    }

    /**
     * Draws one chunk of latents that are changed.
     *
     * @param change is given N(0, 1) of (labels × d), row by row, before anything is made of them
     * @return unsigned bytes, NHWC
     */
    protected byte[] drawChanged(Scope call, Tensor flat, long[] labels, double bias, Consumer<float[]> change) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " finds no latents");
    }

    /**
     * Finds the latents of one chunk of images, (images × d) row by row.
     *
     * @param bias λ that they were drawn with
     * @param steps of the way back, where it has some
     */
    protected float[] found(Scope call, Tensor flat, Images images, double bias, int steps) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " finds no latents");
    }

    /**
     * The way back to codes, of models that have one.
     *
     * @param weights flat
     */
    protected Optional<Encoder> encoder(float[] weights) {
        return Optional.empty();
    }

    /** What a saved model has besides its methods, its weights and what it says of the images: buffers by name. */
    protected abstract Map<String, float[]> buffers();

    @Override
    protected final Optional<SavedModule> savedWith(float[] weights) {
        return Optional.of(saved(drawing, weights, buffers()));
    }

    /** A module of some methods. */
    protected final SavedModule saved(List<Graph> methods, float[] weights, Map<String, float[]> buffers) {
        SavedModule module = SavedModule.of(methods).buffer("weights", weights);
        buffers.forEach(module::buffer);
        return shape.describe(module);
    }

    @Override
    public NetworkModel model(Trained trained) {
        return new ImageModel(this, trained);
    }

    final ImageSampling sampling() {
        return new ImageSampling(device(), shape, chunk);
    }
}
