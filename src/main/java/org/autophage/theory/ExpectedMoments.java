package org.autophage.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.autophage.loop.DataMix;
import org.autophage.loop.KeptShares;

/**
 * The exact expectation of what a loop of Gaussians learns, for every data mix: of one coordinate's fitted variance σ²ₜ and
 * squared mean μ²ₜ, when real points are from N(0, 1), or from N(mₜ, 1) where the law moves, and generation t draws from N(μₜ, λσ²ₜ). The named results of the
 * literature, (1 − 1/n)ᵗ for replace (Kazdan et al., arXiv 2410.16713) and ∏(1 − 1/(nk²)) for accumulate among them, are
 * points of it.
 *
 * <p>Both moments are quadratic forms of the training set, and a synthetic point is μ plus noise of its own; so their
 * expectations need nothing but the second moments E[x·y] of pairs of points, which follow generation by generation from
 * those of earlier ones. Points of one {@link Block} are interchangeable, which leaves one number a pair of blocks and one
 * a block for a point with itself. Points drawn without replacement enter by the probabilities that a point, or a pair of
 * points, is drawn.
 */
public final class ExpectedMoments {
    /**
     * Moments of a generation.
     *
     * @param variance E σ²ₜ, of one coordinate
     * @param squaredMean E (μₜ − mₜ)², of one coordinate
     * @param lag mₜ − E μₜ, by how much the mean is behind a law that moves; 0 where it does not
     */
    public record Moments(double variance, double squaredMean, double lag) {}

    /** A block without points, whose value is always 1: a product with it is a mean. */
    private static final int ONE = 0;

    private final DataMix mix;
    private final double bias;
    private final boolean unbiased;
    private final KeptShares kept;
    private final double[] means;

    private final List<Block> blocks = new ArrayList<>();

    /** E[x·y] for different points x and y of blocks i and j ≤ i. */
    private final List<double[]> products = new ArrayList<>();

    /** E[x²] for a point of each block. */
    private final List<Double> squares = new ArrayList<>();

    /**
     * Interchangeable points.
     *
     * @param generation that drew them, or 0 for real ones
     * @param first number of the first of them among the real points; 0 for synthetic ones
     * @param size how many there are
     */
    private record Block(int generation, long first, int size) {}

    private ExpectedMoments(DataMix mix, double bias, boolean unbiased, KeptShares kept, double[] means) {
        this.means = means;
        this.mix = mix;
        this.bias = bias;
        this.unbiased = unbiased;
        this.kept = kept;
    }

    /** The moments of a loop that is trained on everything that is mixed. */
    public static Optional<List<Moments>> of(DataMix mix, double bias, boolean unbiased, int generations) {
        return of(mix, KeptShares.ALL, bias, unbiased, generations);
    }

    /**
     * The moments of generations 1, 2, …
     *
     * @param mix what the training sets consist of
     * @param kept what is kept of them from generation 2 on, by chance; where fewer than two points are, there is no generation
     * @param bias λ
     * @param unbiased whether squared deviations are divided by n − 1, not n
     * @param generations how many
     * @return nothing where weights or a choice by chance meet a number of real points that is itself random, or weights meet
     *     a choice
     */
    public static Optional<List<Moments>> of(
            DataMix mix, KeptShares kept, double bias, boolean unbiased, int generations) {
        return of(mix, kept, bias, unbiased, new double[generations]);
    }

    /**
     * The same of real points from N(mₜ, 1): those that are fixed are generation 1's, and fresh ones are drawn at generation t.
     *
     * @param means mₜ, one a generation
     */
    public static Optional<List<Moments>> of(
            DataMix mix, KeptShares kept, double bias, boolean unbiased, double[] means) {
        int unknown = (mix.weightReal() == null ? 0 : 1) + (mix.subsample() == null ? 0 : 1) + (kept.isAll() ? 0 : 1);
        if (unknown > 1) {
            return Optional.empty();
        }
        int generations = means.length;
        ExpectedMoments recursion = new ExpectedMoments(mix, bias, unbiased, kept, means);
        recursion.addReal(generations);
        List<Moments> moments = new ArrayList<>();
        for (int t = 1; t <= generations; t++) {
            moments.add(recursion.generation(t));
        }
        return Optional.of(moments);
    }

