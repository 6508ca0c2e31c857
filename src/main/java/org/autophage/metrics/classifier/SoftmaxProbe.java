package org.autophage.metrics.classifier;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import org.autophage.base.Interruptible;
import org.autophage.metrics.features.ColumnScales;
import org.autophage.metrics.features.Features;

/**
 * Softmax regression of classes on features: a linear map of standardized features and a bias a class, the most probable one under a
 * Gaussian prior on the map. The problem is convex; it is solved by limited-memory BFGS (Nocedal and Wright, Numerical
 * Optimization, 2006, algorithms 7.4 and 7.5) from 0, so that the same data give the same probe.
 */
public final class SoftmaxProbe {
    /** Half the inverse variance of the prior, for a mean of losses: small beside what data say. */
    private static final double WEAK = 1e-5;

    private static final double TOLERANCE = 1e-6;
    private static final int MOST_STEPS = 500;
    private static final int HISTORY = 10;
    private static final double SUFFICIENT = 1e-4;

    private final int classes;
    private final ColumnScales scales;
    /** Row-major (width + 1, classes), biases last. */
    private final double[] weights;

    private SoftmaxProbe(int classes, ColumnScales scales, double[] weights) {
        this.classes = classes;
        this.scales = scales;
        this.weights = weights;
    }

    /**
     * Fits a probe.
     *
     * @param features at least one row
     * @param labels the class of each row, in [0, classes)
     */
    public static SoftmaxProbe fit(Features features, int[] labels, int classes) {
        return fit(features, labels, classes, WEAK);
    }

    /**
     * The same with another prior.
     *
     * @param penalty half the inverse variance of the prior, over the number of rows: the mean loss grows by so much times the sum of
     *     squared weights of standardized features
     */
    static SoftmaxProbe fit(Features features, int[] labels, int classes, double penalty) {
        SoftmaxProbe zero =
                new SoftmaxProbe(classes, ColumnScales.of(features), new double[(features.width() + 1) * classes]);
        return new Fit(zero, features, labels, penalty).solved();
    }

    private SoftmaxProbe with(double[] other) {
        return new SoftmaxProbe(classes, scales, other);
    }

    /** The logarithm of each class's odds, up to a constant, for one row. */
    private void logits(double[] standardized, double[] into) {
        int width = scales.width();
        System.arraycopy(weights, width * classes, into, 0, classes);
        for (int column = 0; column < width; column++) {
            double x = standardized[column];
            if (x != 0) {
                for (int c = 0; c < classes; c++) {
                    into[c] += x * weights[column * classes + c];
                }
            }
        }
    }

    /** Turns logits into probabilities; returns the logarithm of the sum of their exponentials. */
    private static double softmax(double[] logits) {
        double largest = Double.NEGATIVE_INFINITY;
        for (double each : logits) {
            largest = Math.max(largest, each);
        }
        double sum = 0;
        for (int c = 0; c < logits.length; c++) {
            logits[c] = Math.exp(logits[c] - largest);
            sum += logits[c];
        }
        for (int c = 0; c < logits.length; c++) {
            logits[c] /= sum;
        }
        return largest + Math.log(sum);
    }

    /**
     * The logarithm of the odds of a class against all others, for each row: it orders as the probability does, and does not round
     * to it where that is near 1.
     *
     * @param asked the class that is asked about, of each row
     */
    public double[] logOdds(Features features, int[] asked) {
        double[] odds = new double[features.count()];
        double[] row = new double[features.width()];
        double[] logits = new double[classes];
        double[] others = new double[classes - 1];
        for (int i = 0; i < odds.length; i++) {
            scales.standardize(features, i, row);
            logits(row, logits);
            for (int c = 0, at = 0; c < classes; c++) {
                if (c != asked[i]) {
                    others[at++] = logits[c];
                }
            }
            odds[i] = logits[asked[i]] - softmax(others);
        }
        return odds;
    }

    /** Share of the rows whose class is the most probable one. */
    public double accuracy(Features features, int[] labels) {
        int right = 0;
        double[] row = new double[features.width()];
        double[] logits = new double[classes];
        for (int i = 0; i < labels.length; i++) {
            scales.standardize(features, i, row);
            logits(row, logits);
            int best = 0;
            for (int c = 1; c < classes; c++) {
                best = logits[c] > logits[best] ? c : best;
            }
            right += best == labels[i] ? 1 : 0;
        }
        return right / (double) labels.length;
    }

    /** One problem on its way to its solution. */
    private static final class Fit {
        private final Features features;
        private final int[] labels;
        private final double penalty;
        private SoftmaxProbe probe;
        private double loss;
        private double[] gradient;

