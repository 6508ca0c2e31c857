package org.autophage.metrics.neighbours;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.metrics.features.Features;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * Precision and recall (Kynkäänniemi et al., arXiv 1904.06991), density and coverage (Naeem et al., arXiv 2002.09797) of
 * generated against real features, from k-nearest-neighbour balls.
 *
 * <p>Fast matrix products only rule out what is certainly outside and settle what is certainly inside; every pair near
 * the edge of a ball is measured in float64 from differences, so that ties are ties and counts are exact. Memory is
 * bounded whatever the number of samples.
 */
public final class PrecisionRecall implements AutoCloseable {
    /** Square roots and squares of float64 numbers move a comparison by less. */
    private static final double EDGE = 0x1p-50;

    private final int neighbours;
    private final Ball ball;
    private final NeighbourSearch search;

    /**
     * @param neighbours k, at least 1
     * @param ball whether a point on the edge of a ball is inside
     */
    public PrecisionRecall(Device device, int neighbours, Ball ball) {
        this(device, neighbours, ball, PairFinder.TILE_ROWS);
    }

    PrecisionRecall(Device device, int neighbours, Ball ball, int tileRows) {
        this.neighbours = neighbours;
        this.ball = ball;
        this.search = new NeighbourSearch(device, tileRows);
    }

    /**
     * What the balls say of generated samples.
     *
     * @param precision share of generated samples inside a ball of a real one
     * @param recall share of real samples inside a ball of a generated one
     * @param density mean number of real balls that a generated sample is in, over k; 1 for equal distributions
     * @param coverage share of real samples with a generated one in their ball
     */
    public record Result(double precision, double recall, double density, double coverage) {}

    /**
     * Finds the radii of a set's balls.
     *
     * @throws AutophageException (usage) if there are fewer than k + 1 samples
     */
    public Neighbourhoods neighbourhoods(Features features) {
        double[] radii = search.within(features, neighbours).distancesTo(neighbours);
        return new Neighbourhoods(features, radii, neighbours, null);
    }

    /**
     * The same of generated samples, such that {@link BallMembers} have sampling errors; without these where there are but k + 1
     * samples.
     */
    public Neighbourhoods neighbourhoodsForErrors(Features features) {
        if (features.count() < neighbours + 2) {
            return neighbourhoods(features);
        }
        NearestNeighbours oneMore = search.within(features, neighbours + 1);
        return new Neighbourhoods(features, oneMore.distancesTo(neighbours), neighbours, oneMore);
    }

    /**
     * Compares generated with real samples.
     *
     * @throws AutophageException (usage) if the two do not have the same number of features
     */
    public Result between(Neighbourhoods real, Neighbourhoods fake) {
        return members(real, fake).result();
    }

    /**
     * Who is in whose ball.
     *
     * @throws AutophageException (usage) if the two do not have the same number of features
     */
    public BallMembers members(Neighbourhoods real, Neighbourhoods fake) {
        if (real.neighbours() != neighbours || fake.neighbours() != neighbours) {
            throw new IllegalArgumentException("balls of %d and %d neighbours where %d are meant"
                    .formatted(real.neighbours(), fake.neighbours(), neighbours));
        }
        BallMembers members = new BallMembers(
                neighbours,
                new int[fake.radii().length],
                new boolean[real.radii().length],
                new boolean[real.radii().length]);
        NearestNeighbours oneMore = fake.oneMore();
        LeavingOut leavingOut = oneMore == null ? null : new LeavingOut(real.radii().length, neighbours, oneMore);
        double[] grown = oneMore == null ? fake.radii() : oneMore.distancesTo(neighbours + 1);
        double[] realLimits = limits(real.radii());
        double[] fakeLimits = limits(grown);
        try (PairSearch pairSearch = search.finder().open(real.features(), fake.features())) {
            for (int i = 0; i < pairSearch.rowTiles(); i++) {
                try (PairSearch.RowTile tile = pairSearch.open(i)) {
                    for (int j = 0; j < pairSearch.columnTiles(); j++) {
                        try (PairSearch.TilePair pair = tile.across(j)) {
                            count(
                                    pair.near(realLimits, fakeLimits),
                                    real.radii(),
                                    fake.radii(),
                                    grown,
                                    members,
                                    leavingOut);
                        }
                    }
                }
            }
        }
        return leavingOut == null
                ? members
                : members.with(new BallMembers.SamplingErrors(leavingOut.recallError(), leavingOut.coverageError()));
    }

    /** Squared distances above these are outside; a negative one where everything is. */
    private double[] limits(double[] radii) {
        return Arrays.stream(radii)
                .map(radius ->
                        radius == 0 && ball == Ball.STRICT ? Double.NEGATIVE_INFINITY : radius * radius * (1 + EDGE))
                .toArray();
    }

    private void count(
            Pairs pairs,
            double[] realRadii,
            double[] fakeRadii,
            double[] grown,
            BallMembers members,
            @Nullable LeavingOut leavingOut) {
        int[] near = IntStream.range(0, pairs.count())
                .filter(i -> isNear(pairs, i, realRadii[pairs.rows()[i]])
                        || isNear(pairs, i, fakeRadii[pairs.columns()[i]])
                        || leavingOut != null && isNear(pairs, i, grown[pairs.columns()[i]]))
                .toArray();
        double[] measured = pairs.squaredDistances(near);
        for (int i = 0, next = 0; i < pairs.count(); i++) {
            double distance = Math.sqrt(pairs.upper()[i]);
            if (next < near.length && near[next] == i) {
                distance = Math.sqrt(measured[next++]);
            }
            int real = pairs.rows()[i];
            int fake = pairs.columns()[i];
            boolean inRealBall = ball.holds(distance, realRadii[real]);
            boolean inFakeBall = ball.holds(distance, fakeRadii[fake]);
            if (inRealBall) {
                members.realBallsAroundFake()[fake]++;
                members.realBallHasFake()[real] = true;
            }
            if (inFakeBall) {
                members.fakeBallHasReal()[real] = true;
            }
            if (leavingOut != null) {
                tell(leavingOut, fake, real, inRealBall, inFakeBall, ball.holds(distance, grown[fake]));
            }
        }
    }

    private static void tell(
            LeavingOut leavingOut, int fake, int real, boolean inRealBall, boolean inFakeBall, boolean inGrownBall) {
        if (inRealBall) {
            leavingOut.isInside(fake, real);
        }
        if (inFakeBall) {
            leavingOut.holds(fake, real);
        } else if (inGrownBall) {
            leavingOut.wouldHold(fake, real);
        }
    }

    /** Whether the bounds leave it open on which side of the edge a pair is. */
    private static boolean isNear(Pairs pairs, int pair, double radius) {
        double edge = radius * radius;
        return pairs.lower()[pair] <= edge * (1 + EDGE) && pairs.upper()[pair] >= edge * (1 - EDGE);
    }

    @Override
    public void close() {
        search.close();
    }
}
