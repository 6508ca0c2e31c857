package org.autophage.experiment;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.FiniteDataset;
import org.autophage.data.ImageGrid;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.PointLaw;
import org.autophage.data.SampleKind;
import org.autophage.data.SampleLabels;
import org.autophage.data.SampleShape;
import org.autophage.data.TokenLaw;
import org.autophage.data.TokenTable;
import org.autophage.loop.Expectation;
import org.autophage.loop.KeptShares;
import org.autophage.loop.LoopPlan;
import org.autophage.loop.Start;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.GaussianSpec.Estimator;
import org.autophage.model.imported.ImportedSpec;
import org.autophage.model.sequence.CategoricalSpec;
import org.autophage.program.Device;
import org.autophage.remedy.Remedies;
import org.autophage.remedy.Remedy;
import org.autophage.remedy.RemedyContext;
import org.autophage.remedy.Setting;
import org.autophage.run.RunClasses;
import org.autophage.spec.KeyPath;
import org.autophage.theory.GaussianExpectation;
import org.autophage.theory.TokenExpectation;

/**
 * A spec with its dataset opened, after everything was looked at that can be refused before any work and without a
 * device.
 *
 * @param spec the experiment
 * @param dataset its dataset
 * @param shape of the dataset's samples
 */
public record ExperimentInputs(ExperimentSpec spec, Dataset dataset, SampleShape shape) {
    private static final String RANDOM_IMAGES = "random images";
    private static final int RANDOM_CLASSES = 10;

    /**
     * Opens the dataset of a spec and checks that loop and model fit it.
     *
     * @throws AutophageException with USAGE, naming key or file, if the experiment cannot run
     */
    public static ExperimentInputs open(ExperimentSpec spec) {
        return open(spec, Work.UNATTENDED);
    }

    /** The same, telling what is done where opening the dataset takes long. */
    public static ExperimentInputs open(ExperimentSpec spec, Work work) {
        Dataset dataset = Interruptible.until(work.stop(), () -> spec.dataset().dataset(work));
        spec.loop().check(dataset);
        SampleShape shape = dataset.shape(spec.sampling().labels());
        spec.model().check(shape);
        checkSizes(spec);
        if (spec.loop().start() == Start.FINE_TUNE && !spec.model().canFineTune()) {
            throw AutophageException.usage(
                    "loop.mix.train is fine-tune: this model is fitted in closed form, the same wherever it starts; write scratch or leave the key out");
        }
        if (spec.loop().start() != Start.FINE_TUNE && spec.model().mustFineTune()) {
            throw AutophageException.usage(
                    "loop.mix.train is not fine-tune: model.fit.step says how far a fit goes from the last generation's; leave that out or write fine-tune");
        }
        if (spec.sampling().labels() == SampleLabels.AS_DATA
                && !(shape.kind() == SampleKind.IMAGES && spec.model().learnsLabels())) {
            throw AutophageException.usage(
                    "sampling.labels is as-data: this model is told no labels, so that none can be asked for; leave the key out");
        }
        MemoryCheck.check(spec, shape, dataset.available() == Dataset.UNLIMITED);
        spec.model().checkPrograms(work.trust());
        if (spec.model() instanceof ImportedSpec imported) {
            ImportedLoop.check(spec, imported);
        }
        spec.metrics().choices().values().forEach(choice -> choice.check(work.trust()));
        spec.metrics().check(shape, dataset);
        EmptyClasses.of(spec, dataset).forEach(work.progress()::message);
        ExperimentInputs inputs = new ExperimentInputs(spec, dataset, shape);
        Remedies.check(spec.remedies(), inputs.setting());
        return inputs;
    }

