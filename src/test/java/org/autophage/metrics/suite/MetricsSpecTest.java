package org.autophage.metrics.suite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.PointShape;
import org.autophage.data.points.PointsSpec;
import org.autophage.metrics.known.KnownMetrics;
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
        MetricsSpec asked =
                new MetricsSpec("lenet", 5000, 5, Ball.STRICT, List.of("entropy", "kernelDistance"), List.of());
        String text = JSON.writeValueAsString(asked);
        assertThat(text).endsWith("\"ball\":\"strict\",\"also\":[\"kernelDistance\",\"entropy\"]}");
        assertThat(JSON.readValue(text, MetricsSpec.class)).isEqualTo(asked);
    }

    @Test
    void furtherFeaturesAreWrittenWhereThereAreSome() {
        MetricsSpec asked = new MetricsSpec(
                "lenet", 5000, 5, Ball.STRICT, List.of(), List.of("pixels", "nets/dino.v2.pt size=224"));
        String text = JSON.writeValueAsString(asked);
        assertThat(text).endsWith("\"ball\":\"strict\",\"alsoFeatures\":[\"pixels\",\"nets/dino.v2.pt size=224\"]}");
        assertThat(JSON.readValue(text, MetricsSpec.class)).isEqualTo(asked);
        assertThat(asked.choices().keySet()).containsExactly("lenet", "pixels", "dino-v2");
    }

    @Test
    void furtherFeaturesAreRefusedWhereTheyCannotBeToldApart() {
        refused(
                () -> new MetricsSpec("lenet", 10, 5, Ball.STRICT, List.of(), List.of("pixels", "lenet")),
                "metrics.alsoFeatures[1] is 'lenet': other features of this run are called lenet already");
        refused(
                () -> new MetricsSpec("lenet", 10, 5, Ball.STRICT, List.of(), List.of("alexnet")),
                "metrics.alsoFeatures[0] is 'alexnet': must be lenet, pixels, inception, the path of a TorchScript file, or command: with a program behind it");
    }

    @Test
    void whatHasNothingToSayOfSamplesIsRefused() {
        MetricsSpec classes = new MetricsSpec("pixels", 10, 5, Ball.STRICT, List.of("classes"), List.of());
        refused(
                () -> classes.check(new PointShape(1, 2), PointsSpec.DEFAULTS.open()),
                "metrics.also has classes: these samples have no classes; leave it out");
        MetricsSpec features = new MetricsSpec("lenet", 10, 5, Ball.STRICT, List.of(), List.of("pixels"));
        refused(
                () -> features.check(new PointShape(1, 2), PointsSpec.DEFAULTS.open()),
                "metrics.alsoFeatures is [pixels]: features are extracted of images, and dataset points has points in 2 dimensions; leave the key out");
    }

    @Test
    void unknownMetricsAreRefusedWithTheNearest() {
        refused(
                () -> new MetricsSpec("lenet", 10, 5, Ball.STRICT, List.of("vendiScor"), List.of()),
                "metrics.also has 'vendiScor': must be some of %s; the nearest is vendiScore"
                        .formatted(String.join(", ", KnownMetrics.names())));
    }

    @Test
    void unknownFeaturesAreRefused() {
        refused(
                () -> new MetricsSpec("alexnet", 10, 5, Ball.STRICT),
                "metrics.features is 'alexnet': must be lenet, pixels, inception, the path of a TorchScript file, or command: with a program behind it");
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
