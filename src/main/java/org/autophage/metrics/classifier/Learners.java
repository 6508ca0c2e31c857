package org.autophage.metrics.classifier;

import java.util.Map;
import java.util.WeakHashMap;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * Classifiers of {@link LeNet}'s layers that learn whatever labelled images they are given: how often one is right on real images
 * tells what those images are worth (Hataya et al., ICCV 2023). All of them are trained for as many steps, however many images
 * there are.
 */
public final class Learners implements AutoCloseable {
    /** Of a training: enough for small images, see {@link ClassifierTraining}. */
    private static final int STEPS = 750;

    private final Device device;
    private final int steps;
    private @Nullable ClassifierProgram program;
    private @Nullable Images like;
    /** Those of images that somebody still has, so that the next one who asks for the same training finds it. */
    private final Map<Images, Trained> kept = new WeakHashMap<>();

    public Learners(Device device) {
        this(device, STEPS);
    }

    /** With trainings of other lengths. */
    Learners(Device device, int steps) {
        this.device = device;
        this.steps = steps;
    }

    private record Trained(long seed, Learner learner) {}

    /**
     * Trains a learner from scratch.
     *
     * @param images of classes that their names are of, some of which may be missing
     * @param seed of initial weights, order and shifts
     * @throws org.autophage.base.AutophageException DIVERGED or INTERRUPTED as the training of any classifier
     */
    public Learner of(Images images, long seed) {
        Trained known = kept.get(images);
        if (known != null && known.seed == seed) {
            return known.learner;
        }
        ClassifierNetwork network = LeNet.OF_LEARNER;
        ClassifierProgram fitting = program(images);
        float[] weights = network.training()
                .lasting(steps, images.count(), seed)
                .train(device, fitting, network.name(), images, Work.UNATTENDED);
        Learner learner = new Learner(device, fitting, weights);
        kept.put(images, new Trained(seed, learner));
        return learner;
    }

    /** One program for all images of a shape, of which a run has one. */
    private ClassifierProgram program(Images images) {
        ClassifierProgram known = program;
        Images before = like;
        if (known != null
                && before != null
                && before.classes() == images.classes()
                && before.describeSize().equals(images.describeSize())) {
            return known;
        }
        close();
        ClassifierProgram made = new ClassifierProgram(device, LeNet.OF_LEARNER, images);
        program = made;
        like = images;
        return made;
    }

    @Override
    public void close() {
        kept.clear();
        if (program != null) {
            program.close();
            program = null;
        }
    }
}
