package org.autophage.model;

import java.util.Optional;
import java.util.function.Consumer;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Encoder;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** A trained model of images. */
public class ImageModel extends NetworkModel {
    /** Images whose loss is taken at a time. */
    private static final int CHUNK = 500;

    private final ImageProgram program;
    private final Tensor flat;

    /** A model that is drawn from as its program says. */
    ImageModel(ImageProgram program, Trained trained) {
        this(program, trained, trained.weights().get(0));
    }

    /** @param flat what {@link #draw} is given */
    protected ImageModel(ImageProgram program, Trained trained, float[] flat) {
        super(program, trained);
        this.program = program;
        this.flat = scope().floats(flat, flat.length);
    }

    /** Draws one chunk, as {@link ImageProgram#draw} does. */
    protected byte[] draw(Scope call, Tensor network, long[] labels, double bias) {
        return program.draw(call, network, labels, bias);
    }

    @Override
    public final Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
        return program.sampling().run(count, seeds, work, (first, labels) -> {
            try (Scope call = scope().newScope()) {
                return draw(call, flat, labels, bias);
            }
        });
    }

    @Override
    public final void sampleInParts(int count, double bias, Seeds.Stream seeds, Work work, Consumer<Samples> parts) {
        program.sampling()
                .inParts(
                        count,
                        seeds,
                        work,
                        (first, labels) -> {
                            try (Scope call = scope().newScope()) {
                                return draw(call, flat, labels, bias);
                            }
                        },
                        parts);
    }

    /** Draws one chunk of changed latents, as {@link ImageProgram#drawChanged} does. */
    protected byte[] drawChanged(Scope call, Tensor network, long[] labels, double bias, Consumer<float[]> change) {
        return program.drawChanged(call, network, labels, bias, change);
    }

    @Override
    public final Samples sample(LatentChange change, int count, double bias, Seeds.Stream seeds, Work work) {
        return program.sampling().run(count, seeds, work, (first, labels) -> {
            try (Scope call = scope().newScope()) {
                return drawChanged(call, flat, labels, bias, latents -> change.change(first, labels.length, latents));
            }
        });
    }

    /** Finds the latents of one chunk of images, as {@link ImageProgram#found} does. */
    protected float[] found(Scope call, Tensor network, Images images, double bias, int steps) {
        return program.found(call, network, images, bias, steps);
    }

    @Override
    public final float[] latents(Images images, double bias, int steps, Work work) {
        return program.sampling().readingChunks(images, work, chunk -> {
            try (Scope call = scope().newScope()) {
                return found(call, flat, chunk, bias, steps);
            }
        });
    }

    /**
     * Leads one chunk of images into noise and back, see {@link #edited}.
     *
     * @return unsigned bytes, NHWC
     */
    protected byte[] edit(Scope call, Tensor network, Images clean, double noise, double bias) {
        throw new UnsupportedOperationException(getClass().getSimpleName() + " has no levels of noise");
    }

    @Override
    public final Samples edited(Samples clean, double noise, double bias, Seeds.Stream seeds, Work work) {
        return program.sampling().change(clean.images().orElseThrow(), seeds, work, chunk -> {
            try (Scope call = scope().newScope()) {
                return edit(call, flat, chunk, noise, bias);
            }
        });
    }

    @Override
    public final double[] losses(Images images) {
        double[] losses = new double[images.count()];
        try (Scope call = scope().newScope()) {
            Tensor parameters = call.floats(parameters(), parameters().length);
            for (int from = 0; from < images.count(); from += CHUNK) {
                Images chunk = images.slice(from, Math.min(images.count(), from + CHUNK));
                try (Scope part = call.newScope()) {
                    Tensor labels = part.longs(program.shape().labelsOf(chunk), chunk.count());
                    double[] each = program.losses(part, parameters, chunk.onDevice(part), labels);
                    System.arraycopy(each, 0, losses, from, each.length);
                }
            }
        }
        return losses;
    }

    @Override
    public final Optional<Encoder> encoder() {
        return program.encoder(parameters());
    }
}
