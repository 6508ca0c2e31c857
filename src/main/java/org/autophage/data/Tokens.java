package org.autophage.data;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sequences of tokens with a replica axis: R independent copies of the same experiment, each with as many sequences, which may
 * differ in length. A sample is one sequence of every replica. Immutable by convention: whoever hands an array over does not write to
 * it again.
 */
public final class Tokens implements Samples {
    private final int replicas;
    private final Vocabulary vocabulary;
    private final int[] values;
    private final int[] starts;

    /**
     * @param replicas R, at least 1
     * @param vocabulary what tokens stand for
     * @param tokens of all sequences, one after the other, those of the first replica first; each in [0, V)
     * @param starts where each sequence begins, and behind the last one where it ends: R · N + 1 numbers that do not fall, from 0 to the
     *     number of tokens
     */
    public Tokens(int replicas, Vocabulary vocabulary, int[] tokens, int[] starts) {
        int sequences = starts.length - 1;
        if (replicas < 1 || sequences < 0 || sequences % replicas != 0) {
            throw new IllegalArgumentException(sequences + " sequences of " + replicas + " replicas");
        }
        if (starts[0] != 0 || starts[sequences] != tokens.length) {
            throw new IllegalArgumentException(
                    "sequences from %d to %d of %d tokens".formatted(starts[0], starts[sequences], tokens.length));
        }
        this.replicas = replicas;
        this.vocabulary = vocabulary;
        this.values = tokens;
        this.starts = starts;
    }

    /** Sequences of one replica. */
    public static Tokens of(Vocabulary vocabulary, List<int[]> sequences) {
        return of(1, vocabulary, sequences.toArray(int[][]::new));
    }

    /**
     * Sequences of several replicas.
     *
     * @param sequences those of the first replica first, as many of each
     */
    public static Tokens of(int replicas, Vocabulary vocabulary, int[][] sequences) {
        int[] starts = new int[sequences.length + 1];
        for (int i = 0; i < sequences.length; i++) {
            starts[i + 1] = Math.addExact(starts[i], sequences[i].length);
        }
        int[] all = new int[starts[sequences.length]];
        for (int i = 0; i < sequences.length; i++) {
            System.arraycopy(sequences[i], 0, all, starts[i], sequences[i].length);
        }
        return new Tokens(replicas, vocabulary, all, starts);
    }

    /**
     * Sequences of one length.
     *
     * @param length at least 1
     * @param tokens (R, N, length), row-major
     */
    public static Tokens ofLength(int replicas, Vocabulary vocabulary, int length, int[] tokens) {
        int[] starts = new int[tokens.length / length + 1];
        Arrays.setAll(starts, i -> i * length);
        return new Tokens(replicas, vocabulary, tokens, starts);
    }

    @Override
    public int replicas() {
        return replicas;
    }

    /** Sequences of one replica. */
    @Override
    public int count() {
        return (starts.length - 1) / replicas;
    }

    public Vocabulary vocabulary() {
        return vocabulary;
    }

    /** Of all sequences, one after the other, those of the first replica first; not to be written to. */
    public int[] values() {
        return values;
    }

    /** Where each sequence begins among {@link #values}, and where the last one ends; not to be written to. */
    public int[] starts() {
        return starts;
    }

    /** Tokens of one sequence. */
    public int length(int replica, int position) {
        int at = replica * count() + position;
        return starts[at + 1] - starts[at];
    }

    /** One sequence. */
    public int[] sequence(int replica, int position) {
        int at = replica * count() + position;
        return Arrays.copyOfRange(values, starts[at], starts[at + 1]);
    }

    /** All sequences of one replica, in order. */
    public Stream<int[]> sequences(int replica) {
        return IntStream.range(0, count()).mapToObj(position -> sequence(replica, position));
    }

    /** The sequences of one replica as sequences of one replica. */
    @Override
    public Tokens replica(int replica) {
        int first = replica * count();
        int from = starts[first];
        int[] own = Arrays.copyOfRange(starts, first, first + count() + 1);
        for (int i = 0; i < own.length; i++) {
            own[i] -= from;
        }
        return new Tokens(1, vocabulary, Arrays.copyOfRange(values, from, from + own[count()]), own);
    }

