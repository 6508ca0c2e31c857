package org.autophage.model.density;

import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Origins;
import org.autophage.data.Points;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.measure.Composition;
import org.autophage.model.GenerativeModel;
import org.autophage.model.SamplingSpec;

/** Small sets of points to fit density models to. */
final class Clouds {
    static final Seeds SEEDS = new Seeds(0);
    static final Seeds.Stream DRAWS = SEEDS.stream(1, Phase.SAMPLE);

    /** The six points in the plane of which the tests have other programs' values. */
    static final Points SIX = plane(0, 0, 1, .5, 2, -1, .5, 2, -1, 1.5, 1.5, 1);

    private Clouds() {}

    static Points plane(double... coordinates) {
        return new Points(1, coordinates.length / 2, 2, coordinates);
    }

    /** The same points as several replicas. */
    static Points repeated(Points points, int replicas) {
        double[] values = new double[replicas * points.values().length];
        for (int i = 0; i < values.length; i++) {
            values[i] = points.values()[i % points.values().length];
        }
        return new Points(replicas, points.count(), points.dimensions(), values);
    }

    static TrainingSet training(Points points) {
        return training(points, Weights.EQUAL);
    }

    static TrainingSet training(Points points, Weights weights) {
        int count = points.count();
        Origins origins = new Origins(new int[count], LongStream.range(0, count).toArray());
        return new TrainingSet(points, origins, new Composition(count, 0, 0), weights);
    }

    /** Normal noise around centres that take turns, in the plane. */
    static Points around(int replicas, int count, double deviation, double... centres) {
        SplittableRandom random = new SplittableRandom(7);
        double[] values = new double[replicas * count * 2];
        for (int i = 0; i < values.length; i++) {
            int centre = i / 2 % (centres.length / 2);
            values[i] = centres[2 * centre + i % 2] + deviation * random.nextGaussian();
        }
        return new Points(replicas, count, 2, values);
    }

    /** Points that a model draws from one stream. */
    static Points drawn(GenerativeModel model, int count, double bias) {
        return (Points) model.sample(count, bias, DRAWS, Work.UNATTENDED);
    }

    static SamplingSpec sampling(int chunk) {
        return new SamplingSpec(1, null, null, chunk);
    }

    /** Mean of one coordinate over the points of all replicas. */
    static double mean(Points points, int coordinate) {
        double sum = 0;
        for (int i = coordinate; i < points.values().length; i += points.dimensions()) {
            sum += points.values()[i];
        }
        return sum * points.dimensions() / points.values().length;
    }

    /** Covariance, over N, of two coordinates over the points of all replicas. */
    static double covariance(Points points, int one, int other) {
        double sum = 0;
        double meanOfOne = mean(points, one);
        double meanOfOther = mean(points, other);
        for (int i = 0; i < points.values().length; i += points.dimensions()) {
            sum += (points.values()[i + one] - meanOfOne) * (points.values()[i + other] - meanOfOther);
        }
        return sum * points.dimensions() / points.values().length;
    }
}
