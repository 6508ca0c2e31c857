package org.autophage.metrics.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.metrics.neighbours.Ball;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class MetricsSpecTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void isWrittenAndReadWithTheContractsKeys() {
        String text = "{\"features\":\"lenet\",\"samples\":5000,\"neighbours\":5,\"ball\":\"strict\"}";
        assertThat(JSON.writeValueAsString(MetricsSpec.DEFAULTS)).isEqualTo(text);
        assertThat(JSON.readValue(text, MetricsSpec.class)).isEqualTo(MetricsSpec.DEFAULTS);
        assertThat(JSON.readValue(text.replace("strict", "inclusive"), MetricsSpec.class)
                        .ball())
                .isEqualTo(Ball.INCLUSIVE);
    }

    /** A spec that asks for no more is written as before there was more to ask for, so that experiments keep their hash. */
    @Test
    void metricsBeyondTheStandardOnesAreWrittenWhereThereAreSome() {
        MetricsSpec asked = new MetricsSpec("lenet", 5000, 5, Ball.STRICT, List.of("entropy", "kernelDistance"));
        String text = JSON.writeValueAsString(asked);
        assertThat(text).endsWith("\"ball\":\"strict\",\"also\":[\"kernelDistance\",\"entropy\"]}");
        assertThat(JSON.readValue(text, MetricsSpec.class)).isEqualTo(asked);
    }

    @Test
    void unknownMetricsAreRefusedWithTheNearest() {
        refused(
                () -> new MetricsSpec("lenet", 10, 5, Ball.STRICT, List.of("vendi")),
                "metrics.also has 'vendi': must be some of kernelDistance, vendiScore, authenticity, copying, entropy,"
                        + " classes; the nearest is vendiScore");
    }

    @Test
    void unknownFeaturesAreRefused() {
        refused(
                () -> new MetricsSpec("alexnet", 10, 5, Ball.STRICT),
                "metrics.features is 'alexnet': must be lenet, pixels, inception or the path of a TorchScript file");
    }

    @Test
    void noNeighboursAreRefused() {
        refused(() -> new MetricsSpec("lenet", 10, 0, Ball.STRICT), "metrics.neighbours is 0: must be at least 1");
    }

    @Test
    void fewerSamplesThanNeighboursAreRefused() {
        refused(
                () -> new MetricsSpec("lenet", 5, 5, Ball.STRICT),
                "metrics.samples is 5: must be at least 6, one more than metrics.neighbours");
    }

    private static void refused(Runnable making, String message) {
        assertThatThrownBy(making::run)
                .isInstanceOf(AutophageException.class)
                .hasMessage(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
