package org.autophage.evaluation;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.autophage.base.AutophageException;
import org.autophage.data.SampleArchive;
import org.autophage.data.npy.Npy;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.NpyReader;
import org.autophage.data.npy.Npz;
import org.autophage.metrics.features.StatisticsFile;

/** Reads .npy and .npz files: arrays of images or features, labelled images, statistics, or images beside statistics. */
final class ArrayFiles {
    private final Consumer<String> note;

    /** @param note told what a person should know of how an array was read */
    ArrayFiles(Consumer<String> note) {
        this.note = note;
    }

    /** An .npy file. */
    EvaluationInput npy(String name, Path file) {
        return input(name, Npy.read(file, reader -> ArrayReading.read(name, reader)));
    }

    /** One array of an .npz file; that of a mean, or of a covariance, means both. */
    EvaluationInput npz(String name, Path file, String array) {
        return StatisticsFile.ARRAYS.contains(array) && StatisticsFile.isOne(Npz.names(file))
                ? statistics(name, file)
                : input(name, Npz.read(file, array, reader -> ArrayReading.read(name, reader)));
    }

    /** An .npz file of which no array was named: statistics, labelled images, or the only array there is. */
    EvaluationInput npz(String name, Path file) {
        List<String> arrays = Npz.names(file);
        if (StatisticsFile.isOne(arrays)) {
            List<String> images = arrays.stream()
                    .filter(array -> !StatisticsFile.ARRAYS.contains(array))
                    .filter(array -> Npz.read(file, array, ArrayReading::looksLikeImages))
                    .toList();
            return images.size() == 1 ? new EvaluationInput.Batch(name, file, images.get(0)) : statistics(name, file);
        }
        boolean unnamed = arrays.equals(List.of("arr_0", "arr_1"))
                && Npz.read(file, "arr_0", ArrayReading::looksLikeImages)
                && Npz.read(file, "arr_0", NpyReader::type) == NpyArray.Type.UINT8;
        if (arrays.contains("images") || arrays.contains("points") || unnamed) {
            return EvaluationInput.of(name, SampleArchive.read(file), false);
        }
        if (arrays.size() != 1) {
            throw AutophageException.usage("%s has the arrays %s: name one, such as %s:%s"
                    .formatted(name, String.join(", ", arrays), name, arrays.isEmpty() ? "real" : arrays.get(0)));
        }
        return npz(name, file, arrays.get(0));
    }

    /**
     * What of a batch is meant: its pictures, or the mean and covariance beside them.
     *
     * @param pictures whether pictures are needed
     */
    EvaluationInput read(EvaluationInput.Batch batch, boolean pictures) {
        note.accept("%s has pictures (%s) and their mean and covariance (mu, sigma): the %s are compared"
                .formatted(batch.name(), batch.pictures(), pictures ? "pictures" : "mean and covariance"));
        return pictures ? npz(batch.name(), batch.file(), batch.pictures()) : statistics(batch.name(), batch.file());
    }

    private static EvaluationInput statistics(String name, Path file) {
        Map<String, NpyArray> arrays = new TreeMap<>();
        List<String> there = Npz.names(file);
        for (String array : StatisticsFile.ARRAYS) {
            if (there.contains(array)) {
                arrays.put(array, Npz.read(file, array));
            }
        }
        return new EvaluationInput.Statistics(name, StatisticsFile.read(arrays, file));
    }

    private EvaluationInput input(String name, ArrayReading.Read read) {
        if (!read.note().isEmpty()) {
            note.accept(read.note());
        }
        return read.features() != null
                ? new EvaluationInput.Ready(name, read.features())
                : EvaluationInput.of(name, Objects.requireNonNull(read.images()), false);
    }
}
