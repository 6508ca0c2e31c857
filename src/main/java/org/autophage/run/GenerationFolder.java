package org.autophage.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;

/**
 * The files of one generation.
 *
 * @param path the folder, such as seed-0/generation-003
 */
public record GenerationFolder(Path path) {
    private static final String SAMPLES = "samples-00000.npz";
    private static final String TRAINING_SET = "training-set.json";

    /** Files that tell a generation's folder from others. */
    public static final List<String> FILES = List.of(SAMPLES, TRAINING_SET);

    /** The samples: {@code images} uint8 in NHWC layout and {@code labels} int64, {@code points} float64, or {@code tokens} int32. */
    public Path samples() {
        return path.resolve(SAMPLES);
    }

    /** The model as a TorchScript program. */
    public Path model() {
        return path.resolve("model.pt");
    }

    /** The model's parameters. */
    public Path weights() {
        return path.resolve("weights.safetensors");
    }

    /** How the model is sampled where that is not as the spec says. */
    public Path sampling() {
        return path.resolve("sampling.safetensors");
    }

    /** The models of an ensemble, a folder each. */
    public Path members() {
        return path.resolve("members");
    }

    /** What a program of somebody else left as its model. */
    public Path programModel() {
        return path.resolve("model");
    }

    /** The parameters of a density model, as arrays of an .npz file. */
    public Path parameters() {
        return path.resolve("parameters.npz");
    }

    /** Pictures of the same latents and labels in every generation, one class a column; or a scatter plot of points. */
    public Path grid() {
        return path.resolve("grid.png");
    }

    /** Sequences of tokens of the same latents in every generation, one a line, in place of a picture. */
    public Path page() {
        return path.resolve("page.txt");
    }

    /** What shows samples: the page where there is one, the picture otherwise. */
    public Path shown() {
        return Files.isRegularFile(page()) ? page() : grid();
    }

    /** Figures of the training's steps; see {@link TrainingCurve}. */
    public Path training() {
        return path.resolve("training.csv");
    }

    /** What early stopping did in the training, where it could. */
    public Path earlyStopping() {
        return path.resolve("early-stopping.json");
    }

    /** The composition of the training set and the ids of its images. */
    public Path trainingSet() {
        return path.resolve(TRAINING_SET);
    }

    /** Which of the model's draws the samples are, where they are not the first ones in turn. */
    public Path draws() {
        return path.resolve("draws.json");
    }

    /** The generation's record, the very line that generations.jsonl has of it. */
    public Path record() {
        return path.resolve("record.json");
    }

    /** When the generation was finished, in milliseconds since 1970; now where its files are gone. */
    public long finishedMillis() throws IOException {
        return Files.exists(trainingSet())
                ? Files.getLastModifiedTime(trainingSet()).toMillis()
                : System.currentTimeMillis();
    }

    /** Frees the space of the samples. */
    public void deleteSamples() {
        AtomicFiles.delete(samples());
        AtomicFiles.delete(draws());
    }

    /** Frees the space of the model. */
    public void deleteModel() {
        ofModel().forEach(AtomicFiles::delete);
    }

    /** Whether the model is there, or any part of it. */
    public boolean hasModel() {
        return ofModel().anyMatch(Files::exists);
    }

    private Stream<Path> ofModel() {
        return Stream.of(model(), weights(), sampling(), members(), parameters(), programModel());
    }
}
