package org.autophage.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** What models are trained on and what they produce: an ordered, immutable collection of images, of points or of
 * sequences of tokens. */
public sealed interface Samples permits Images, Points, Tokens {
    int count();

    /** What one of them is; images as a model is told of them, whose classes take turns. */
    SampleShape shape();

    /** How many independent copies of a sample there are. */
    default int replicas() {
        return 1;
    }

    /** The samples of one replica as samples of one replica. */
    default Samples replica(int replica) {
        return this;
    }

    /** The class of each sample; all 0 where there are no classes. Not to be written to. */
    default int[] labels() {
        return new int[count()];
    }

    /** These samples, where they are images. */
    default Optional<Images> images() {
        return Optional.empty();
    }

    /** These samples, where they are points. */
    default Optional<Points> points() {
        return Optional.empty();
    }

    /** These samples, where they are sequences of tokens. */
    default Optional<Tokens> tokens() {
        return Optional.empty();
    }

    /** The samples at the given positions, in that order; a position may come more than once. */
    Samples select(int[] positions);

    /** The first samples of every replica. */
    default Samples first(int count) {
        return select(IntStream.range(0, count).toArray());
    }

    /**
     * Of every replica other samples.
     *
     * @param positions for each replica which of its samples, all of them as many, in that order
     */
    default Samples selectEach(int[][] positions) {
        return select(positions[0]);
    }

    /**
     * One sample as a vector in which distances are Euclidean: a point's coordinates; an image's pixels in [0, 1], over the root of
     * their number, so that a distance is a root mean square.
     *
     * @throws UnsupportedOperationException of sequences of tokens, which have none
     */
    double[] vector(int replica, int position);

    /** The same samples with other vectors, as near as they can be written; all else stays. */
    Samples withVectors(VectorChange change);

    /** Changes the vector of a sample in its place. */
    @FunctionalInterface
    interface VectorChange {
        void change(int replica, int position, double[] vector);
    }

    /** The same samples, whose classes are those of others of this kind, one for one. */
    default Samples labelledAs(Samples others) {
        return this;
    }

    /** All samples of these parts, in order; they are of this one's kind and size, and there is at least one. */
    Samples joined(List<? extends Samples> parts);

    /** Writes them as an .npz file, whole or not at all, that {@link SampleArchive#read} reads back. */
    void write(Path file);

    /**
     * Writes something to look at, whole or not at all: a picture (PNG) of images side by side or of points as a scatter plot, or a page
     * of text.
     */
    void draw(Path file);

    /** All samples of the parts, in order; the parts are of one kind and size, and there is at least one. */
    static Samples concatenate(List<? extends Samples> parts) {
        return parts.get(0).joined(parts);
    }
}
