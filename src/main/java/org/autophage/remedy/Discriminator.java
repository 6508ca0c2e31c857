package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Range;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.PointLaw;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.loop.Draws;
import org.autophage.loop.Turn;
import org.autophage.metrics.classifier.RealOrDrawn;
import org.autophage.statistics.QuadraticLogit;

/** What tells real samples from a model's draws, as ln p/g. */
public enum Discriminator {
    /** The ratio itself, of points whose law is known: nobody has it in practice. */
    @JsonProperty("oracle")
    ORACLE,
    /**
     * Trained in every generation on real samples and as many draws: of images a network, of points a logistic regression on products of up to
     * two coordinates.
     */
    @JsonProperty("trained")
    TRAINED;

    static final String MEANING =
            "oracle, the ratio of densities itself, of points whose law and model are known; or trained, in every generation anew on real samples and as many draws";
    static final String SAMPLES_MEANING =
            "Of trained: real samples that it knows, and draws that it is shown, each generation, 10 to 1000000";
    static final int USUAL_SAMPLES = 2000;
    private static final long TRAINING_STREAM = 1L << 41;
    private static final int FEWEST = 10;
    private static final int MOST = 1_000_000;
    private static final int MOST_DIMENSIONS = 50;

    /** Makes the scores of a generation, ln p/g. */
    @FunctionalInterface
    interface Opened {
        /**
         * The generation's scores.
         *
         * @param draws that may be taken to learn from; those are not given
         */
        SampleScores of(Draws draws, Turn turn);
    }

    static void checkSamples(int samples) {
        Checks.within("samples", samples, Range.wholeFrom(FEWEST, MOST));
    }

    void check(Setting setting) {
        setting.requireSamples();
        setting.requireVectors();
        if (this == ORACLE) {
            setting.requirePoints("discriminator oracle knows densities, of points only");
            if (setting.plan().bias() != 1) {
                throw AutophageException.usage(
                        "discriminator is oracle and sampling.bias %s: the density of biased samples is not the model's; write trained"
                                .formatted(setting.plan().bias()));
            }
        } else if (setting.shape() != null) {
            setting.shape()
                    .ofPoints()
                    .filter(points -> points.dimensions() > MOST_DIMENSIONS)
                    .ifPresent(points -> {
                        throw AutophageException.usage(
                                "points have %d dimensions: a trained discriminator of points has products of two coordinates, of at most %d"
                                        .formatted(points.dimensions(), MOST_DIMENSIONS));
                    });
        }
    }

    /** What a remedy with one has to say of where it stands. */
    void checkBeside(Remedy remedy, List<Remedy> all) {
        if (this == ORACLE) {
            Remedies.requireFirstOfPool(
                    remedy, all, "discriminator is oracle: it knows the density of the model's own draws");
        }
    }

    Remedy.Cost cost(Remedy.Cost selection, int samples, Setting setting) {
        if (this == ORACLE) {
            return selection;
        }
        return new Remedy.Cost(
                        selection.draws() + samples,
                        selection.steps(),
                        selection.inSentence() + ", and a discriminator is trained on %d more".formatted(samples))
                .knowing(RealSamples.known(samples, setting.available()));
    }

    Opened open(RemedyContext context, int samples) {
        if (this == ORACLE) {
            PointLaw law = context.dataset()
                    .knownLaw()
                    .filter(each ->
                            each.logDensity(new double[each.dimensions()], 0).isPresent())
                    .orElseThrow(
                            () -> AutophageException.usage(
                                    "discriminator is oracle: the density of this dataset's law has no formula; write trained"));
            return (draws, turn) -> points -> ratio(law, turn, points.points().orElseThrow());
        }
        Dataset dataset = context.dataset();
        return (draws, turn) -> {
            Samples real = RealSamples.of(dataset, samples);
            Samples drawn = draws.next(real.count()).samples();
            return real.images()
                    .map(images -> ofImages(
                            context.realOrDrawn(images), images, drawn.images().orElseThrow(), turn))
                    .orElseGet(() -> Interruptible.until(
                            turn.work().stop(),
                            () -> ofPoints(
                                    real.points().orElseThrow(), drawn.points().orElseThrow())));
        };
    }

    private static double[] ratio(PointLaw law, Turn turn, Points points) {
        double[] ratio = Densities.of(law, points);
        double[] own = Densities.of(turn.models().own(), points);
        Arrays.setAll(ratio, i -> ratio[i] - own[i]);
        return ratio;
    }

    private static SampleScores ofImages(RealOrDrawn network, Images real, Images drawn, Turn turn) {
        float[] weights = network.train(real, drawn, turn.stream(Phase.SELECT).of(TRAINING_STREAM), turn.work());
        return samples -> network.logRatio(weights, samples.images().orElseThrow());
    }

    private static SampleScores ofPoints(Points real, Points drawn) {
        int d = real.dimensions();
        QuadraticLogit[] logits = new QuadraticLogit[real.replicas()];
        Arrays.setAll(
                logits,
                replica -> QuadraticLogit.fit(
                        real.replica(replica).values(), drawn.replica(replica).values(), d));
        return samples -> {
            Points points = samples.points().orElseThrow();
            double[] ratios = new double[points.replicas() * points.count()];
            Arrays.setAll(ratios, i -> logits[i / points.count()].at(points.values(), i * d));
            return ratios;
        };
    }

    /** What is told of it in every generation. */
    Map<String, Number> known(RemedyContext context, int samples) {
        return this == ORACLE
                ? Map.of()
                : Map.of(
                        "discriminatorTrainedOn",
                        RealSamples.known(samples, context.dataset().available()));
    }
}
