package org.autophage.metrics.classifier;

import java.util.HashMap;
import java.util.Map;
import java.util.WeakHashMap;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.Images;
import org.autophage.program.Device;

/**
 * Networks of {@link LeNet}'s layers that learn whatever images they are given: how often a classifier among them is right on real
 * images tells what those images are worth (Hataya et al., ICCV 2023). All of them are trained for as many steps, however many
 * images there are.
 */
public final class Learners implements AutoCloseable {
    /** Most that an attack changes a pixel by, of pixels in [0, 1]: ε = .1, between what is usual of digits (.3) and of photographs (8/255). */
    public static final double EPSILON = .1;

    /** Of a training: enough for small images, see {@link ClassifierTraining}. */
    private static final int STEPS = 750;

    /** What images of a robust learner's training are changed by; each of its steps costs as much as a step of training. */
    private static final TrainingObjective ROBUST = new NamedClasses(Attack.projectedGradient(EPSILON, 3));

    /** τ as in SimCLR; sizes and noise that leave a glyph what it is. */
    private static final TrainingObjective CONTRAST = new TwoViews(.5, .15, .1);

    private static final Course CLASSES = new Course(LeNet.OF_LEARNER, NamedClasses.PLAIN);

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

    /** A network and what its training makes smaller. */
    private record Course(ClassifierNetwork network, TrainingObjective objective) {}

    /** What programs are made for; a run has images of one shape. */
    private record Shape(String size, int classes, Course course) {}

    private record Training(Course course, long seed) {}

    /**
     * Trains a classifier from scratch.
     *
     * @param images of classes that their names are of, some of which may be missing
     * @param seed of initial weights, order and shifts
     * @throws org.autophage.base.AutophageException DIVERGED or INTERRUPTED as the training of any classifier
     */
    public Learner of(Images images, long seed) {
        return learner(images, new Training(CLASSES, seed));
    }

    /** The same, but trained on images that are changed in every step so that it errs (Madry et al., arXiv 1706.06083). */
    public Learner robust(Images images, long seed) {
        return learner(images, new Training(new Course(LeNet.OF_LEARNER, ROBUST), seed));
    }

    /**
     * Trains an encoder that tells two views of an image from those of others (SimCLR, arXiv 2002.05709); labels are not looked at.
     *
     * @throws org.autophage.base.AutophageException as {@link #of}
     */
    public Learner contrastive(Images images, long seed) {
        return learner(outputs(images), new Training(new Course(LeNet.PROJECTED, CONTRAST), seed));
    }

    /**
     * Trains an encoder that tells by how many quarters an image is turned (arXiv 1803.07728); labels are not looked at.
     *
     * @throws org.autophage.base.AutophageException as {@link #of}
     */
    public Learner rotations(Images images, long seed) {
        return learner(Rotations.of(images), new Training(CLASSES, seed));
    }

    /** An encoder with initial weights. */
    public Learner untrained(Images images, long seed) {
        ClassifierProgram program = program(images, CLASSES);
        return new Learner(
                device, program, program.parameters().initialize(new Seeds(seed).of(0, Phase.INITIALIZE, 0)));
    }

    /** Images of as many classes as {@link LeNet#PROJECTED} has outputs, none of which a label names. */
    private static Images outputs(Images images) {
        return images.labelled(ClassNames.numbered(LeNet.PROJECTED_WIDTH), new int[images.count()]);
    }

    private Learner learner(Images images, Training training) {
        Map<Training, Learner> ofImages = kept.computeIfAbsent(images, each -> new HashMap<>());
        Learner known = ofImages.get(training);
        if (known != null) {
            return known;
        }
        ClassifierNetwork network = training.course.network;
        ClassifierProgram program = program(images, training.course);
        float[] weights = network.training()
                .lasting(steps, images.count(), training.seed)
                .train(device, program, network.name(), images, Work.UNATTENDED);
        Learner learner = new Learner(device, program, weights);
        ofImages.put(training, learner);
        return learner;
    }

    private ClassifierProgram program(Images images, Course course) {
        return programs.computeIfAbsent(
                new Shape(images.describeSize(), images.classes(), course),
                shape -> new ClassifierProgram(device, course.network, images.slice(0, 1), course.objective));
    }

    @Override
    public void close() {
        kept.clear();
        programs.values().forEach(ClassifierProgram::close);
        programs.clear();
    }
}
