package org.autophage.remedy;

import org.autophage.data.Samples;

/**
 * How far samples are from each other: Euclidean of points; of images the root mean square over pixels in [0, 1]; of sequences the share of
 * places at which not both have the same token.
 */
final class Distance {
    /** What a key of a spec in this unit has to say of it. */
    static final String UNIT = "Euclidean of points, the root mean square over pixels in [0, 1] of images";

    private Distance() {}

    /** Whether two vectors are nearer to each other than a distance; gives up as soon as they are not. */
    static boolean areNearer(double[] a, double[] b, double distance) {
        double left = distance * distance;
        for (int i = 0; i < a.length && left > 0; i++) {
            left -= (a[i] - b[i]) * (a[i] - b[i]);
        }
        return left > 0;
    }

    /** Of two samples at the same position of two sets. */
    static double between(Samples a, Samples b, int replica, int position) {
        if (a.tokens().isPresent()) {
            return between(
                    a.tokens().get().sequence(replica, position),
                    b.tokens().orElseThrow().sequence(replica, position));
        }
        return between(a.vector(replica, position), b.vector(replica, position));
    }

    private static double between(int[] a, int[] b) {
        int longer = Math.max(a.length, b.length);
        int same = 0;
        for (int i = 0; i < Math.min(a.length, b.length); i++) {
            same += a[i] == b[i] ? 1 : 0;
        }
        return longer == 0 ? 0 : 1 - same / (double) longer;
    }

    static double between(double[] a, double[] b) {
        double squared = 0;
        for (int i = 0; i < a.length; i++) {
            squared += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(squared);
    }
}
