package org.autophage.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.autophage.base.AutophageException;
import org.autophage.measure.Measures;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RecordLinesTest {
    private static final String LINE =
            """
            {"generation":1,"seed":0,"loop":"fully-synthetic","bias":1.0,"features":"pixels","recall":0.5,\
            "byFeatures":{"lenet":{"features":"lenet@6090","featuresAccuracy":0.98,"recall":0.25}}}""";

    @Test
    void numbersOnFurtherFeaturesAreReadWithWhatTheyRestOn() {
        Measures measures = RecordLines.record(LINE, "here", 0, 1).measures();
        assertThat(measures.furtherFeatures()).containsOnly(java.util.Map.entry("lenet", "lenet@6090"));
        assertThat(measures.values())
                .containsEntry("recall", 0.5)
                .containsEntry("byFeatures.lenet.recall", 0.25)
                .containsEntry("byFeatures.lenet.featuresAccuracy", 0.98);
        Metric recall = Metrics.of("byFeatures.lenet.recall");
        assertThat(recall.label()).isEqualTo("Recall, lenet");
        assertThat(recall.scale()).isEqualTo(Metrics.RECALL.scale());
        assertThat(Metrics.isAccuracy(recall)).isFalse();
        assertThat(Metrics.isAccuracy(Metrics.of("byFeatures.lenet.featuresAccuracy")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    "features":"lenet@6090" | "features":3          | byFeatures.lenet.features is 3
                    "recall":0.25           | "recall":"high"       | byFeatures.lenet.recall is "high"
                    "recall":0.5            | "recall":1e999        | recall is
                    """)
    void valuesOfOtherTypesAreRefused(String value, String other, String message) {
        assertThatThrownBy(() -> RecordLines.record(LINE.replace(value, other), "here", 0, 1))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message);
    }
}
