package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.autophage.data.Images;
import org.autophage.data.Points;
import org.autophage.data.TokenLaw;
import org.autophage.data.Tokens;
import org.autophage.loop.PoolStage;
import org.autophage.metrics.classifier.Verifier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps what a verifier accepts, as in Feng et al. (arXiv 2406.07515), and draws until there is enough. A verifier that makes mistakes
 * accepts right samples with one probability and wrong ones with another. In a loop the samples go to where the verifier lets them, not
 * to the truth (Yi et al., arXiv 2510.16657).
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Keeps the samples that a verifier accepts, and draws until there are enough")
public record VerifiedSamples(
        @JsonPropertyDescription(
                        "What is right. Of points: ball, above, or soft, which accepts with exp(-|x - centre|^2/(2 width^2)). Of images: class, where an independent classifier finds the class that was asked for. Of sequences: possible, which the law that real ones are drawn from can give, as of a grammar whatever is grammatical")
                Rule right,
        @JsonPropertyDescription("The first coordinate of the centre of a ball or of a soft verifier; the others are 0")
                @Nullable
                Double centre,
        @JsonPropertyDescription("Of a ball: the greatest distance from the centre, above 0; left out, 2") @Nullable
                Double radius,
        @JsonPropertyDescription("Of above: what the first coordinate has to exceed; left out, 0") @Nullable
                Double threshold,
        @JsonPropertyDescription("Of soft: tau, above 0; left out, 2") @Nullable Double width,
        @JsonPropertyDescription("Probability that a right sample is accepted, in (0, 1]") double accepts,
        @JsonPropertyDescription("Probability that a wrong sample is accepted, in [0, 1]") double errs,
        @JsonPropertyDescription(MOST) int most,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements PoolRemedy {
    /** A ball, without mistakes. */
    public static final VerifiedSamples DEFAULTS =
            new VerifiedSamples(Rule.BALL, null, null, null, null, 1, 0, Rejection.USUAL_MOST, null);

    static final String MOST =
            "Draws a sample given beyond which the run ends, 1 to 1000000: the rule accepts too few by then";

    /** When a sample is right. */
    public enum Rule {
        /** Points within a distance of a centre. */
        @JsonProperty("ball")
        BALL,
        /** Points whose first coordinate exceeds a threshold. */
        @JsonProperty("above")
        ABOVE,
        /** Points near a centre, the nearer the likelier: a Gaussian stays one. */
        @JsonProperty("soft")
        SOFT,
        /** Images of the class that was asked for. */
        @JsonProperty("class")
        CLASS,
        /** Sequences that the real law can give: a perfect verifier where it makes no mistakes by choice. */
        @JsonProperty("possible")
        POSSIBLE
    }

    public VerifiedSamples {
        require("radius", radius, Rule.BALL, right);
        require("threshold", threshold, Rule.ABOVE, right);
        require("width", width, Rule.SOFT, right);
        if (centre != null && right != Rule.BALL && right != Rule.SOFT) {
            throw WrongValue.of("centre", centre, "only a ball or a soft verifier has one");
        }
        Checks.within("centre", centre, Range.finite());
        Checks.within("threshold", threshold, Range.finite());
        Checks.within("radius", radius, Range.above(0));
        Checks.within("width", width, Range.above(0));
        Checks.within("accepts", accepts, Range.openClosed(0, 1));
        Checks.within("errs", errs, Range.closed(0, 1));
        if (right == Rule.SOFT && (accepts < 1 || errs > 0)) {
            throw WrongValue.of("right", "soft", "to it nothing is right or wrong; leave accepts and errs out");
        }
        Rejection.checkMost(most);
    }

    private static void require(String key, @Nullable Double value, Rule of, Rule right) {
        if (value != null && right != of) {
            throw WrongValue.of(
                    key,
                    value,
                    "it is a key of %s only".formatted(of == Rule.BALL ? "ball" : of == Rule.ABOVE ? "above" : "soft"));
        }
    }

    @Override
    public Remedy complete(Setting setting) {
        return new VerifiedSamples(
                right,
                right == Rule.BALL || right == Rule.SOFT ? or(centre, 0) : centre,
                right == Rule.BALL ? or(radius, 2) : radius,
                right == Rule.ABOVE ? or(threshold, 0) : threshold,
                right == Rule.SOFT ? or(width, 2) : width,
                accepts,
                errs,
                most,
                control);
    }

    private static Double or(@Nullable Double value, double usual) {
        return value == null ? usual : value;
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
        if (right == Rule.CLASS) {
            setting.requireClasses("class is what an image with classes is asked to be of");
        } else if (right == Rule.POSSIBLE) {
            setting.requireTokens("possible is a sequence of tokens");
        } else {
            setting.requirePoints("a region is one of points");
        }
    }

    @Override
    public Cost cost(Setting setting) {
        Cost cost = Rejection.cost(most, setting);
        return right == Rule.CLASS ? cost.knowing(setting.classifierTrainedOn()) : cost;
    }

    @Override
    public PoolStage open(RemedyContext context) {
        Map<String, Number> known = new LinkedHashMap<>();
        SampleScores probabilities;
        if (right == Rule.CLASS) {
            Verifier verifier = context.verifier();
            known.putAll(context.knownOfVerifier());
            probabilities = samples -> {
                Images images = samples.images().orElseThrow(); // see check
                double[] found = verifier.agreement(images);
                for (int i = 0; i < found.length; i++) {
                    found[i] = found[i] > 0 ? accepts : errs;
                }
                return found;
            };
        } else if (right == Rule.POSSIBLE) {
            TokenLaw law = context.dataset()
                    .knownTokenLaw()
                    .orElseThrow(() -> AutophageException.usage(
                            "right is possible: of dataset %s no law is known that could tell; leave the remedy out"
                                    .formatted(context.dataset().name())));
            probabilities = samples -> ofSequences(law, samples.tokens().orElseThrow());
        } else {
            probabilities = samples -> ofPoints(samples.points().orElseThrow());
        }
        return (draws, turn) -> new Rejection(
                draws,
                turn,
                kind(),
                control,
                most,
                selection -> Acceptance.withProbability(probabilities, selection),
                known);
    }

    private double[] ofSequences(TokenLaw law, Tokens tokens) {
        return IntStream.range(0, tokens.replicas() * tokens.count())
                .parallel()
                .mapToDouble(i ->
                        Double.isFinite(law.logProbability(tokens.sequence(i / tokens.count(), i % tokens.count())))
                                ? accepts
                                : errs)
                .toArray();
    }

    private double[] ofPoints(Points points) {
        int d = points.dimensions();
        double[] probabilities = new double[points.replicas() * points.count()];
        for (int i = 0; i < probabilities.length; i++) {
            double first = points.values()[i * d];
            if (right == Rule.ABOVE) {
                probabilities[i] = first > Objects.requireNonNull(threshold) ? accepts : errs;
                continue;
            }
            double squared = Math.pow(first - Objects.requireNonNull(centre), 2);
            for (int k = 1; k < d; k++) {
                squared += points.values()[i * d + k] * points.values()[i * d + k];
            }
            if (right == Rule.BALL) {
                probabilities[i] = squared <= Math.pow(Objects.requireNonNull(radius), 2) ? accepts : errs;
            } else {
                probabilities[i] = Math.exp(-squared / 2 / Math.pow(Objects.requireNonNull(width), 2));
            }
        }
        return probabilities;
    }
}
