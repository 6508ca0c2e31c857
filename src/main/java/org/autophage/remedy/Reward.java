package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import java.util.Map;
import java.util.Objects;
import org.autophage.base.AutophageException;
import org.autophage.data.ImageShape;
import org.autophage.data.Points;
import org.autophage.data.Samples;
import org.autophage.loop.Turn;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.classifier.Verifier;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.Features;
import org.autophage.model.GenerativeModel;

/** What {@link CuratedSamples} goes by. */
public enum Reward {
    /** Points: the first coordinate. */
    @JsonProperty("coordinate")
    COORDINATE,
    /** Points: minus half the squared distance from a centre. */
    @JsonProperty("quadratic")
    QUADRATIC,
    /** Images: the probability of one class by an independent classifier. */
    @JsonProperty("class")
    CLASS,
    /** Images: the probability of the most probable class by an independent classifier. */
    @JsonProperty("confidence")
    CONFIDENCE,
    /** Images: what a TorchScript network of the user's gives. */
    @JsonProperty("script")
    SCRIPT,
    /**
     * How well generation 1's model knows a sample, in all generations. Points: the logarithm of its density; sequences: of its
     * probability; images: minus its denoising error, or the lower bound of its likelihood.
     */
    @JsonProperty("first-model")
    FIRST_MODEL;

    /** A reward that can be asked for. */
    @FunctionalInterface
    interface Opened {
        /** Rewards as {@link SampleScores} are laid out; the array is the caller's. */
        double[] of(Samples samples, Turn turn);
    }

    String inSpec() {
        try {
            return Reward.class
                    .getField(name())
                    .getAnnotation(JsonProperty.class)
                    .value();
        } catch (NoSuchFieldException e) {
            throw new IllegalStateException(e);
        }
    }

    boolean asksClassifier() {
        return this == CLASS || this == CONFIDENCE;
    }

    /** Refuses samples that have no such reward. */
    void check(CuratedSamples asked, Setting setting) {
        switch (this) {
            case COORDINATE, QUADRATIC -> setting.requirePoints("reward %s is one of points".formatted(inSpec()));
            case FIRST_MODEL -> {
                boolean knowsAll = setting.shape() != null && setting.model().hasLikelihood(setting.shape());
                if (!knowsAll && !setting.model().losesOnImages()) {
                    throw AutophageException.usage(
                            "reward first-model: a %s does not tell how well it knows an image; take a diffusion model, a vae or another reward"
                                    .formatted(setting.model().kind()));
                }
            }
            case CLASS, CONFIDENCE -> {
                setting.requireClasses("reward %s is one of images with classes".formatted(inSpec()));
                int classes = Objects.requireNonNull(setting.shape())
                        .ofImages()
                        .map(ImageShape::classes)
                        .orElse(0);
                if (asked.ofClass() != null && asked.ofClass() >= classes) {
                    throw AutophageException.usage("ofClass is %d: must be below %d, the dataset's classes"
                            .formatted(asked.ofClass(), classes));
                }
            }
            case SCRIPT -> {
                if (setting.shape() == null || setting.shape().ofImages().isEmpty()) {
                    throw AutophageException.usage(
                            "reward script is one of images, which this dataset has not; leave the remedy out");
                }
                choice(asked).requireFile();
            }
        }
    }

    private static FeatureChoice choice(CuratedSamples asked) {
        return FeatureChoice.parseScript("script", Objects.requireNonNull(asked.script()));
    }

    /** @param known is given what is to be told of it */
    Opened open(CuratedSamples asked, RemedyContext context, Map<String, Number> known) {
        return switch (this) {
            case COORDINATE -> (samples, turn) -> ofPoints(samples, 0, false);
            case QUADRATIC -> (samples, turn) -> ofPoints(samples, Objects.requireNonNull(asked.centre()), true);
            case FIRST_MODEL -> Reward::byFirstModel;
            case CLASS, CONFIDENCE -> {
                known.putAll(context.knownOfVerifier());
                yield ofClassifier(asked, context.verifier());
            }
            case SCRIPT -> ofScript(context.network(choice(asked)));
        };
    }

    private static double[] byFirstModel(Samples samples, Turn turn) {
        GenerativeModel first = turn.models().first();
        return samples.images()
                .map(images ->
                        Arrays.stream(first.losses(images)).map(loss -> -loss).toArray())
                .orElseGet(() -> Densities.of(first, samples));
    }

    private static double[] ofPoints(Samples samples, double centre, boolean quadratic) {
        Points points = samples.points().orElseThrow(); // see check
        int d = points.dimensions();
        double[] rewards = new double[points.replicas() * points.count()];
        for (int i = 0; i < rewards.length; i++) {
            double first = points.values()[i * d];
            double squared = (first - centre) * (first - centre);
            for (int k = 1; k < d; k++) {
                squared += points.values()[i * d + k] * points.values()[i * d + k];
            }
            rewards[i] = quadratic ? -squared / 2 : first;
        }
        return rewards;
    }

    private static Opened ofClassifier(CuratedSamples asked, Verifier verifier) {
        return (samples, turn) -> {
            int classes = verifier.classes();
            double[] probabilities = verifier.probabilities(samples.images().orElseThrow());
            double[] rewards = new double[samples.count()];
            for (int i = 0; i < rewards.length; i++) {
                rewards[i] = asked.ofClass() != null
                        ? probabilities[i * classes + asked.ofClass()]
                        : Arrays.stream(probabilities, i * classes, (i + 1) * classes)
                                .max()
                                .orElseThrow();
            }
            return rewards;
        };
    }

    private static Opened ofScript(FeatureExtractor network) {
        return (samples, turn) -> {
            Features features = network.features(samples.images().orElseThrow());
            if (features.width() != 1) {
                throw AutophageException.usage(
                        "%s gives %d numbers an image: a reward is one".formatted(network.name(), features.width()));
            }
            double[] rewards = new double[features.count()];
            Arrays.setAll(rewards, i -> features.value(i, 0));
            return rewards;
        };
    }
}
