package org.autophage.metrics.classifier;

import java.util.HashMap;
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
    /** Most that an attack changes a pixel by, of pixels in [0, 1]: ε = .1, between what is usual of digits (.3) and of photographs (8/255). */
    public static final double EPSILON = .1;

    /** Of a training: enough for small images, see {@link ClassifierTraining}. */
    private static final int STEPS = 750;

    /** What images of a robust learner's training are changed by; each of its steps costs as much as a step of training. */
    private static final Attack WITHSTOOD = Attack.projectedGradient(EPSILON, 3);

    private final Device device;
    private final int steps;
    private final Map<Shape, ClassifierProgram> programs = new HashMap<>();
    /** Those of images that somebody still has, so that the next one who asks for the same training finds it. */
    private final Map<Images, Map<Training, Learner>> kept = new WeakHashMap<>();

    public Learners(Device device) {
        this(device, STEPS);
    }

    /** With trainings of other lengths. */
    public Learners(Device device, int steps) {
        this.device = device;
        this.steps = steps;
    }

    /** What programs are made for; a run has images of one shape. */
    private record Shape(String size, int classes, @Nullable Attack withstood) {}

    private record Training(long seed, @Nullable Attack withstood) {}

    /**
     * Trains a learner from scratch.
     *
     * @param images of classes that their names are of, some of which may be missing
     * @param seed of initial weights, order and shifts
     * @throws org.autophage.base.AutophageException DIVERGED or INTERRUPTED as the training of any classifier
     */
    public Learner of(Images images, long seed) {
        return of(images, new Training(seed, null));
    }

    /** The same, but trained on images that are changed in every step so that it errs (Madry et al., arXiv 1706.06083). */
    public Learner robust(Images images, long seed) {
        return of(images, new Training(seed, WITHSTOOD));
    }

    private Learner of(Images images, Training training) {
        Map<Training, Learner> ofImages = kept.computeIfAbsent(images, each -> new HashMap<>());
        Learner known = ofImages.get(training);
        if (known != null) {
            return known;
        }
        ClassifierNetwork network = LeNet.OF_LEARNER;
        ClassifierProgram program = programs.computeIfAbsent(
                new Shape(images.describeSize(), images.classes(), training.withstood),
                shape -> new ClassifierProgram(device, network, images.slice(0, 1), shape.withstood));
        float[] weights = network.training()
                .lasting(steps, images.count(), training.seed)
                .train(device, program, network.name(), images, Work.UNATTENDED);
        Learner learner = new Learner(device, program, weights);
        ofImages.put(training, learner);
        return learner;
    }

    @Override
    public void close() {
        kept.clear();
        programs.values().forEach(ClassifierProgram::close);
        programs.clear();
    }
}
