package org.autophage.metrics.known;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.metrics.SampleMetric;

/**
 * All metrics of samples, in the order in which {@code evaluate} reports them. Runs record the standard ones, and those others
 * that {@code metrics.also} of their spec names.
 */
public final class KnownMetrics {
    /** What {@code evaluate} reports, as far as its sets have what each looks at; in runs only where a spec asks for it. */
    private static final List<SampleMetric> ASKED = List.of(
            new KernelDistances(),
            new VendiScores(),
            new AuthenticSamples(),
            new Copying(),
            new Entropies(),
            new NearestOfBoth(),
            new ClassShares());

    private static final SampleMetric BALLS = new Balls();

    /** What every run of images records, before those that were asked for. */
    private static final List<SampleMetric> STANDARD =
            List.of(new FrechetDistances(), BALLS, new JudgedClasses(), new LatentCodes());

    private KnownMetrics() {}

    /** What every run of images records. */
    public static List<SampleMetric> standard() {
        return STANDARD;
    }

    /** Of samples on their coordinates, what every run of points records. */
    public static List<SampleMetric> ofPoints() {
        return List.of(BALLS);
    }

    /** What {@code evaluate} reports. */
    public static List<SampleMetric> all() {
        return Stream.concat(STANDARD.stream(), ASKED.stream()).toList();
    }

    /** The names that a spec can ask for. */
    public static List<String> names() {
        return ASKED.stream().map(SampleMetric::name).toList();
    }

    /** Those of names, in the list's order. */
    public static List<SampleMetric> of(Collection<String> names) {
        return ASKED.stream().filter(metric -> names.contains(metric.name())).toList();
    }
}
