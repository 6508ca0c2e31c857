package org.autophage.remedy;

import java.util.Arrays;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.Samples;

/** How far samples are from each other: Euclidean of points; of images the root mean square over pixels in [0, 1]. */
final class Distance {
    /** What a key of a spec in this unit has to say of it. */
    static final String UNIT = "Euclidean of points, the root mean square over pixels in [0, 1] of images";

    private Distance() {}

    /** One sample as a vector in which distances are Euclidean. */
    static double[] vector(Samples samples, int replica, int position) {
        if (samples instanceof Points points) {
            int from = (replica * points.count() + position) * points.dimensions();
            return Arrays.copyOfRange(points.values(), from, from + points.dimensions());
        }
        byte[] pixels = ((Images) samples).pixels(position);
        double unit = 1 / (255 * Math.sqrt(pixels.length));
        double[] vector = new double[pixels.length];
        Arrays.setAll(vector, i -> unit * (pixels[i] & 0xff));
        return vector;
    }

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
