package org.autophage.model.diffusion;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.autophage.data.Images;
import org.autophage.model.DenoisingModel;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ImageModel;
import org.autophage.model.ModelWeights;
import org.autophage.model.NetworkTraining.Trained;
import org.autophage.program.SavedModule;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;

/** A trained diffusion model, with the way on which it is sampled. */
final class DiffusionModel extends ImageModel implements DenoisingModel {
    private final DiffusionProgram program;
    private final Course course;

    DiffusionModel(DiffusionProgram program, Trained trained, Course course) {
        super(program, trained, course.network(trained.weights().get(0)));
        this.program = program;
        this.course = course;
    }

    @Override
    protected byte[] draw(Scope call, Tensor flat, long[] labels, double bias) {
        return program.draw(call, flat, labels, bias, course);
    }

    @Override
    protected byte[] drawChanged(Scope call, Tensor flat, long[] labels, double bias, Consumer<float[]> change) {
        return program.drawChanged(call, flat, labels, bias, course, change);
    }

    @Override
    protected float[] found(Scope call, Tensor flat, Images images, double bias, int steps) {
        return program.found(call, flat, images, bias, course, steps);
    }

    @Override
    protected byte[] edit(Scope call, Tensor flat, Images clean, double noise, double bias) {
        return program.edit(call, flat, clean, noise, bias, course);
    }

    @Override
    public DenoisingModel awayFrom(GenerativeModel other, double weight) {
        if (course.away() != null) {
            throw new UnsupportedOperationException("the model is sampled away from another already");
        }
        float[] theirs = other.weights().orElseThrow().floats(ModelWeights.NETWORK, parameters().length);
        return new DiffusionModel(program, trained(), course.awayFrom(theirs, weight));
    }

    @Override
    public DenoisingModel endingAt(double noise, boolean denoised) {
        return new DiffusionModel(program, trained(), course.endingAt(noise, denoised));
    }

    @Override
    protected DiffusionModel like(Trained other) {
        return new DiffusionModel(program, other, course);
    }

    @Override
    protected Optional<SavedModule> module() {
        return Optional.of(program.saved(course, parameters()));
    }

    @Override
    protected void saveBeside(Path folder) throws IOException {
        course.save(folder, program.parameters());
    }
}
