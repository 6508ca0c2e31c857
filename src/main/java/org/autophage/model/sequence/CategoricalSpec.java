package org.autophage.model.sequence;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.SampleShape;
import org.autophage.data.TokenShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.Sampling;

/** How frequent tokens are, by counting: the law of a sequence's one token. */
@JsonClassDescription("The frequencies of single tokens, by counting them")
public record CategoricalSpec(@JsonPropertyDescription(SMOOTHING) double smoothing) implements CountedSpec, ModelSpec {
    /** As likely as can be. */
    public static final CategoricalSpec DEFAULTS = new CategoricalSpec(0);

    static final String SMOOTHING =
            "a, at least 0: what is added to the count of every token, q = (c + a)/(n + aV); 0 for none";

    public CategoricalSpec {
        Checks.within("model.smoothing", smoothing, Range.atLeast(0));
    }

    @Override
    public String kind() {
        return "categorical";
    }

    @Override
    public int tableRows(SampleShape shape) {
        return 1;
    }

    @Override
    public void checkTokens(TokenShape shape) {
        if (shape.length() != 1) {
            throw AutophageException.usage(
                    "model.kind is categorical, which learns single tokens, but the dataset has sequences of up to %d: write markov, with order 0 for a law of independent tokens, or transformer"
                            .formatted(shape.length()));
        }
    }

    @Override
    public ModelFamily familyOfTokens(TokenShape shape, Sampling sampling) {
        return new TableFamily(shape, smoothing, new TokenSampling(shape, sampling.chunk()), sampling.truncation());
    }
}