    /** Real points, cut wherever a generation's fixed or fresh ones end. */
    private void addReal(int generations) {
        TreeSet<Long> cuts = new TreeSet<>(List.of(0L, (long) mix.initial()));
        for (int t = 2; t <= generations; t++) {
            cuts.add((long) mix.fixedReal().at(t));
            cuts.add(mix.realImagesUsed(t));
        }
        add(new Block(0, 0, 0), new double[] {1}, 1);
        List<Double> real = new ArrayList<>(List.of(1.0));
        Long from = null;
        for (long to : cuts) {
            if (from != null) {
                double mean = means[drawnAt(to) - 1];
                real.add(mean);
                double[] withEarlier =
                        real.stream().mapToDouble(each -> mean * each).toArray();
                add(new Block(0, from, Math.toIntExact(to - from)), withEarlier, 1 + mean * mean);
            }
            from = to;
        }
    }

    /** The generation that uses the real points below a number first. */
    private int drawnAt(long end) {
        int t = 1;
        while (mix.realImagesUsed(t) < end) {
            t++;
        }
        return t;
    }

    private void add(Block block, double[] withEarlier, double square) {
        blocks.add(block);
        products.add(withEarlier);
        squares.add(square);
    }

    /** Works out a generation and adds its samples as a block. */
    private Moments generation(int t) {
        Membership members = kept.isAll() || t == 1 ? new Membership(t) : new KeptMembership(t);
        double[] withMean = new double[blocks.size()];
        for (int c = 0; c < withMean.length; c++) {
            withMean[c] = members.meanTimesPointOf(c);
        }
        double squaredMean = members.squaredMean();
        double variance = members.variance(squaredMean);
        double[] row = Arrays.copyOf(withMean, withMean.length + 1);
        row[withMean.length] = squaredMean;
        add(new Block(t, 0, mix.made()), row, squaredMean + bias * variance);
        double law = means[t - 1];
        double lag = law - withMean[ONE];
        return new Moments(variance, squaredMean - 2 * law * withMean[ONE] + law * law, lag);
    }

    private double product(int one, int other) {
        return one > other ? products.get(one)[other] : products.get(other)[one];
    }

    /** Which points are in a training set, with which weight, how probably, and in pairs. */
    private class Membership {
        private final int t;
        private final long fresh;
        final double poolSize;
        final double drawn;
        final double gathered;
        private final double kept;
        final List<Integer> there = new ArrayList<>();

        Membership(int t) {
            this.t = t;
            fresh = t == 1 ? 0 : mix.realImagesUsed(t - 1);
            poolSize = mix.inMemory(t);
            drawn = t == 1
                    ? 0
                    : mix.synthetic().isAll() ? poolSize : mix.synthetic().at(t);
            gathered = t == 1 ? mix.initial() : mix.gathered(t);
            kept = t == 1 || mix.subsample() == null
                    ? gathered
                    : mix.subsample().at(t);
            for (int b = 0; b < blocks.size(); b++) {
                if (isThere(b)) {
                    there.add(b);
                }
            }
        }

        final boolean isReal(int b) {
            return blocks.get(b).generation() == 0;
        }

        /** Whether a training set may hold points of a block. */
        private boolean isThere(int b) {
            Block block = blocks.get(b);
            if (b == ONE) {
                return false;
            }
            if (block.generation() > 0) {
                return t > 1 && drawn > 0 && block.generation() >= mix.memory().oldest(t) && block.generation() < t;
            }
            long end = block.first() + block.size();
            boolean fixed = end <= (t == 1 ? mix.initial() : mix.fixedReal().at(t));
            return fixed || t > 1 && block.first() >= fresh && end <= mix.realImagesUsed(t);
        }

        /** Probability that a point is in the training set. */
        private double probability(int b) {
            return (isReal(b) ? 1 : drawn / poolSize) * kept / gathered;
        }

        /** Probability that two points are. */
        private double probability(int b, int c) {
            double draws =
                    isReal(b) && isReal(c) ? 1 : isReal(b) || isReal(c) ? drawn / poolSize : pair(drawn, poolSize);
            return draws * pair(kept, gathered);
        }

        private static double pair(double taken, double of) {
            return of < 2 ? 0 : taken * (taken - 1) / (of * (of - 1));
        }

