package org.autophage.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

class MeasuresTest {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Lines of runs of this version, of older ones, and with names that no version has yet. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"features\":\"points\",\"replicas\":40,\"variance\":0.98,\"logVariance\":-2.7E-5,"
                        + "\"standardError\":{\"variance\":0.017,\"effectiveSamples\":4},"
                        + "\"expected\":{\"squaredWasserstein\":0.1,\"variance\":0.9999999999999999},"
                        + "\"effectiveSamples\":57.77678525067487,\"trainSeconds\":0.019}",
                "{\"features\":\"lenet@0\",\"samples\":60,\"vendiScore\":{\"real\":2,\"fake\":3.5},\"recall\":1,"
                        + "\"classifier\":\"judge@1\",\"sampleLabels\":\"as-data\",\"entropy\":{\"fake\":-1.0}}",
                "{\"recall\":0.5,\"samplingError\":{\"recall\":0.0061},\"standardError\":{\"variance\":0.1}}",
                "{\"spectralGap\":{\"a\":{\"b\":1,\"c\":2.0},\"d\":3000000000},\"expected\":{}}",
                "{}"
            })
    void whatIsReadIsWrittenAgainDigitByDigit(String json) {
        Measures read = Measures.read(JSON.readTree(json), Set.of());
        assertThat(JSON.writeValueAsString(read.toMap())).isEqualTo(json);
        assertThat(read).isEqualTo(Measures.read(JSON.readTree(json), Set.of()));
        assertThat(read.inWords(words -> words)).isEqualTo(read);
    }

    @Test
    void numbersHaveTheirErrorsAndExpectations() {
        Measures read = Measures.read(
                JSON.readTree(
                        """
                        {"features":"points","replicas":40,"samples":60,"variance":0.9,"vendiScore":{"fake":3.5},
                         "standardError":{"variance":0.02},"expected":{"variance":1}}"""),
                Set.of());
        assertThat(read.numbers())
                .containsOnlyKeys("variance", "vendiScore.fake")
                .containsEntry("variance", new Measure(0.9, 0.02, 40));
        assertThat(read.numbers().get("vendiScore.fake")).satisfies(vendi -> {
            assertThat(vendi.value()).isEqualTo(3.5);
            assertThat(vendi.hasInterval()).isFalse();
        });
        assertThat(read.expected()).containsOnlyKeys("variance").containsEntry("variance", 1.0);
        assertThat(read.text(Basis.FEATURES)).contains("points");
        assertThat(read.count(Basis.SAMPLES)).hasValue(60);
        assertThat(read.replicas()).isEqualTo(40);
    }

    @Test
    void samplingErrorsAreNoStandardErrorsOfMeans() {
        Measures told = Measures.builder()
                .add(Metrics.RECALL, .5)
                .addSamplingError(Metrics.RECALL, .006)
                .build();
        assertThat(told.samplingError(Metrics.RECALL)).hasValue(.006);
        assertThat(told.samplingError(Metrics.COVERAGE)).isEmpty();
        assertThat(told.standardError(Metrics.RECALL)).isEmpty();
        assertThat(told.numbers()).containsEntry("recall", Measure.of(.5));
        assertThat(told.values()).containsOnlyKeys("recall");
        Measures further = Measures.builder().addAll(told.ofFeatures("pixels")).build();
        assertThat(JSON.writeValueAsString(further.toMap()))
                .isEqualTo("{\"byFeatures\":{\"pixels\":{\"recall\":0.5}},"
                        + "\"samplingError\":{\"byFeatures\":{\"pixels\":{\"recall\":0.006}}}}");
    }

    /** As an expectation does it: nobody's standard errors are lost. */
    @Test
    void whatIsAddedLaterStandsLaterAndItsErrorsGoToTheOthers() {
        Measures measured = Measures.builder()
                .add(Metrics.SQUARED_WASSERSTEIN, 12.5, 0.1)
                .add(Metrics.VARIANCE, 0.9, 0.2)
                .build();
        Measures theory = Measures.builder()
                .addAll(Measures.builder().expect(Metrics.VARIANCE, 1).build())
                .add(Metrics.EFFECTIVE_SAMPLES, 225, 1.66)
                .build();
        Measures both = Measures.builder().addAll(measured).addAll(theory).build();
        assertThat(JSON.writeValueAsString(both.toMap()))
                .isEqualTo(
                        "{\"squaredWasserstein\":12.5,\"variance\":0.9,\"standardError\":{\"squaredWasserstein\":0.1,"
                                + "\"variance\":0.2,\"effectiveSamples\":1.66},\"expected\":{\"variance\":1.0},\"effectiveSamples\":225}");
    }

    @Test
    void nothingIsToldTwice() {
        Measures recall = Measures.builder().add(Metrics.RECALL, 0.5).build();
        Measures.Builder again = Measures.builder().addAll(recall);
        assertThatThrownBy(() -> again.addAll(recall))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("recall is told twice");
    }

    @Test
    void costsAreLeftOutOfWhatIsCompared() {
        Measures measured = Measures.builder()
                .add(Metrics.RECALL, .5, .1)
                .add(Metrics.secondsOf("entropy"), 2, .3)
                .add(Metrics.GPU_PERCENT, 90)
                .build();
        Measures alike = Measures.builder().add(Metrics.RECALL, .5, .1).build();
        assertThat(measured.withoutCosts()).isEqualTo(alike);
        Measures further =
                Measures.builder().addAll(measured.ofFeatures("pixels")).build();
        assertThat(further.withoutCosts())
                .isEqualTo(Measures.builder().addAll(alike.ofFeatures("pixels")).build());
    }

    @Test
    void numbersBySamplingSeedAreReadAgainAsWritten() {
        Measures first = Measures.builder()
                .add(Metrics.RECALL, .5)
                .add(Metrics.ENTROPY, 2)
                .add(Metrics.GPU_PERCENT, 90)
                .add(Metrics.CLASSIFIER_ACCURACY, 1)
                .build();
        Measures other = Measures.builder()
                .add(Metrics.RECALL, .6)
                .add(Metrics.ENTROPY, 3)
                .build();
        Measures both = Measures.builder()
                .addAll(first)
                .addSamplings(first, List.of(other))
                .expect(Metrics.RECALL, 1)
                .build();
        String json = JSON.writeValueAsString(both.toMap());
        assertThat(json)
                .endsWith(
                        "\"bySamplingSeed\":{\"recall\":{\"1\":0.5,\"2\":0.6},\"entropy\":{\"fake\":{\"1\":2.0,\"2\":3.0}}},\"expected\":{\"recall\":1.0}}");
        Measures read = Measures.read(JSON.readTree(json), Set.of());
        assertThat(read).isEqualTo(both);
        assertThat(Samplings.of(read, Metrics.RECALL)).containsExactly(.5, .6);
        assertThat(Samplings.of(read, Metrics.ENTROPY)).containsExactly(2, 3);
        assertThat(Samplings.of(read, Metrics.GPU_PERCENT)).isEmpty();
        assertThat(read.values()).isEqualTo(first.values());
    }
}
