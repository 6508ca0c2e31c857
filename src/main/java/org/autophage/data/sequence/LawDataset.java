package org.autophage.data.sequence;

import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.Sha256;
import org.autophage.data.CounterRandom;
import org.autophage.data.Dataset;
import org.autophage.data.SampleLabels;
import org.autophage.data.TokenLaw;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;

/**
 * An unlimited source of sequences of a known law. Sequence i of replica r is a function of (seed, law, r, i) alone, on every machine,
 * whatever the number of replicas. The holdout, one replica that all share, is drawn from a stream of its own: no index leads to it.
 *
 * @param name the kind as written in a spec
 * @param shape of a sequence, with the number of replicas
 * @param identity whatever determines the law, for the hash
 */
public record LawDataset(String name, TokenLaw law, TokenShape shape, String identity, int holdoutCount, long seed)
        implements Dataset {
    /** Counts changes of the drawing that change sequences, so that the hash tells them apart. */
    private static final int DRAWING_VERSION = 1;

    private static final long HOLDOUT_STREAM = 0;

    /** Streams from here on are the replicas'. */
    private static final long FIRST_REPLICA = 1;

    @Override
    public long available() {
        return UNLIMITED;
    }

    @Override
    public Tokens real(long[] indices) {
        for (long index : indices) {
            if (index < 0) {
                throw new IllegalArgumentException("sequence " + index + ": indices begin at 0");
            }
        }
        return draw(shape.replicas(), FIRST_REPLICA, indices);
    }

    @Override
    public Tokens holdout() {
        return draw(1, HOLDOUT_STREAM, LongStream.range(0, holdoutCount).toArray());
    }

    @Override
    public TokenShape shape(SampleLabels labels) {
        return shape;
    }

    @Override
    public Optional<TokenLaw> knownTokenLaw() {
        return Optional.of(law);
    }

    @Override
    public String hash() {
        return Sha256.of("%s %d %s replicas %d holdout %d seed %d"
                .formatted(name, DRAWING_VERSION, identity, shape.replicas(), holdoutCount, seed));
    }

    /** Draws on all cores. */
    private Tokens draw(int replicas, long firstStream, long[] indices) {
        int count = indices.length;
        int[][] sequences = new int[Math.multiplyExact(replicas, count)][];
        IntStream.range(0, sequences.length)
                .parallel()
                .forEach(i -> sequences[i] = law.draw(
                        indices[i % count], new CounterRandom(seed, firstStream + i / count, indices[i % count])));
        return Tokens.of(replicas, shape.vocabulary(), sequences);
    }
}
