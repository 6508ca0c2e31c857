package org.autophage.metrics.known;

import java.util.List;
import java.util.Locale;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Collisions;
import org.autophage.metrics.neighbours.NeighbourSearch;

/**
 * How many samples are nearly the same, beside as many real ones, and the size of the support that this speaks for: see
 * {@link Collisions}. Copies of training samples are another matter, {@link Copying}'s.
 */
final class SupportSizes implements SampleMetric {
    @Override
    public String name() {
        return "support";
    }

    @Override
    public List<Metric> gives() {
        return List.of(
                Metrics.DUPLICATE_PAIRS_OF_REAL,
                Metrics.DUPLICATE_PAIRS,
                Metrics.SUPPORT_SIZE_OF_REAL,
                Metrics.SUPPORT_SIZE,
                Metrics.SUPPORT_AT_LEAST);
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        int count = Math.min(pair.real().count(), pair.fake().count());
        if (count < 2) {
            return Findings.NONE;
        }
        NeighbourSearch search = pair.instruments().search();
        Features real = EqualNumbers.of(pair.real().features(), count);
        double distance = Collisions.distance(search.within(real, 1));
        Collisions reals = Collisions.of(search, real, distance);
        Collisions fakes = Collisions.of(search, EqualNumbers.of(pair.fake().features(), count), distance);
        String near = String.format(Locale.ROOT, "of %d, nearer than %.4g or the same", count, distance);
        String estimate = "s(s - 1)/(2 pairs), s = %d".formatted(count);
        Findings.Builder findings = Findings.builder()
                .add(Finding.of(Metrics.DUPLICATE_PAIRS_OF_REAL, reals.pairs(), near))
                .add(Finding.of(Metrics.DUPLICATE_PAIRS, fakes.pairs(), near));
        reals.support().ifPresent(size -> findings.add(Finding.of(Metrics.SUPPORT_SIZE_OF_REAL, size, estimate)));
        fakes.support()
                .ifPresentOrElse(
                        size -> findings.add(Finding.of(Metrics.SUPPORT_SIZE, size, estimate)),
                        () -> findings.note(
                                "no two of %d samples of %s are near-duplicates: of their support there is a lower bound only"
                                        .formatted(count, pair.fake().name())));
        return findings.add(Finding.of(Metrics.SUPPORT_AT_LEAST, fakes.atLeast(), "95% lower bound, Poisson"))
                .build();
    }
}
