package org.autophage.metrics.classifier;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.CacheFolder;
import org.autophage.base.ExitCode;
import org.autophage.base.FolderLock;
import org.autophage.base.Interruptible;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.program.Device;
import org.autophage.program.Scope;

/**
 * Classifiers trained once on a dataset's real images and kept. A file's name is the hash of everything that determines
 * the weights: architecture and its version, dataset, training. A file that is not whole is made again.
 */
public final class ClassifierCache {
    /** Counts changes of this code that change weights for the same settings. */
    private static final int CODE_VERSION = 1;

    /** The same for sets that are so small that their training is made longer. */
    private static final int CODE_VERSION_OF_SMALL_SETS = 2;

    /**
     * Where training images of sources that never run out begin. Loops take images from index 0 on, one after the other,
     * and no loop takes a trillion: it never sees what the judge of its samples has seen.
     */
    private static final long FAR = 1L << 40;

    /** Training images of sources that never run out. */
    private static final int FAR_IMAGES = 20_000;

    private static final int KEY_DIGITS = 16;

    /** Holds the locks of those that are being trained, one folder each. */
    private static final String LOCKS = "locks";

    /** A run's own; comes first, and nothing is put there. */
    private final Optional<Path> own;

    /** Where classifiers are kept, all of them in each; the first is where processes meet that need the same one. */
    private final List<Path> kept;

    private ClassifierCache(Optional<Path> own, List<Path> kept) {
        this.own = own;
        this.kept = kept;
    }

    /** The cache of this user, see {@link CacheFolder}. */
    public static ClassifierCache standard() {
        return in(CacheFolder.standard());
    }

    /** A cache in a folder, which is made when something is put there. */
    public static ClassifierCache in(Path folder) {
        return new ClassifierCache(Optional.empty(), List.of(folder));
    }

    /**
     * This cache, but with files taken from another folder where they are there: a run goes on with its own extractor
     * even where training it again would not give the same weights to the last bit.
     */
    public ClassifierCache preferring(Path folder) {
        return new ClassifierCache(Optional.of(folder), kept);
    }

    /**
     * This cache, and before it a folder of those that are to have the same classifiers, such as the cells of a sweep, whose
     * machines may have caches of their own. Training twice gives the same weights on a CPU, but not on a GPU.
     */
    public ClassifierCache sharedIn(Path folder) {
        return new ClassifierCache(
                own, Stream.concat(Stream.of(folder), kept.stream()).toList());
    }

    /**
     * LeNet's features for images like the dataset's; trained if need be.
     *
     * @throws AutophageException FAILED if it cannot be kept; DIVERGED or INTERRUPTED as its training
     */
    public FeatureExtractor lenet(Device device, Dataset dataset, Work work) {
        return get(device, LeNet.NETWORK, dataset, work);
    }

    /**
     * Reads a classifier, or trains it on the real images of the {@linkplain Dataset#whole whole} dataset, tests it on the holdout and keeps it.
     *
     * @throws AutophageException FAILED if it cannot be kept; DIVERGED or INTERRUPTED as its training
     */
    Classifier get(Device device, ClassifierNetwork network, Dataset asked, Work work) {
        Dataset dataset = asked.whole();
        Images holdout = images(dataset.holdout(), dataset);
        if (holdout.classes() < 2) {
            throw AutophageException.usage(
                    "no classifier can learn dataset %s, which has no classes: use features pixels, inception or a TorchScript file"
                            .formatted(dataset.name()));
        }
        long count = trainingIndices(dataset).length;
        String stem = stem(
                network,
                dataset,
                network.training().isTooShortFor((int) count) ? CODE_VERSION_OF_SMALL_SETS : CODE_VERSION);
        ClassifierProgram program = new ClassifierProgram(device, network, holdout);
        try {
            Optional<ClassifierFiles.Content> ofEarlier =
                    own.flatMap(folder -> read(folder, stem(network, dataset, CODE_VERSION), work.progress()));
            ClassifierFiles.Content content = ofEarlier
                    .or(() -> own.flatMap(folder -> read(folder, stem, work.progress())))
                    .or(() -> read(kept.get(0), stem, Progress.SILENT))
                    .orElseGet(() ->
                            made(stem, network, work, () -> trained(device, program, network, dataset, holdout, work)));
            ClassifierFiles.Content complete = withClassAccuracy(content, device, program, holdout, work);
            if (complete != content && ofEarlier.isEmpty()) {
                keepIfPossible(stem, complete);
            }
            return new Classifier(device, program, network, holdout, stem, complete);
        } catch (RuntimeException e) {
            program.close();
            throw e;
        }
    }

