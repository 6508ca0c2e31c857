package org.autophage.metrics.neighbours;

import java.util.Arrays;
import org.autophage.metrics.features.Features;

/**
 * Authenticity (Alaa et al., arXiv 2102.08921) as the AuthPct of Stein et al. (arXiv 2306.04675): a generated sample is
 * authentic if it is farther from its nearest training sample than that one is from its own nearest neighbour in the
 * training set. A model that copies falls towards 0; two sets from one distribution are not at 100, but at about 50 to 75.
 *
 * @param authentic one a generated sample
 */
@SuppressWarnings("ArrayRecordComponent") // compared nowhere; the array is the point
public record Authenticity(boolean[] authentic) {
    /**
     * Judges generated samples.
     *
     * @throws org.autophage.base.AutophageException (usage) if there are fewer than two training samples, or another
     *     number of features
     */
    public static Authenticity of(NeighbourSearch search, Features training, Features generated) {
        return of(search.within(training, 1), NearestTraining.of(search, generated, training));
    }

    /**
     * Judges generated samples whose neighbours are known.
     *
     * @param training the nearest other training sample of every training sample
     * @param nearest the nearest training sample of every generated one
     */
    public static Authenticity of(NearestNeighbours training, NearestTraining nearest) {
        double[] ownNearest = training.distancesTo(1);
        boolean[] authentic = new boolean[nearest.indices().length];
        for (int i = 0; i < authentic.length; i++) {
            authentic[i] = ownNearest[nearest.indices()[i]] < nearest.distances()[i];
        }
        return new Authenticity(authentic);
    }

    /** The share of authentic samples, in percent. */
    public double percent() {
        return 100 * Arrays.stream(indicators()).average().orElseThrow();
    }

    /** 1 for every authentic sample, 0 for the others, for {@link org.autophage.statistics.Bootstrap}. */
    public double[] indicators() {
        double[] indicators = new double[authentic.length];
        Arrays.setAll(indicators, i -> authentic[i] ? 1 : 0);
        return indicators;
    }
}
