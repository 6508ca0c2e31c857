package org.autophage.remedy;

/** How far samples are from each other: Euclidean of points; of images the root mean square over pixels in [0, 1]. */
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

    static double between(double[] a, double[] b) {
        double squared = 0;
        for (int i = 0; i < a.length; i++) {
            squared += (a[i] - b[i]) * (a[i] - b[i]);
        }
        return Math.sqrt(squared);
    }
}