    /** One that is not where processes meet: from another folder, or trained by one of them while the others wait. */
    private ClassifierFiles.Content made(
            String stem, ClassifierNetwork network, Work work, Supplier<ClassifierFiles.Content> training) {
        try (FolderLock lock = lock(stem, network, work)) {
            for (Path folder : kept) {
                Optional<ClassifierFiles.Content> there = read(folder, stem, work.progress());
                if (there.isPresent()) {
                    kept.stream()
                            .takeWhile(each -> !each.equals(folder))
                            .forEach(each -> keep(each, stem, there.get()));
                    return there.get();
                }
            }
            ClassifierFiles.Content trained = training.get();
            kept.forEach(folder -> keep(folder, stem, trained));
            return trained;
        }
    }

    private FolderLock lock(String stem, ClassifierNetwork network, Work work) {
        Path folder = kept.get(0);
        String what = "the classifier " + network.name();
        try {
            return FolderLock.await(folder.resolve(LOCKS).resolve(stem), what, work);
        } catch (AutophageException e) {
            throw e.exitCode() == ExitCode.INTERRUPTED ? e : cannotKeep(what, folder, e);
        }
    }

    private static String stem(ClassifierNetwork network, Dataset dataset, int codeVersion) {
        String key = Sha256.of("code %d architecture %s %d dataset %s training %s"
                .formatted(codeVersion, network.name(), network.version(), dataset.hash(), network.training()));
        return network.name() + "-" + key.substring(0, KEY_DIGITS);
    }

    private static Optional<ClassifierFiles.Content> read(Path folder, String stem, Progress progress) {
        try {
            return new ClassifierFiles(folder, stem).read();
        } catch (ClassifierFiles.CorruptException e) {
            progress.message("a cached classifier is trained again: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Cards of versions before 0.2 say nothing of single classes. */
    private static ClassifierFiles.Content withClassAccuracy(
            ClassifierFiles.Content content, Device device, ClassifierProgram program, Images holdout, Work work) {
        if (content.card().classAccuracy() != null) {
            return content;
        }
        int[] answers = answers(device, program, content.weights(), holdout, work);
        return new ClassifierFiles.Content(
                content.card().with(ClassifierCard.classAccuracy(answers, holdout)), content.weights());
    }

    /** What a network says of the holdout; nothing of that is kept when it is interrupted. */
    private static int[] answers(Device device, ClassifierProgram program, float[] weights, Images holdout, Work work) {
        return Interruptible.until(work.stop(), () -> {
            try (Scope scope = device.newScope()) {
                return program.infer(scope.floats(weights, weights.length), holdout)
                        .labels();
            }
        });
    }

    private void keepIfPossible(String stem, ClassifierFiles.Content content) {
        try {
            keep(kept.get(0), stem, content);
        } catch (AutophageException notKept) {
            // it only costs the same second again
        }
    }

    private static void keep(Path folder, String stem, ClassifierFiles.Content content) {
        try {
            new ClassifierFiles(folder, stem).write(content);
        } catch (AutophageException e) {
            throw cannotKeep(content.card().classifier(), folder, e);
        }
    }

    private static AutophageException cannotKeep(String what, Path folder, AutophageException e) {
        return new AutophageException(
                e.exitCode(),
                "%s cannot be kept in the cache folder %s: %s; the environment variable %s may name another folder"
                        .formatted(what, folder, e.getMessage(), CacheFolder.VARIABLE),
                e);
    }

    private static ClassifierFiles.Content trained(
            Device device,
            ClassifierProgram program,
            ClassifierNetwork network,
            Dataset dataset,
            Images holdout,
            Work work) {
        Images images = Interruptible.until(work.stop(), () -> images(dataset.real(trainingIndices(dataset)), dataset));
        ClassifierTraining training = network.training().fitting(device, program, network.name(), images, work);
        float[] weights = training.train(device, program, network.name(), images, work);
        int[] answers = answers(device, program, weights, holdout, work);
        double accuracy = Judge.agreement(answers, holdout.labels());
        String hash = ClassifierCard.hash(weights);
        ClassifierCard card = new ClassifierCard(
                ClassifierCard.nameOf(network, hash),
                network.version(),
                dataset.name(),
                dataset.hash(),
                images.count(),
                training,
                holdout.count(),
                accuracy,
                ClassifierCard.classAccuracy(answers, holdout),
                hash);
        work.progress()
                .message("classifier %s: %.2f%% of %d holdout images right"
                        .formatted(card.classifier(), 100 * accuracy, holdout.count()));
        return new ClassifierFiles.Content(card, weights);
    }

    /** How many of a dataset's images a classifier learns from. */
    static long trainingImages(long available) {
        return available == Dataset.UNLIMITED ? FAR_IMAGES : available;
    }

    private static long[] trainingIndices(Dataset dataset) {
        return dataset.available() == Dataset.UNLIMITED
                ? LongStream.range(FAR, FAR + FAR_IMAGES).toArray()
                : LongStream.range(0, dataset.available()).toArray();
    }

    private static Images images(Samples samples, Dataset dataset) {
        return samples.images()
                .orElseThrow(() -> AutophageException.usage(
                        "metrics.features lenet needs images, which dataset %s has not".formatted(dataset.name())));
    }
}
