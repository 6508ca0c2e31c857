package org.autophage.metrics.sequence;

import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.Collectors;
import org.autophage.data.TokenLaw;
import org.autophage.data.Tokens;

/** What the known law of real sequences says of samples. */
public final class SourceJudgement {
    private final TokenLaw law;
    private final Tokens holdout;
    private final Optional<int[]> classes;

    /** @param holdout real sequences, of one replica */
    public SourceJudgement(TokenLaw law, Tokens holdout) {
        this.law = law;
        this.holdout = holdout;
        this.classes = law.tokenClasses();
    }

    /**
     * What the law gives of some sequences.
     *
     * @param possible share of those that it can give at all
     * @param possibleError the share's standard deviation when as many others are drawn, one sequence's share at least
     * @param logProbability of these, nats a token that is not given; empty where there is none
     */
    public record Judged(double possible, double possibleError, OptionalDouble logProbability) {}

    /** Judges sequences of one replica, of which there is at least one. */
    public Judged of(Tokens samples) {
        double[] logs = samples.sequences(0).mapToDouble(law::logProbability).toArray();
        double sum = 0;
        long tokens = 0;
        int possible = 0;
        for (int i = 0; i < logs.length; i++) {
            if (logs[i] > Double.NEGATIVE_INFINITY) {
                sum += logs[i];
                tokens += samples.length(0, i) - law.given();
                possible++;
            }
        }
        double share = (double) possible / logs.length;
        return new Judged(
                share,
                Math.max(1.0 / logs.length, Math.sqrt(share * (1 - share) / logs.length)),
                tokens == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / tokens));
    }

    /**
     * The share of the real sequences whose skeleton, the classes of their tokens in order, some sample has; empty of laws whose tokens
     * have no classes.
     */
    public OptionalDouble skeletonRecall(Tokens samples) {
        return classes.map(each -> OptionalDouble.of(skeletonRecall(samples, each)))
                .orElseGet(OptionalDouble::empty);
    }

    private double skeletonRecall(Tokens samples, int[] of) {
        Set<IntBuffer> skeletons = samples.sequences(0)
                .map(sequence -> skeleton(sequence, of))
                .collect(Collectors.toCollection(HashSet::new));
        return (double) holdout.sequences(0)
                        .filter(sequence -> skeletons.contains(skeleton(sequence, of)))
                        .count()
                / holdout.count();
    }

    /** Compared by what it holds. */
    private static IntBuffer skeleton(int[] sequence, int[] classes) {
        return IntBuffer.wrap(
                Arrays.stream(sequence).map(token -> classes[token]).toArray());
    }
}
