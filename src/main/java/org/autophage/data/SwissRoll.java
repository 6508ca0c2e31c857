package org.autophage.data;

/**
 * A rolled-up sheet in space, as scikit-learn's make_swiss_roll: (t cos t, h, t sin t) with t uniform in [1.5π, 4.5π) and
 * h uniform in [0, 21), with normal noise of deviation .5 in all coordinates.
 */
record SwissRoll() implements PointLaw {
    private static final double HEIGHT = 21;
    private static final double NOISE = 0.5;

    @Override
    public int dimensions() {
        return 3;
    }

    @Override
    public void draw(CounterRandom random, double[] values, int at) {
        double angle = 1.5 * Math.PI * (1 + 2 * random.uniform());
        values[at] = angle * StrictMath.cos(angle) + NOISE * random.gaussian();
        values[at + 1] = HEIGHT * random.uniform() + NOISE * random.gaussian();
        values[at + 2] = angle * StrictMath.sin(angle) + NOISE * random.gaussian();
    }

    @Override
    public double[] mean() {
        return new double[] {2, HEIGHT / 2, 2 / (3 * Math.PI)};
    }

    /** By parts: E t² = 9.75π², E t² cos 2t = −½ and E t² sin 2t = 3π over the roll's angles. */
    @Override
    public double[] covariance() {
        double[] mean = mean();
        double halfSquare = 4.875 * Math.PI * Math.PI;
        double x = halfSquare - 0.25 - mean[0] * mean[0] + NOISE * NOISE;
        double y = HEIGHT * HEIGHT / 12 + NOISE * NOISE;
        double z = halfSquare + 0.25 - mean[2] * mean[2] + NOISE * NOISE;
        double both = 1.5 * Math.PI - mean[0] * mean[2];
        return new double[] {x, 0, both, 0, y, 0, both, 0, z};
    }
}