        /** Weight of one point that is in the training set; all weights sum to 1. */
        private double weight(int b) {
            double real = gathered - drawn;
            if (mix.weightReal() == null || real == 0 || drawn == 0) {
                return 1 / kept;
            }
            double share = mix.weightReal().of(real, drawn);
            return isReal(b) ? share / real : (1 - share) / drawn;
        }

        /** Expected total weight of a block that is there. */
        private double weightOf(int b) {
            return blocks.get(b).size() * probability(b) * weight(b);
        }

        /** Expected weighted mean of x². */
        private double meanSquare() {
            double sum = 0;
            for (int b : there) {
                sum += weightOf(b) * squares.get(b);
            }
            return sum;
        }

        /** E[μₜ·x] for a point x of block c that was there before generation t. */
        double meanTimesPointOf(int c) {
            double sum = 0;
            for (int b : there) {
                int others = blocks.get(b).size() - (b == c ? 1 : 0);
                double itself = b == c ? squares.get(b) : 0;
                sum += weight(b) * probability(b) * (others * product(b, c) + itself);
            }
            return sum;
        }

        double squaredMean() {
            double sum = 0;
            for (int b : there) {
                int size = blocks.get(b).size();
                double weight = weight(b);
                sum += size * weight * weight * probability(b) * squares.get(b);
                sum += size * (size - 1.0) * weight * weight * probability(b, b) * product(b, b);
                for (int c : there) {
                    if (c < b) {
                        double pairs = (double) size * blocks.get(c).size();
                        sum += 2 * pairs * weight * weight(c) * probability(b, c) * product(b, c);
                    }
                }
            }
            return sum;
        }

        /** E σ²ₜ. */
        double variance(double squaredMean) {
            return (meanSquare() - squaredMean) * correction();
        }

        /** 1/(1 − Σp²), which makes a weighted variance unbiased; 1 for the biased fit. */
        private double correction() {
            if (!unbiased) {
                return 1;
            }
            double sum = 0;
            for (int b : there) {
                sum += weightOf(b) * weight(b);
            }
            return 1 / (1 - sum);
        }
    }

    /** The same where each point is kept by chance, so that the weight of all, 1 over their number, is random as well. */
    private final class KeptMembership extends Membership {
        private final KeptCounts counts;

        KeptMembership(int t) {
            super(t);
            counts = KeptCounts.of(
                    Math.toIntExact(Math.round(gathered - drawn)), Math.toIntExact(Math.round(drawn)), kept);
        }

        /** By how many points the expectation over all of a kind is shared. */
        private double all(int b) {
            return isReal(b) ? gathered - drawn : poolSize;
        }

        private double share(KeptCounts.Expected expected, int b) {
            return isReal(b) ? expected.realShare() / all(b) : expected.syntheticShare() / all(b);
        }

        private double square(KeptCounts.Expected expected, int b) {
            return (isReal(b) ? expected.real() : expected.synthetic()) / all(b);
        }

        private double pair(KeptCounts.Expected expected, int b, int c) {
            if (isReal(b) != isReal(c)) {
                return expected.both() / all(b) / all(c);
            }
            double others = all(b) - 1;
            return others < 1 ? 0 : (isReal(b) ? expected.realPairs() : expected.syntheticPairs()) / all(b) / others;
        }

        @Override
        double meanTimesPointOf(int c) {
            double sum = 0;
            for (int b : there) {
                int others = blocks.get(b).size() - (b == c ? 1 : 0);
                double itself = b == c ? squares.get(b) : 0;
                sum += share(counts.plain(), b) * (others * product(b, c) + itself);
            }
            return sum;
        }

        @Override
        double squaredMean() {
            return squaredMean(counts.plain());
        }

        private double squaredMean(KeptCounts.Expected expected) {
            double sum = 0;
            for (int b : there) {
                double size = blocks.get(b).size();
                sum += size * square(expected, b) * squares.get(b);
                for (int c : there) {
                    if (c <= b) {
                        double pairs = b == c
                                ? size * (size - 1)
                                : 2 * size * blocks.get(c).size();
                        sum += pairs * pair(expected, b, c) * product(b, c);
                    }
                }
            }
            return sum;
        }

        @Override
        double variance(double squaredMean) {
            KeptCounts.Expected expected = unbiased ? counts.corrected() : counts.plain();
            double meanSquare = 0;
            for (int b : there) {
                meanSquare += blocks.get(b).size() * share(expected, b) * squares.get(b);
            }
            return meanSquare - squaredMean(expected);
        }
    }
}