        Fit(SoftmaxProbe start, Features features, int[] labels, double penalty) {
            this.features = features;
            this.labels = labels;
            this.penalty = penalty;
            this.probe = start;
            this.gradient = new double[start.weights.length];
            this.loss = loss(start, gradient);
        }

        /** The mean loss with its penalty, and its gradient. */
        private double loss(SoftmaxProbe at, double[] into) {
            int classes = at.classes;
            int width = at.scales.width();
            double sum = 0;
            double[] row = new double[width];
            double[] logits = new double[classes];
            for (int i = 0; i < features.count(); i++) {
                if (i % 256 == 0) {
                    Interruptible.proceed();
                }
                at.scales.standardize(features, i, row);
                at.logits(row, logits);
                double own = logits[labels[i]];
                sum += softmax(logits) - own;
                logits[labels[i]] -= 1;
                for (int column = 0; column < width; column++) {
                    double x = row[column];
                    if (x != 0) {
                        for (int c = 0; c < classes; c++) {
                            into[column * classes + c] += x * logits[c];
                        }
                    }
                }
                for (int c = 0; c < classes; c++) {
                    into[width * classes + c] += logits[c];
                }
            }
            double squares = 0;
            for (int k = 0; k < into.length; k++) {
                into[k] = into[k] / features.count() + 2 * penalty * at.weights[k];
                squares += at.weights[k] * at.weights[k];
            }
            return sum / features.count() + penalty * squares;
        }

        SoftmaxProbe solved() {
            Deque<double[][]> history = new ArrayDeque<>();
            for (int step = 0; step < MOST_STEPS && norm(gradient) > TOLERANCE; step++) {
                double[] direction = direction(history);
                double slope = dot(direction, gradient);
                double[] before = gradient;
                double[] from = probe.weights;
                if (!moved(direction, slope, history.isEmpty() ? 1 / Math.max(1, norm(gradient)) : 1)) {
                    break; // the loss is flat to the last digit
                }
                double[] change = difference(probe.weights, from);
                double[] bend = difference(gradient, before);
                if (dot(change, bend) > 0) {
                    history.addLast(new double[][] {change, bend});
                    if (history.size() > HISTORY) {
                        history.removeFirst();
                    }
                }
            }
            return probe;
        }

        /** Halves a step until the loss falls as it should. */
        private boolean moved(double[] direction, double slope, double first) {
            double length = first;
            for (int tries = 0; tries < 50; tries++) {
                double[] weights = probe.weights.clone();
                for (int k = 0; k < weights.length; k++) {
                    weights[k] += length * direction[k];
                }
                SoftmaxProbe next = probe.with(weights);
                double[] nextGradient = new double[weights.length];
                double nextLoss = loss(next, nextGradient);
                if (nextLoss <= loss + SUFFICIENT * length * slope) {
                    boolean falls = nextLoss < loss;
                    probe = next;
                    loss = nextLoss;
                    gradient = nextGradient;
                    return falls;
                }
                length /= 2;
            }
            return false;
        }

        /** Where to go: minus the gradient times the inverse of what is known of the Hessian. */
        private double[] direction(Deque<double[][]> history) {
            double[] direction = new double[gradient.length];
            for (int k = 0; k < direction.length; k++) {
                direction[k] = -gradient[k];
            }
            double[] factors = new double[history.size()];
            int at = history.size();
            for (Iterator<double[][]> newest = history.descendingIterator(); newest.hasNext(); ) {
                double[][] pair = newest.next();
                at--;
                factors[at] = dot(pair[0], direction) / dot(pair[0], pair[1]);
                add(direction, -factors[at], pair[1]);
            }
            if (!history.isEmpty()) {
                double[][] last = history.getLast();
                double ratio = dot(last[0], last[1]) / dot(last[1], last[1]);
                for (int k = 0; k < direction.length; k++) {
                    direction[k] *= ratio;
                }
            }
            for (double[][] pair : history) {
                double factor = dot(pair[1], direction) / dot(pair[0], pair[1]);
                add(direction, factors[at++] - factor, pair[0]);
            }
            return direction;
        }

        private static double dot(double[] a, double[] b) {
            double sum = 0;
            for (int k = 0; k < a.length; k++) {
                sum += a[k] * b[k];
            }
            return sum;
        }

        private static double norm(double[] a) {
            return Math.sqrt(dot(a, a));
        }

        private static void add(double[] to, double factor, double[] what) {
            for (int k = 0; k < to.length; k++) {
                to[k] += factor * what[k];
            }
        }

        private static double[] difference(double[] a, double[] b) {
            double[] difference = a.clone();
            add(difference, -1, b);
            return difference;
        }
    }
}
