package org.autophage.metrics.points;

import java.util.List;
import org.autophage.data.PointLaw.Modes;
import org.autophage.data.Points;
import org.autophage.measure.Metrics;
import org.autophage.metrics.ReplicaMeans;

/**
 * Which modes of a law samples come from, as in VEEGAN (Srivastava et al., arXiv 1705.07761): a sample is of high quality
 * if its Euclidean distance from the nearest mode is at most three of the mode's standard deviations, and a mode is
 * captured if it is the nearest one of at least one sample of high quality. (In the plane 98.9% of a mode's own samples
 * are within three deviations.)
 */
public final class ModeCoverage {
    private static final double DEVIATIONS = 3;

    private final List<double[]> centres;
    private final double squaredReach;

    public ModeCoverage(Modes modes) {
        this.centres = modes.centres();
        double reach = DEVIATIONS * modes.deviation();
        this.squaredReach = reach * reach;
    }

    /** Adds {@code modesLost}, the number of modes that are not captured, and {@code highQualityShare} of the samples. */
    public void measure(Points samples, ReplicaMeans means) {
        double[] lost = new double[samples.replicas()];
        double[] share = new double[samples.replicas()];
        for (int replica = 0; replica < lost.length; replica++) {
            boolean[] captured = new boolean[centres.size()];
            lost[replica] = centres.size();
            for (int i = 0; i < samples.count(); i++) {
                int at = (replica * samples.count() + i) * samples.dimensions();
                int nearest = nearest(samples.values(), at);
                if (squaredDistance(samples.values(), at, centres.get(nearest)) <= squaredReach) {
                    share[replica] += 1.0 / samples.count();
                    if (!captured[nearest]) {
                        captured[nearest] = true;
                        lost[replica]--;
                    }
                }
            }
        }
        means.add(Metrics.MODES_LOST, lost);
        means.add(Metrics.HIGH_QUALITY_SHARE, share);
    }

    private int nearest(double[] values, int at) {
        int nearest = 0;
        for (int mode = 1; mode < centres.size(); mode++) {
            if (squaredDistance(values, at, centres.get(mode)) < squaredDistance(values, at, centres.get(nearest))) {
                nearest = mode;
            }
        }
        return nearest;
    }

    private static double squaredDistance(double[] values, int at, double[] centre) {
        double sum = 0;
        for (int i = 0; i < centre.length; i++) {
            double gap = values[at + i] - centre[i];
            sum += gap * gap;
        }
        return sum;
    }
}
