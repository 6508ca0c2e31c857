package org.autophage.metrics.neighbours;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Which samples are in whose nearest-neighbour ball: one value a sample, whose means are precision, recall, density and
 * coverage, and which {@link org.autophage.statistics.Bootstrap} can draw again.
 *
 * @param neighbours k
 * @param realBallsAroundFake how many real balls each generated sample is in
 * @param fakeBallHasReal whether each real sample is in a generated one's ball
 * @param realBallHasFake whether each real sample's ball holds a generated one
 * @param errors of recall and coverage, where they were asked for
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
public record BallMembers(
        int neighbours,
        int[] realBallsAroundFake,
        boolean[] fakeBallHasReal,
        boolean[] realBallHasFake,
        Optional<SamplingErrors> errors) {
    /**
     * How far shares vary, as a standard deviation and rather too much than too little, when the generated samples are others of
     * the same law; the real ones stay.
     */
    public record SamplingErrors(double recall, double coverage) {}

    /** Without errors. */
    BallMembers(int neighbours, int[] realBallsAroundFake, boolean[] fakeBallHasReal, boolean[] realBallHasFake) {
        this(neighbours, realBallsAroundFake, fakeBallHasReal, realBallHasFake, Optional.empty());
    }

    /** The same with errors. */
    BallMembers with(SamplingErrors found) {
        return new BallMembers(neighbours, realBallsAroundFake, fakeBallHasReal, realBallHasFake, Optional.of(found));
    }

    /** 1 for every generated sample in a real ball, 0 for the others; the mean is the precision. */
    public double[] precise() {
        return Arrays.stream(realBallsAroundFake)
                .mapToDouble(balls -> balls > 0 ? 1 : 0)
                .toArray();
    }

    /** 1 for every real sample in a generated ball, 0 for the others; the mean is the recall. */
    public double[] recalled() {
        return indicators(fakeBallHasReal);
    }

    /** Number of real balls around every generated sample, over k; the mean is the density. */
    public double[] densities() {
        return Arrays.stream(realBallsAroundFake)
                .mapToDouble(balls -> (double) balls / neighbours)
                .toArray();
    }

    /** 1 for every real sample with a generated one in its ball, 0 for the others; the mean is the coverage. */
    public double[] covered() {
        return indicators(realBallHasFake);
    }

    /** The four shares. */
    public PrecisionRecall.Result result() {
        int fakes = realBallsAroundFake.length;
        int reals = fakeBallHasReal.length;
        long balls = Arrays.stream(realBallsAroundFake).asLongStream().sum();
        return new PrecisionRecall.Result(
                Arrays.stream(precise()).sum() / fakes,
                Arrays.stream(recalled()).sum() / reals,
                balls / ((double) neighbours * fakes),
                Arrays.stream(covered()).sum() / reals);
    }

    private static double[] indicators(boolean[] truths) {
        return IntStream.range(0, truths.length)
                .mapToDouble(i -> truths[i] ? 1 : 0)
                .toArray();
    }
}
