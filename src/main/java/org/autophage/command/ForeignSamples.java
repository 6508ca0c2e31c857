package org.autophage.command;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.Progress;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.PointShape;
import org.autophage.data.Points;
import org.autophage.data.SampleArchive;
import org.autophage.data.SampleShape;
import org.autophage.data.Samples;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.npy.Npz;
import org.autophage.data.picture.PictureFiles;

/**
 * Samples that a program left: an .npz file as {@link Samples#write} makes it, or pictures in the order of their names. They count once they
 * are of the right size, type and range, and as many as there must be.
 *
 * @param who left them, for messages
 * @param shape of a sample
 */
public record ForeignSamples(String who, SampleShape shape) {
    private static final String FILE = "samples.npz";
    private static final String LABELS = "labels";

    /**
     * Reads and checks samples of which it is not known how many they must be, nor of which classes they were to be.
     *
     * @param place an .npz file, a zip of pictures, or a folder that holds samples.npz or pictures
     * @return with the labels that an .npz file of them says, where it says some of the classes that there are
     * @throws AutophageException (usage) in one line, saying what is wrong and what would be right
     */
    public Samples read(Path place) {
        Path file = place.getFileName().toString().endsWith(".npz") ? place : place.resolve(FILE);
        boolean npz = Files.exists(file);
        Samples samples = checked(npz ? SampleArchive.read(file) : pictures(place));
        return samples.images()
                .<Samples>map(
                        images -> withLabels(images, npz && Npz.names(file).contains(LABELS), file))
                .orElse(samples);
    }

    private Images withLabels(Images images, boolean labelled, Path file) {
        ImageShape wanted = shape.ofImages().orElseThrow();
        if (!labelled || wanted.classes() == 1) {
            return images.labelled(wanted.unlabelled().classNames(), new int[images.count()]);
        }
        if (images.classes() > wanted.classes()) {
            int largest = Arrays.stream(images.labels()).max().orElse(0);
            if (largest >= wanted.classes()) {
                throw refuse(
                        "label %d in %s".formatted(largest, file),
                        "below %d, the classes of the dataset; or leave labels out".formatted(wanted.classes()));
            }
        }
        return images.labelled(wanted.classNames(), images.labels());
    }

    /**
     * Reads and checks what was asked for.
     *
     * @param out the folder that it was to be left in
     * @param count how many there must be
     * @param labels the classes that were asked for, one a sample; none where no class was
     * @throws AutophageException (usage) in one line, saying what is wrong and what would be right
     */
    public Samples read(Path out, int count, int[] labels) {
        Path file = out.resolve(FILE);
        boolean npz = Files.exists(file);
        if (!npz && isEmpty(out)) {
            throw AutophageException.usage(
                    "%s left nothing in %s: must be %s, or %d pictures".formatted(who, out, FILE, count));
        }
        Samples samples = npz ? SampleArchive.read(file) : pictures(out);
        if (samples.count() != count) {
            throw refuse("%d samples".formatted(samples.count()), "%d, as it was asked for".formatted(count));
        }
        checked(samples);
        if (shape.ofImages().isEmpty()) {
            return samples;
        }
        ImageShape wanted = shape.ofImages().orElseThrow();
        Images images = samples.images().orElseThrow();
        if (labels.length == 0) {
            ImageShape without = wanted.unlabelled();
            return images.labelled(without.classNames(), new int[count]);
        }
        if (npz && Npz.names(file).contains(LABELS)) {
            checkLabels(images.labels(), labels);
        }
        return images.labelled(wanted.classNames(), labels);
    }

    private Samples checked(Samples samples) {
        if (samples.shape().kind() != shape.kind()) {
            throw refuse(samples.shape().describe(), shape.describe());
        }
        samples.points().ifPresent(points -> check(points, shape.ofPoints().orElseThrow()));
        samples.tokens().ifPresent(tokens -> check(tokens, shape.ofTokens().orElseThrow()));
        samples.images().ifPresent(images -> check(images, shape.ofImages().orElseThrow()));
        return samples;
    }

    private AutophageException refuse(String found, String right) {
        return AutophageException.usage("%s left %s: must be %s".formatted(who, found, right));
    }

    private static boolean isEmpty(Path folder) {
        try (Stream<Path> all = Files.list(folder)) {
            return all.findAny().isEmpty();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(folder, e);
        }
    }

    private static Images pictures(Path out) {
        try (PictureFiles files = PictureFiles.open(out)) {
            return files.readAll(false, Progress.SILENT);
        }
    }

    private void check(Images images, ImageShape wanted) {
        if (images.height() != wanted.size()
                || images.width() != wanted.size()
                || images.channels() != wanted.channels()) {
            throw refuse(
                    "images of %d x %d x %d".formatted(images.height(), images.width(), images.channels()),
                    wanted.describe());
        }
    }

    private void checkLabels(int[] found, int[] asked) {
        int at = Arrays.mismatch(found, asked);
        if (at >= 0) {
            throw refuse(
                    "label %d at image %d".formatted(found[at], at),
                    "%d, as it was asked for; or leave labels out".formatted(asked[at]));
        }
    }

    private void check(Points points, PointShape wanted) {
        if (!points.shape().equals(wanted)) {
            throw refuse(
                    "points of %d replicas in %d dimensions".formatted(points.replicas(), points.dimensions()),
                    "of %d in %d".formatted(wanted.replicas(), wanted.dimensions()));
        }
        long none = Arrays.stream(points.values())
                .filter(value -> !Double.isFinite(value))
                .count();
        if (none > 0) {
            throw refuse("%d coordinates that are no finite numbers".formatted(none), "finite, all of them");
        }
    }

    private void check(Tokens tokens, TokenShape wanted) {
        if (tokens.replicas() != wanted.replicas()) {
            throw refuse("%d replicas".formatted(tokens.replicas()), String.valueOf(wanted.replicas()));
        }
        if (!tokens.vocabulary().words().equals(wanted.vocabulary().words())) {
            throw refuse("another vocabulary than that of its training set", "the same words in the same order");
        }
        int[] starts = tokens.starts();
        for (int i = 0; i + 1 < starts.length; i++) {
            int length = starts[i + 1] - starts[i];
            if (length > wanted.length() || length < 1 || !wanted.ends() && length != wanted.length()) {
                throw refuse(
                        "a sequence of %d tokens".formatted(length),
                        "%s%d".formatted(wanted.ends() ? "1 to " : "", wanted.length()));
            }
        }
    }
}
