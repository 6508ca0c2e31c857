package org.autophage.evaluation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.data.CifarSpec;
import org.autophage.data.Dataset;
import org.autophage.data.DatasetSpec;
import org.autophage.data.FashionMnistSpec;
import org.autophage.data.Images;
import org.autophage.data.MnistSpec;
import org.autophage.data.Npy;
import org.autophage.data.NpyArray;
import org.autophage.data.NpyReader;
import org.autophage.data.Npz;
import org.autophage.data.Points;
import org.autophage.data.SampleArchive;
import org.autophage.data.Samples;
import org.autophage.data.StrokesSpec;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.metrics.Features;
import org.autophage.metrics.features.StatisticsFile;
import org.autophage.run.RunFolder;
import org.autophage.run.Work;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the names on the command line mean: runs, folders and zips of pictures, files of images, features or
 * statistics, and datasets. If one of them is a run, datasets of its kind are as the run's spec says (size, holdout).
 */
final class InputReader {
    private static final Map<String, DatasetSpec> DATASETS = new TreeMap<>(Map.of(
            StrokesSpec.KIND, StrokesSpec.DEFAULTS,
            MnistSpec.KIND, MnistSpec.DEFAULTS,
            FashionMnistSpec.KIND, FashionMnistSpec.DEFAULTS,
            CifarSpec.KIND, CifarSpec.DEFAULTS));
    private static final String TRAINING = ":train";

    private final Path runs;
    private final Work work;
    private @Nullable RunFolder run;
    private @Nullable Dataset dataset;

    /**
     * @param runs where runs are looked for by name
     * @param names all names that will be asked for
     * @param work told where opening a dataset takes long
     */
    InputReader(Path runs, List<String> names, Work work) {
        this.runs = runs;
        this.work = work;
        for (String name : names) {
            if (run == null) {
                run = RunGeneration.find(name, runs).map(RunGeneration::run).orElse(null);
            }
        }
        if (run != null) {
            dataset = ExperimentSpec.read(run.experiment(), List.of()).dataset().open(work);
        }
    }

    /** The first of the names that is a run. */
    Optional<RunFolder> run() {
        return Optional.ofNullable(run);
    }

    /** The run's dataset, or the first that was named. */
    @Nullable
    Dataset dataset() {
        return dataset;
    }

    /**
     * Reads what a name means; pictures are left for later.
     *
     * @throws AutophageException (usage) if it means nothing, or what it means is corrupt
     */
    EvaluationInput read(String name) {
        EvaluationInput input = find(name);
        if (input instanceof EvaluationInput.Ready ready) {
            ready.features().requireFinite(ready.name());
        }
        return input;
    }

    private EvaluationInput find(String name) {
        if (name.isBlank()) {
            throw AutophageException.usage("a name is empty: --real, --fake and --test must name a set");
        }
        Optional<RunGeneration> generation = RunGeneration.find(name, runs);
        if (generation.isPresent()) {
            return samples(name, SampleArchive.read(generation.get().samples()), true);
        }
        Path path = Path.of(name);
        if (Files.isDirectory(path)) {
            return new EvaluationInput.Pictures(name, path);
        }
        if (Files.exists(path)) {
            return file(name, path, null);
        }
        int colon = name.lastIndexOf(':');
        if (colon > 0 && Files.isRegularFile(Path.of(name.substring(0, colon)))) {
            return file(name, Path.of(name.substring(0, colon)), name.substring(colon + 1));
        }
        return dataset(name);
    }

