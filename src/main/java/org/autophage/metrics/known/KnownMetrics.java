package org.autophage.metrics.known;

import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.base.NearestKey;
import org.autophage.base.WrongValue;
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

    /** What takes long: in runs and in {@code evaluate} only where it is asked for by its name. */
    private static final List<SampleMetric> ON_REQUEST = List.of(
            new FeatureVariances(),
            new Tails(),
            new HallucinatedSamples(),
            new TwoSampleTest(),
            new Anomalies(),
            new SupportSizes(),
            new EffectiveRanks(),
            new ClassQuality(),
            new DownstreamLearner(),
            new AttackedLearner(),
            new ProbedEncoders(),
            new DriftOrCollapse(),
            new MauveLike(),
            new LostFactors());

    private static final SampleMetric FRECHET = new FrechetDistances();

    private static final SampleMetric BALLS = new Balls();

    /** What every run of images records, before those that were asked for. */
    private static final List<SampleMetric> STANDARD = List.of(FRECHET, BALLS, new JudgedClasses(), new LatentCodes());

    private KnownMetrics() {}

    /** What every run of images records. */
    public static List<SampleMetric> standard() {
        return STANDARD;
    }

    /** Of samples on their coordinates, what every run of points records. */
    public static List<SampleMetric> ofPoints() {
        return List.of(BALLS);
    }

    /** Of sequences of tokens on their features, what every run of sequences that has samples records. */
    public static List<SampleMetric> ofTokens() {
        return List.of(FRECHET, BALLS);
    }

    /** What {@code evaluate} reports without being asked. */
    public static List<SampleMetric> all() {
        return Stream.concat(STANDARD.stream(), ASKED.stream()).toList();
    }

    /** The names that a spec can ask for. */
    public static List<String> names() {
        return asked().map(SampleMetric::name).toList();
    }

    /** The names of those that {@code evaluate} reports only where it is asked for them. */
    public static List<String> namesOnRequest() {
        return ON_REQUEST.stream().map(SampleMetric::name).toList();
    }

    /**
     * Refuses a name that none of those has.
     *
     * @param place where the name was given
     * @throws WrongValue that knows the place
     */
    public static void check(String place, String name) {
        if (!names().contains(name)) {
            throw new WrongValue(
                    place,
                    "has '%s': must be some of %s; the nearest is %s"
                            .formatted(name, String.join(", ", names()), NearestKey.to(name, names())));
        }
    }

    /** Those of names, in the list's order, each with the seconds that it takes. */
    public static List<SampleMetric> of(Collection<String> names) {
        return asked().filter(metric -> names.contains(metric.name()))
                .<SampleMetric>map(TimedMetric::new)
                .toList();
    }

    private static Stream<SampleMetric> asked() {
        return Stream.concat(ASKED.stream(), ON_REQUEST.stream());
    }
}