    @Override
    public Tokens first(int sequences) {
        int[] positions = new int[sequences];
        Arrays.setAll(positions, i -> i);
        return select(positions);
    }

    @Override
    public SampleShape shape() {
        return new TokenShape(replicas, vocabulary, longest(), TokenShape.NONE);
    }

    /** Tokens of the longest sequence; 0 where there is none. */
    public int longest() {
        int longest = 0;
        for (int i = 1; i < starts.length; i++) {
            longest = Math.max(longest, starts[i] - starts[i - 1]);
        }
        return longest;
    }

    @Override
    public Optional<Tokens> tokens() {
        return Optional.of(this);
    }

    @Override
    public Tokens select(int[] positions) {
        int[][] each = new int[replicas][];
        Arrays.fill(each, positions);
        return selectEach(each);
    }

    @Override
    public Tokens selectEach(int[][] positions) {
        if (positions.length != replicas) {
            throw new IllegalArgumentException(positions.length + " choices for " + replicas + " replicas");
        }
        int chosen = positions[0].length;
        int[] from = new int[Math.multiplyExact(replicas, chosen)];
        int[] ends = new int[from.length + 1];
        for (int replica = 0; replica < replicas; replica++) {
            if (positions[replica].length != chosen) {
                throw new IllegalArgumentException("%d sequences of replica %d, but %d of the first"
                        .formatted(positions[replica].length, replica, chosen));
            }
            for (int i = 0; i < chosen; i++) {
                int to = replica * chosen + i;
                from[to] = replica * count() + positions[replica][i];
                ends[to + 1] = Math.addExact(ends[to], starts[from[to] + 1] - starts[from[to]]);
            }
        }
        int[] all = new int[ends[from.length]];
        for (int i = 0; i < from.length; i++) {
            System.arraycopy(values, starts[from[i]], all, ends[i], ends[i + 1] - ends[i]);
        }
        return new Tokens(replicas, vocabulary, all, ends);
    }

    @Override
    public double[] vector(int replica, int position) {
        throw new UnsupportedOperationException("sequences of tokens have no vectors");
    }

    @Override
    public Samples withVectors(VectorChange change) {
        throw new UnsupportedOperationException("sequences of tokens have no vectors");
    }

    @Override
    public Tokens joined(List<? extends Samples> parts) {
        if (parts.size() == 1) {
            return this;
        }
        int total = parts.stream().mapToInt(Samples::count).reduce(0, Math::addExact);
        int[] ends = new int[Math.multiplyExact(replicas, total) + 1];
        int[] all = new int
                [parts.stream().mapToInt(part -> ((Tokens) part).values.length).reduce(0, Math::addExact)];
        int to = 0;
        for (int replica = 0; replica < replicas; replica++) {
            for (Samples part : parts) {
                Tokens some = (Tokens) part;
                if (some.replicas != replicas || !some.vocabulary.equals(vocabulary)) {
                    throw new IllegalArgumentException(
                            "sequences of different vocabularies cannot be put together: " + this + " and " + some);
                }
                int first = replica * some.count();
                int start = some.starts[first];
                int length = some.starts[first + some.count()] - start;
                int before = ends[to];
                System.arraycopy(some.values, start, all, before, length);
                for (int i = 1; i <= some.count(); i++) {
                    ends[++to] = before + some.starts[first + i] - start;
                }
            }
        }
        return new Tokens(replicas, vocabulary, all, ends);
    }

    @Override
    public void write(Path file) {
        TokenArchive.write(this, file);
    }

    @Override
    public void draw(Path file) {
        TextPage.write(this, file);
    }

    /** Replicas x sequences of so many tokens, for messages. */
    @Override
    public String toString() {
        return "%dx%d sequences, %d tokens of %d".formatted(replicas, count(), values.length, vocabulary.size());
    }
}
