package org.autophage.remedy;

import org.autophage.data.Density;
import org.autophage.data.PointLaw;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;

/** Logarithms of densities at samples, each replica's samples under its own replica's law. */
final class Densities {
    private Densities() {}

    /**
     * Of a model.
     *
     * @param samples of R replicas, N of each
     * @return (R, N), row-major
     * @throws org.autophage.base.AutophageException with USAGE if its points have no likelihood
     */
    static double[] of(GenerativeModel model, Samples samples) {
        Density density = model.density()
                .orElseThrow(() -> new IllegalStateException(model.getClass().getSimpleName() + " has no density"));
        int count = samples.count();
        double[] own = new double[samples.replicas() * count];
        for (int replica = 0; replica < samples.replicas(); replica++) {
            double[] all = density.logDensity(samples.replica(replica)); // of every replica's law
            System.arraycopy(all, replica * count, own, replica * count, count);
        }
        return own;
    }

    /** Of the law that real points are drawn from, which all replicas share; NaN where it has no formula. */
    static double[] of(PointLaw law, Points points) {
        double[] each = new double[points.replicas() * points.count()];
        for (int i = 0; i < each.length; i++) {
            each[i] = law.logDensity(points.values(), i * points.dimensions()).orElse(Double.NaN);
        }
        return each;
    }
}