    /**
     * A spec with random images of any shape instead of its dataset, which need not be there: for timing.
     *
     * @param size rows and columns, pixels
     * @param channels 1 or 3
     * @throws AutophageException with USAGE if the model does not fit them
     */
    public static ExperimentInputs ofRandomImages(ExperimentSpec spec, int size, int channels) {
        byte[] pixels = new byte[Math.multiplyExact(spec.loop().initial(), channels * size * size)];
        new SplittableRandom(0).nextBytes(pixels);
        int[] labels = new int[spec.loop().initial()];
        Arrays.setAll(labels, i -> i % RANDOM_CLASSES);
        Images images = new Images(size, size, channels, RANDOM_CLASSES, pixels, labels);
        SampleShape shape = new ImageShape(size, channels, RANDOM_CLASSES);
        spec.model().check(shape);
        return new ExperimentInputs(
                spec, new FiniteDataset(RANDOM_IMAGES, images, images.slice(0, 1), RANDOM_IMAGES), shape);
    }

    /**
     * A spec with random sequences of tokens instead of its dataset.
     *
     * @param vocabulary V
     * @param length tokens of each
     * @throws AutophageException with USAGE if the model does not fit them
     */
    public static ExperimentInputs ofRandomTokens(ExperimentSpec spec, int vocabulary, int length) {
        Dataset dataset = RandomTokens.of(spec.loop().initial(), vocabulary, length);
        SampleShape shape = dataset.shape(spec.sampling().labels());
        spec.model().check(shape);
        return new ExperimentInputs(spec, dataset, shape);
    }

    /** Every generation has as many samples as a model of this kind has to have. */
    private static void checkSizes(ExperimentSpec spec) {
        int fewest = spec.model().fewestSamples();
        for (int t = 1; t <= spec.loop().generations(); t++) {
            long size = spec.loop().dataMix().size(t);
            if (size < fewest) {
                throw AutophageException.usage(
                        "%s is %d, which leaves generation %d with %d %s to learn from: this model needs at least %d"
                                .formatted(
                                        t == 1 ? "loop.initial" : "loop.synthetic",
                                        t == 1
                                                ? spec.loop().initial()
                                                : spec.loop().synthetic(),
                                        t,
                                        size,
                                        size == 1 ? "sample" : "samples",
                                        fewest));
            }
        }
    }

    /** The same with one key of the spec set to another value; the dataset stays. */
    public ExperimentInputs with(String key, Object value) {
        return new ExperimentInputs(spec.with(key, value), dataset, shape);
    }

    /** What the loop does, with every seed. */
    public LoopPlan plan() {
        return new LoopPlan(
                spec.loop(),
                spec.sampling().bias(),
                measuresSamples() ? spec.metrics().samples() : 0,
                measuresSamples() ? spec.metrics().samplings() : 1,
                spec.sampling().labels(),
                shape.kind());
    }

    private boolean measuresSamples() {
        return !comparesLaws() || !spec.metrics().also().isEmpty();
    }

    /** Whether Gaussians learn a Gaussian, or tables of tokens a table, so that the standard metrics need no samples. */
    boolean comparesLaws() {
        boolean gaussians = spec.model().learnsGaussian()
                && dataset.knownLaw().filter(PointLaw::isGaussian).isPresent();
        boolean tables = dataset.knownTokenLaw()
                .flatMap(TokenLaw::table)
                .filter(table -> table.rows() == spec.model().tableRows(shape))
                .isPresent();
        return (gaussians || tables) && Remedies.ofTraining(spec.remedies()).isEmpty(); // which make it something else
    }

    /** What remedies are told of the experiment. */
    Setting setting() {
        return new Setting(
                plan(),
                spec.model(),
                shape,
                dataset.available(),
                spec.metrics().choices().keySet(),
                spec.drawing().solver());
    }

    /** What each remedy costs a generation, in the spec's order. */
    public List<Remedy.Cost> remedyCosts() {
        return spec.remedies().stream().map(remedy -> remedy.cost(setting())).toList();
    }

