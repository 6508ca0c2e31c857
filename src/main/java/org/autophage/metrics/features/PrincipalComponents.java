package org.autophage.metrics.features;

import java.util.List;
import org.autophage.program.Device;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.Tensor;
import org.autophage.program.Value;

/** The directions in which features vary most: eigenvectors of their covariance, float64. */
public final class PrincipalComponents implements AutoCloseable {
    /** Eigenvalues below this share of the largest are rounding. */
    private static final double ROUNDING = 1e-10;

    private final Device device;
    private final Program program;

    public PrincipalComponents(Device device) {
        this.device = device;
        Graph graph = new Graph("eigen");
        List<Value> eigen = Functional.symmetricEigen(graph.input("covariance", Graph.ANY, Graph.ANY));
        this.program =
                new Program(device, graph.returns(eigen.get(0), eigen.get(1).transpose(0, 1)));
    }

    /**
     * Directions, the one of the largest variance first.
     *
     * @param directions (k, width), row-major, of length 1, orthogonal; the largest coordinate of each is above 0
     * @param variances (k), of the features along each
     */
    @SuppressWarnings("ArrayRecordComponent") // compared nowhere; the arrays are the point
    public record Directions(int width, double[] directions, double[] variances) {
        /** How many there are, k. */
        public int count() {
            return variances.length;
        }

        /** How many, the first ones, have a share of the variance of all together. */
        public int having(double share) {
            double all = 0;
            for (double variance : variances) {
                all += variance;
            }
            double sum = 0;
            int count = 0;
            while (count < variances.length && sum < share * all) {
                sum += variances[count++];
            }
            return count;
        }

        /**
         * Features along the first directions.
         *
         * @param mean (width), their origin
         * @return (rows, count), row-major
         */
        public double[] coordinates(Features features, double[] mean, int count) {
            double[] coordinates = new double[Math.multiplyExact(features.count(), count)];
            for (int i = 0; i < coordinates.length; i++) {
                int row = i / count;
                int from = i % count * width;
                for (int column = 0; column < width; column++) {
                    coordinates[i] += (features.value(row, column) - mean[column]) * directions[from + column];
                }
            }
            return coordinates;
        }
    }

    /**
     * The directions in which something varies at all.
     *
     * @param covariance (width, width), row-major
     * @param most how many at most
     */
    public Directions of(double[] covariance, int width, int most) {
        double[] ascending;
        double[] vectors;
        try (Scope scope = device.newScope()) {
            List<Tensor> eigen =
                    device.withOneThread(() -> program.run(scope, "eigen", scope.doubles(covariance, width, width)));
            ascending = eigen.get(0).toDoubles();
            vectors = eigen.get(1).toDoubles();
        }
        double noise = ROUNDING * ascending[width - 1];
        int count = 0;
        while (count < Math.min(most, width) && ascending[width - 1 - count] > Math.max(0, noise)) {
            count++;
        }
        double[] directions = new double[count * width];
        double[] variances = new double[count];
        for (int k = 0; k < count; k++) {
            int row = (width - 1 - k) * width;
            double largest = 0;
            for (int i = 0; i < width; i++) {
                if (Math.abs(vectors[row + i]) > Math.abs(largest)) {
                    largest = vectors[row + i];
                }
            }
            for (int i = 0; i < width; i++) {
                directions[k * width + i] = Math.signum(largest) * vectors[row + i];
            }
            variances[k] = ascending[width - 1 - k];
        }
        return new Directions(width, directions, variances);
    }

    @Override
    public void close() {
        program.close();
    }
}
