package org.autophage.model.sequence;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.autophage.data.SampleShape;
import org.autophage.data.TokenShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.Sampling;
import org.jspecify.annotations.Nullable;

/**
 * How frequent tokens are after those that stand before them, by counting: an n-gram model, n = order + 1. Of a dataset that gives pairs
 * (design fixed) it fits the table row by row.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("An n-gram model: how frequent tokens are after those that stand before them, by counting")
public record MarkovSpec(
        @JsonPropertyDescription("Tokens that a token depends on, 0 to 8") int order,
        @JsonPropertyDescription(CategoricalSpec.SMOOTHING) double smoothing,
        @JsonPropertyDescription(
                        "m, above 0: how many tokens the law after one token fewer counts as beside what was seen after all, q = (c + m q')/(n + m); left out, what was seen decides alone, and a context that was never seen is shortened until it was")
                @Nullable
                Double interpolation)
        implements CountedSpec, ModelSpec {
    /** A bigram model, as likely as can be. */
    public static final MarkovSpec DEFAULTS = new MarkovSpec(1, 0, null);

    private static final int LONGEST = 8;

    public MarkovSpec {
        Checks.within("model.order", order, Range.wholeFrom(0, LONGEST));
        Checks.within("model.smoothing", smoothing, Range.atLeast(0));
        Checks.within("model.interpolation", interpolation, Range.above(0));
        if (smoothing > 0 && interpolation != null) {
            throw WrongValue.of(
                    "model.interpolation", interpolation, "model.smoothing is above 0: a fit has one of the two");
        }
    }

    @Override
    public String kind() {
        return "markov";
    }

    @Override
    public int tableRows(SampleShape shape) {
        return shape.ofTokens()
                .filter(tokens -> order == 1 && !tokens.ends())
                .map(TokenShape::size)
                .orElse(0);
    }

    @Override
    public void checkTokens(TokenShape shape) {
        if (shape.given() == 1) {
            if (order != 1 || interpolation != null) {
                throw AutophageException.usage(
                        "dataset.design is fixed, which gives a pair for each row of a table: model.order must be 1, without model.interpolation");
            }
            return;
        }
        Contexts.check(shape.size(), order);
    }

    @Override
    public ModelFamily familyOfTokens(TokenShape shape, Sampling sampling) {
        TokenSampling drawing = new TokenSampling(shape, sampling.chunk());
        return shape.given() == 1
                ? new TableFamily(shape, smoothing, drawing, sampling.truncation())
                : new NgramFamily(this, shape, drawing, sampling.truncation());
    }
}
