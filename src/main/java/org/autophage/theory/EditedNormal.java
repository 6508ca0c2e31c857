package org.autophage.theory;

import java.util.Arrays;
import org.hipparchus.analysis.interpolation.SplineInterpolator;
import org.hipparchus.analysis.polynomials.PolynomialSplineFunction;

/**
 * Loops whose model is N(μ, v), fitted to n points with a division by n, and whose next points are real ones of N(0, 1) that it
 * edits: noise of deviation s is added, and a draw from N(μ, λv)'s posterior taken. With q = λv and w = q/(q + s²) these are n independent
 * draws of N((1 − w)μ, u), u = w²(1 + s²) + qs²/(q + s²), so that v goes to u χ²/n with n − 1 degrees of freedom and μ to (1 − w)μ plus noise
 * of variance u/n: a Markov chain, whose expectations are integrals, which are taken numerically over ln v.
 */
public final class EditedNormal {
    private static final double LOWEST = -20;
    private static final double HIGHEST = 5;
    private static final int CELLS = 800;
    private static final int NODES = 240;

    private final int points;
    private final double square;
    private final double bias;

    /** ln(χ²/n) and weights that add up to 1. */
    private final double[] logs = new double[NODES];

    private final double[] weights = new double[NODES];

    /**
     * @param points n, at least 2
     * @param noise s, above 0
     * @param bias λ
     */
    public EditedNormal(int points, double noise, double bias) {
        this.points = points;
        this.square = noise * noise;
        this.bias = bias;
        int degrees = points - 1;
        double spread = Math.sqrt(2.0 / degrees);
        double from = -Math.max(12 * spread, 80.0 / degrees); // e^(y·degrees/2) is the lower tail
        double to = 12 * spread;
        for (int i = 0; i < NODES; i++) {
            double y = from + i * (to - from) / (NODES - 1);
            weights[i] = Math.exp(degrees / 2.0 * (y + 1 - Math.exp(y))); // of ln(χ²/degrees), trapezoids
            logs[i] = y + Math.log(degrees / (double) points);
        }
        double sum = Arrays.stream(weights).sum();
        Arrays.setAll(weights, i -> weights[i] / sum);
    }

    /**
     * What is expected of a generation's model.
     *
     * @param variance E v
     * @param drift E μ²
     */
    public record Expected(double variance, double drift) {}

    /** Of generation t ≥ 1, whose first model is fitted to n real points. */
    public Expected at(int t) {
        double[] at = new double[CELLS + 1];
        Arrays.setAll(at, i -> LOWEST + i * (HIGHEST - LOWEST) / CELLS);
        // of a model N(m, v) now: E v after some generations, and E μ² = kept · m² + added
        double[] variance = Arrays.stream(at).map(Math::exp).toArray();
        double[] kept = new double[CELLS + 1];
        Arrays.fill(kept, 1);
        double[] added = new double[CELLS + 1];
        for (int step = 1; step < t; step++) {
            Table ofVariance = new Table(at, variance);
            Table ofKept = new Table(at, kept);
            Table ofAdded = new Table(at, added);
            for (int i = 0; i <= CELLS; i++) {
                double v = Math.exp(at[i]);
                double u = edited(v);
                double share = square / (bias * v + square);
                double keptLater = ofKept.mean(u);
                variance[i] = ofVariance.mean(u);
                kept[i] = share * share * keptLater;
                added[i] = keptLater * u / points + ofAdded.mean(u);
            }
        }
        return new Expected(
                new Table(at, variance).mean(1), new Table(at, kept).mean(1) / points + new Table(at, added).mean(1));
    }

    /** u: the variance of what a model of variance v makes of real points. */
    public double edited(double variance) {
        double q = bias * variance;
        double w = q / (q + square);
        return w * w * (1 + square) + q * square / (q + square);
    }

    /**
     * Where v stays with ever more points: the larger root of (q + s²)² = λ(q(1 + 2s²) + s⁴), over λ; 0 where there is none, which is so
     * from s² = λ/(2(1 − λ) + 2√(1 − λ)) on.
     */
    public static double limit(double noise, double bias) {
        double square = noise * noise;
        double half = (bias * (1 + 2 * square) - 2 * square) / 2;
        double under = half * half - square * square * (1 - bias);
        return half < 0 || under < 0 ? 0 : (half + Math.sqrt(under)) / bias;
    }

    /** A function of ln v by its values. */
    private final class Table {
        private final PolynomialSplineFunction spline;

        Table(double[] at, double[] values) {
            this.spline = new SplineInterpolator().interpolate(at, values);
        }

        /** Its expectation at u χ²/n. */
        double mean(double u) {
            double sum = 0;
            for (int i = 0; i < NODES; i++) {
                double x = Math.log(u) + logs[i];
                sum += weights[i] * spline.value(Math.max(LOWEST, Math.min(HIGHEST, x)));
            }
            return sum;
        }
    }
}
