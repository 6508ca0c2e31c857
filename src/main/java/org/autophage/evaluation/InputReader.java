package org.autophage.evaluation;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.DatasetSpec;
import org.autophage.data.SampleArchive;
import org.autophage.data.cifar.CifarSpec;
import org.autophage.data.mnist.FashionMnistSpec;
import org.autophage.data.mnist.MnistSpec;
import org.autophage.data.picture.Colour;
import org.autophage.data.picture.ImagesSpec;
import org.autophage.data.picture.PictureFiles;
import org.autophage.data.picture.PictureSources;
import org.autophage.data.store.ImageStore;
import org.autophage.data.strokes.StrokesSpec;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.run.GenerationFolder;
import org.autophage.run.RunFolder;
import org.autophage.run.RunName;
import org.jspecify.annotations.Nullable;

/**
 * Finds out what the names on the command line mean: runs, folders and zips of pictures, files of images, features or
 * statistics, stores and datasets. If one of them is a run, datasets of its kind are as the run's spec says (size, holdout),
 * and pictures become images as those of its dataset did.
 */
final class InputReader {
    private static final Map<String, DatasetSpec> DATASETS = new TreeMap<>(Map.of(
            StrokesSpec.KIND, StrokesSpec.DEFAULTS,
            MnistSpec.KIND, MnistSpec.DEFAULTS,
            FashionMnistSpec.KIND, FashionMnistSpec.DEFAULTS,
            CifarSpec.KIND, CifarSpec.DEFAULTS));
    private static final String TRAINING = ":train";
    private static final Pattern PICKLE = Pattern.compile(".*\\.(pkl|pickle|pk|p|pt|pth|ckpt|joblib)");

    private final Path runs;
    private final Work work;
    private @Nullable RunFolder run;
    private @Nullable Dataset dataset;

    /** How a run's dataset makes images of pictures; null where there is none of pictures. */
    private @Nullable ImagesSpec like;

    private final List<String> notes = new ArrayList<>();
    private final ArrayFiles arrays = new ArrayFiles(notes::add);

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
                run = RunName.find(name, runs).map(RunName::run).orElse(null);
            }
        }
        if (run != null) {
            DatasetSpec spec = ExperimentSpec.read(run.experiment(), List.of()).dataset();
            dataset = spec.dataset(work);
            like = spec instanceof ImagesSpec pictures
                    ? dataset.holdout()
                            .images()
                            .map(held -> pictures.with(held.channels() == 1 ? Colour.GREY : Colour.RGB))
                            .orElse(null)
                    : null;
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
        Optional<RunName> generation = RunName.find(name, runs);
        if (generation.isPresent()) {
            return EvaluationInput.of(
                    name, SampleArchive.read(generation.get().one().samples()), true);
        }
        Path path = Path.of(name);
        if (PictureSources.exists(path) && PictureSources.isOne(path)) {
            return pictures(name, path, null);
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
            return array == null ? arrays.npz(name, file) : arrays.npz(name, file, array);
        }
        if (array != null && PictureSources.isOne(file)) {
            return pictures(name, file, array);
        }
        if (array == null && lower.endsWith(".npy")) {
            return arrays.npy(name, file);
        }
        if (array == null && ImageStore.isOne(file)) {
            return EvaluationInput.of(name, ImageStore.images(file), false);
        }
        if (PICKLE.matcher(lower).matches()) {
            throw AutophageException.usage(
                    name + " is a pickle, which is a program and is not read: save its numbers with numpy.save");
        }
        throw AutophageException.usage(
                name + " is neither pictures (" + PictureSources.PLACES + "), nor an .npz or .npy file"
                        + (array == null ? "" : ": only an .npz file has arrays to choose from"));
    }

    /** Pictures, but for those that a run leaves beside its samples: grids of many in one. */
    private EvaluationInput pictures(String name, Path place, @Nullable String column) {
        try (PictureFiles files = PictureFiles.open(place, null, column)) {
            files.fileCalled(GenerationFolder.FILES).ifPresent(found -> {
                throw AutophageException.usage(
                        "%s holds what a run leaves (%s), and its pictures are no samples: name the run, which needs its experiment.yaml, or one of its files of samples"
                                .formatted(name, found));
            });
        }
        if (like != null) {
            notes.add("the pictures of %s become images as those of %s do: %s"
                    .formatted(name, Objects.requireNonNull(run).root(), like.describeFit()));
        }
        return new EvaluationInput.Pictures(name, place, column, like);
    }

    /**
     * What of an image file with statistics is meant, where that depends on the others.
     *
     * @param pictures whether pictures are needed
     */
    EvaluationInput settled(EvaluationInput input, boolean pictures) {
        return input instanceof EvaluationInput.Batch batch ? arrays.read(batch, pictures) : input;
    }

    /** What a person should know of how sets were read. */
    List<String> notes() {
        return List.copyOf(notes);
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
            return EvaluationInput.of(name, named.holdout(), false);
        }
        if (named.available() == Dataset.UNLIMITED) {
            throw AutophageException.usage(
                    "%s: %s has no training set, it never runs out of images".formatted(name, kind));
        }
        return EvaluationInput.of(
                name, named.real(LongStream.range(0, named.available()).toArray()), false);
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
}
