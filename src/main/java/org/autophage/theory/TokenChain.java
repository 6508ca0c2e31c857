package org.autophage.theory;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.hipparchus.distribution.discrete.BinomialDistribution;
import org.hipparchus.linear.ArrayRealVector;
import org.hipparchus.linear.LUDecomposition;
import org.hipparchus.linear.MatrixUtils;
import org.hipparchus.linear.RealMatrix;
import org.hipparchus.linear.RealVector;

/**
 * The count of one token in a loop that replaces all data by samples of the last model: a Markov chain on 0, …, n in which a model that
 * has counted c gives a count from Bin(n, g(c)). Exact for a categorical law of any number of tokens, whose counts have such chains each.
 */
public final class TokenChain {
    private final int n;
    private final double[][] transitions;

    /**
     * @param n tokens that every generation is fitted to
     * @param probability g: what a model that has counted c tokens gives the token; c/n of the most likely fit
     */
    public TokenChain(int n, IntToDoubleFunction probability) {
        this.n = n;
        this.transitions = IntStream.rangeClosed(0, n)
                .parallel()
                .mapToObj(c -> binomial(probability.applyAsDouble(c)))
                .toArray(double[][]::new);
    }

    /** Of the most likely fit. */
    public static TokenChain of(int n) {
        return new TokenChain(n, c -> (double) c / n);
    }

    /** Probabilities of 0, …, n under Bin(n, p). */
    private double[] binomial(double p) {
        BinomialDistribution law = new BinomialDistribution(n, p);
        return IntStream.rangeClosed(0, n).mapToDouble(law::probability).toArray();
    }

    /**
     * The expectation of a function of the count that generation t has learnt from.
     *
     * @param p probabilities of tokens under the real law, whose expectations are told one by one
     * @param generation t, counted from 1, which learns from real tokens
     */
    public double[] expectation(double[] p, int generation, IntToDoubleFunction function) {
        double[] value = new double[n + 1];
        Arrays.setAll(value, function::applyAsDouble);
        for (int step = 1; step < generation; step++) {
            value = before(value);
        }
        double[] first = value;
        return Arrays.stream(p).map(each -> product(binomial(each), first)).toArray();
    }

    private static double product(double[] law, double[] value) {
        double sum = 0;
        for (int i = 0; i < law.length; i++) {
            sum += law[i] * value[i];
        }
        return sum;
    }

    /** Probabilities that tokens are still there in generation t's fit. */
    public double[] survival(double[] p, int generation) {
        return expectation(p, generation, count -> count > 0 ? 1 : 0);
    }

    /** The same for generations 1, 2, … up to the last of so many. */
    public List<double[]> survivals(double[] p, int generations) {
        List<double[]> all = new ArrayList<>();
        double[] value = new double[n + 1];
        Arrays.fill(value, 1, n + 1, 1);
        double[][] first = Arrays.stream(p).mapToObj(this::binomial).toArray(double[][]::new);
        for (int t = 1; t <= generations; t++) {
            double[] now = value;
            all.add(Arrays.stream(first).mapToDouble(law -> product(law, now)).toArray());
            value = before(now);
        }
        return all;
    }

    /** What a function of the next count is on average, by the count before. */
    private double[] before(double[] value) {
        return Arrays.stream(transitions)
                .parallel()
                .mapToDouble(row -> product(row, value))
                .toArray();
    }

    /**
     * The mean generation whose fit is the first with one token alone, of two tokens.
     *
     * @param p real probability of one of them
     */
    public double meanFixation(double p) {
        int inner = n - 1; // counts 1, …, n − 1, at which both are there
        RealMatrix system = MatrixUtils.createRealIdentityMatrix(inner);
        for (int row = 0; row < inner; row++) {
            for (int column = 0; column < inner; column++) {
                system.addToEntry(row, column, -transitions[row + 1][column + 1]);
            }
        }
        RealVector after = new LUDecomposition(system).getSolver().solve(new ArrayRealVector(inner, 1));
        double[] first = binomial(p);
        double mean = 1;
        for (int row = 0; row < inner; row++) {
            mean += first[row + 1] * after.getEntry(row);
        }
        return mean;
    }
}