    private EvaluationInput file(String name, Path file, @Nullable String array) {
        String lower = String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT);
        if (lower.endsWith(".npz")) {
            return array == null ? archive(name, file) : Npz.read(file, array, reader -> array(name, reader));
        }
        if (array == null && lower.endsWith(".zip")) {
            return new EvaluationInput.Pictures(name, file);
        }
        if (array == null && lower.endsWith(".npy")) {
            return Npy.read(file, reader -> array(name, reader));
        }
        throw AutophageException.usage(name + " is neither a folder nor a .zip of pictures, nor an .npz or .npy file"
                + (array == null ? "" : ": only an .npz file has arrays to choose from"));
    }

    /** An .npz file of which no array was named: statistics, labelled images, or the only array there is. */
    private EvaluationInput archive(String name, Path file) {
        List<String> arrays = Npz.names(file);
        if (StatisticsFile.isOne(arrays)) {
            return new EvaluationInput.Statistics(name, StatisticsFile.read(Npz.read(file), file));
        }
        if (arrays.contains("images") || arrays.contains("points")) {
            return samples(name, SampleArchive.read(file), false);
        }
        if (arrays.size() != 1) {
            throw AutophageException.usage("%s has the arrays %s: name one, such as %s:%s"
                    .formatted(name, String.join(", ", arrays), name, arrays.isEmpty() ? "real" : arrays.get(0)));
        }
        return Npz.read(file, arrays.get(0), reader -> array(name, reader));
    }

    private static EvaluationInput array(String name, NpyReader array) throws IOException {
        int[] shape = array.shape();
        if (!array.type().isWhole() && shape.length == 2 && shape[0] > 0 && shape[1] > 0) {
            Features features = array.type() == NpyArray.Type.FLOAT32
                    ? Features.ofRows(shape[1], array.floats())
                    : Features.ofRows(shape[1], array.array().toDoubles());
            return new EvaluationInput.Ready(name, features);
        }
        boolean grey = shape.length == 3 || shape.length == 4 && shape[3] == 1;
        boolean images = array.type() == NpyArray.Type.UINT8 && (grey || shape.length == 4 && shape[3] == 3);
        if (images && Arrays.stream(shape).allMatch(size -> size > 0)) {
            return samples(
                    name,
                    new Images(
                            shape[1], shape[2], grey ? 1 : 3, 1, array.array().data(), new int[shape[0]]),
                    false);
        }
        throw AutophageException.usage(
                "%s is %s of shape %s: must be features (N, width) as floats, or images (N, height, width, 1 or 3) as uint8"
                        .formatted(name, array.type(), Arrays.toString(shape)));
    }

    private EvaluationInput dataset(String name) {
        boolean training = name.endsWith(TRAINING);
        String kind = training ? name.substring(0, name.length() - TRAINING.length()) : name;
        Dataset named = open(kind);
        if (named == null) {
            throw AutophageException.usage("%s is no file, no folder, no run in %s and no dataset (%s)"
                    .formatted(name, runs, String.join(", ", DATASETS.keySet())));
        }
        if (!training) {
            return samples(name, named.holdout(), false);
        }
        if (named.available() == Dataset.UNLIMITED) {
            throw AutophageException.usage(
                    "%s: %s has no training set, it never runs out of images".formatted(name, kind));
        }
        return samples(name, named.real(LongStream.range(0, named.available()).toArray()), false);
    }

    private @Nullable Dataset open(String kind) {
        if (dataset != null && dataset.name().equals(kind)) {
            return dataset;
        }
        DatasetSpec spec = DATASETS.get(kind);
        if (spec == null) {
            return null;
        }
        Dataset opened = spec.open(work);
        dataset = dataset == null ? opened : dataset;
        return opened;
    }

    /** Images, or the points of the first replica, which are features as they are. */
    private static EvaluationInput samples(String name, Samples samples, boolean generated) {
        if (samples instanceof Images images) {
            String hash = Sha256.of("%s %d %s".formatted(images.describeSize(), images.count(), images.pixelHash()));
            return new EvaluationInput.InMemory(name, images, hash, generated);
        }
        Points points = ((Points) samples).replica(0);
        return new EvaluationInput.Ready(name, Features.ofRows(points.dimensions(), points.values()));
    }
}
