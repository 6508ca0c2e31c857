package org.autophage.report.paper;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.autophage.measure.FactorTails;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.junit.jupiter.api.Test;

class TableRequestTest {
    private static final Metric RECALL_BY_LENET = Metrics.of("byFeatures.lenet.recall");
    private static final Metric RECALL_OF_TWO = Metrics.ofClass(Metrics.RECALL, "two");
    private static final Metric RECALL_OF_TWO_BY_LENET = Metrics.of("byFeatures.lenet." + RECALL_OF_TWO.key());
    private static final List<Metric> HELD = List.of(
            Metrics.RECALL,
            RECALL_BY_LENET,
            Metrics.CLASSIFIER_ACCURACY,
            Metrics.of("byFeatures.lenet.featuresAccuracy"),
            RECALL_OF_TWO,
            RECALL_OF_TWO_BY_LENET,
            FactorTails.share("width", "widest"),
            FactorTails.known("width"),
            Metrics.secondsOf("learner"));

    @Test
    void byDefaultColumnsAreOfTheWholeAndFiguresOfSamples() {
        assertThat(TableRequest.DEFAULTS.columns(HELD)).isEqualTo(HELD.subList(0, 4));
        assertThat(TableRequest.DEFAULTS.curves(HELD)).isEqualTo(HELD.subList(0, 2));
    }

    @Test
    void whatIsAskedForIsShownInItsOrder() {
        List<Metric> reversed = Stream.iterate(HELD.size() - 1, i -> i - 1)
                .limit(HELD.size())
                .map(HELD::get)
                .toList();
        TableRequest all = new TableRequest(reversed.stream().map(Metric::key).toList(), List.of(), "");
        assertThat(all.columns(HELD)).isEqualTo(reversed);
        assertThat(all.curves(HELD)).isEqualTo(reversed);
    }
}
