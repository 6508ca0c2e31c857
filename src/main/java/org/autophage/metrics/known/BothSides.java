package org.autophage.metrics.known;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.autophage.measure.Metric;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;

/** Figures of one set alone, of the real and of the generated one. */
final class BothSides {
    private BothSides() {}

    /**
     * Both figures, or a note why there are none.
     *
     * @param metrics of the real samples, of the generated ones
     * @param figure of a set; empty where it has none
     * @param none why a set has none
     */
    static Findings of(
            MeasuredPair pair,
            List<Metric> metrics,
            Function<MeasuredSet, Optional<Double>> figure,
            String convention,
            Function<MeasuredSet, String> none) {
        Optional<Double> reals = figure.apply(pair.real());
        Optional<Double> fakes = figure.apply(pair.fake());
        if (reals.isEmpty() || fakes.isEmpty()) {
            return Findings.builder()
                    .note(none.apply(reals.isEmpty() ? pair.real() : pair.fake()))
                    .build();
        }
        return Findings.builder()
                .add(Finding.of(metrics.get(0), reals.get(), convention))
                .add(Finding.of(metrics.get(1), fakes.get(), convention))
                .build();
    }
}