    /** The family for a copy of a model that is trained for a few steps at lower rates. */
    RemedyContext.BriefTraining briefTraining(Device device) {
        return (steps, rate) -> {
            ExperimentInputs brief = this;
            if (spec.model().optimization().isPresent()) {
                brief = brief.with("model.steps", steps);
                if (spec.model().stopping().isPresent()) { // which is for whole trainings
                    brief = new ExperimentInputs(brief.spec.without("model." + ModelSpec.STOPPING), dataset, shape);
                }
                for (String key : spec.model().learningRates()) {
                    KeyPath path = KeyPath.parse("model." + key);
                    brief = brief.with(
                            path.toString(), rate * path.in(spec.tree()).doubleValue());
                }
            }
            return brief.family(device);
        };
    }

    /** What is known of the loop beforehand; nothing where what stands in its doors looks at samples. */
    Expectation expectation() {
        Optional<KeptShares> kept = Remedies.keptShares(spec.remedies());
        if (kept.isEmpty()) {
            return Expectation.NOTHING;
        }
        Optional<double[]> first =
                dataset.knownLaw().filter(PointLaw::isGaussian).map(PointLaw::mean);
        if (first.isPresent() && spec.model() instanceof GaussianSpec gaussian && gaussian.fit() == null) {
            return new GaussianExpectation(
                    spec.loop().dataMix(),
                    kept.get(),
                    IntStream.rangeClosed(1, spec.loop().generations())
                            .mapToObj(dataset::at)
                            .map(at -> at == dataset
                                    ? first.get()
                                    : at.knownLaw().orElseThrow().mean())
                            .toList(),
                    spec.sampling().bias(),
                    gaussian.covariance() == Estimator.UNBIASED);
        }
        return expectationOfTokens(kept.get());
    }

    private Expectation expectationOfTokens(KeptShares kept) {
        Optional<TokenTable> law =
                dataset.knownTokenLaw().flatMap(TokenLaw::table).filter(table -> table.rows() == 1);
        boolean asCounted = spec.model().equals(CategoricalSpec.DEFAULTS)
                && spec.sampling().bias() == 1
                && spec.drawing().truncation().isNone();
        return law.isPresent() && asCounted
                ? new TokenExpectation(
                        spec.loop().dataMix(),
                        kept,
                        spec.loop().generations(),
                        law.get().probabilities())
                : Expectation.NOTHING;
    }

    /** What the classes are called and how grids show them; nothing for samples without classes. */
    Optional<RunClasses> classes() {
        List<Integer> real = dataset.classCounts().map(ExperimentInputs::list).orElse(null);
        return shape.ofImages()
                .filter(ImageShape::hasClasses)
                .map(images -> new RunClasses(
                        images.classNames().all(), real, spec.model().learnsLabels() ? grid(images) : null));
    }

    private static RunClasses.Grid grid(ImageShape images) {
        int[] labels = images.order().labels(0, LoopPlan.PICTURED);
        int[] shown = new int[images.classes()];
        for (int label : labels) {
            shown[label]++;
        }
        ImageGrid.Layout layout = ImageGrid.Layout.of(images.classes(), labels);
        return new RunClasses.Grid(layout.columns(), layout.grouped(), list(shown));
    }

    private static List<Integer> list(int[] numbers) {
        return IntStream.of(numbers).boxed().toList();
    }

    /**
     * Builds the model's programs, whose shapes have to fit each other, on the CPU; trains nothing.
     *
     * @throws AutophageException with USAGE if the model is too large or does not fit
     */
    public void buildModel() {
        try (Device device = Device.of("cpu")) {
            family(device);
        }
    }

    /** Models as the spec describes them, with the remedies that act on their training, on a device. */
    public ModelFamily family(Device device) {
        return Remedies.family(spec.remedies(), share -> withShareOfSteps(share).plainFamily(device), shape);
    }

    private ExperimentInputs withShareOfSteps(double share) {
        return spec.model()
                .optimization()
                .filter(each -> share != 1)
                .map(each -> with("model.steps", (int) Math.ceil(each.steps() * share - 1e-9)))
                .orElse(this);
    }

    private ModelFamily plainFamily(Device device) {
        return spec.model().family(device, shape, spec.sampling());
    }
}
