package org.autophage.data.sequence;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.DatasetSpec;
import org.autophage.data.TokenShape;
import org.jspecify.annotations.Nullable;

/** Single tokens drawn on demand from a categorical law; needs no file and never runs out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Single tokens drawn on demand from a law over a vocabulary; needs no file and never runs out")
public record CategoricalTokensSpec(
        @JsonPropertyDescription(
                        "How probable tokens are: zipf (token i has the weight 1/(i + 1)^exponent), uniform, or a list of weights, one a token")
                TokenWeights law,
        @JsonPropertyDescription("V: number of tokens, 2 to 1000000; of a list its length") @Nullable
                Integer vocabulary,
        @JsonPropertyDescription("Exponent of zipf, from 0 to 100; left out, 1") @Nullable Double exponent,
        @JsonPropertyDescription(REPLICAS) int replicas,
        @JsonPropertyDescription("Tokens held out for the metrics, 1 to 1000000") int holdout,
        @JsonPropertyDescription("Another seed gives other tokens of the same law; any whole number") long seed)
        implements DatasetSpec {
    public static final String KIND = "categorical";

    /** Fifty tokens by Zipf's law. */
    public static final CategoricalTokensSpec DEFAULTS =
            new CategoricalTokensSpec(TokenWeights.ZIPF, null, null, 1, 1_000, 0);

    /** Zipf's law with the exponent 1, in replicas. */
    public static CategoricalTokensSpec zipf(int vocabulary, int replicas) {
        return new CategoricalTokensSpec(TokenWeights.ZIPF, vocabulary, null, replicas, 1, 0);
    }

    /** Tokens of given weights, in replicas. */
    public static CategoricalTokensSpec of(List<Double> weights, int replicas) {
        return new CategoricalTokensSpec(new TokenWeights(null, weights), null, null, replicas, 1, 0);
    }

    static final String REPLICAS =
            "Independent copies of the whole experiment that run as one batch, 1 to 1000000; records hold means over them";

    static final int MOST = 1_000_000;
    static final double USUAL_EXPONENT = 1;
    private static final double STEEPEST = 100;
    private static final int USUAL_SIZE = 50;

    public CategoricalTokensSpec {
        law.check("dataset", vocabulary, exponent);
        Checks.within("dataset.vocabulary", vocabulary, Range.wholeFrom(2, MOST));
        checkExponent(exponent);
        Checks.within("dataset.replicas", replicas, Range.wholeFrom(1, MOST));
        Checks.within("dataset.holdout", holdout, Range.wholeFrom(1, MOST));
    }

    static void checkExponent(@Nullable Double exponent) {
        Checks.within("dataset.exponent", exponent, Range.closed(0, STEEPEST));
    }

    @Override
    public LawDataset open() {
        double[] probabilities =
                law.probabilities(law.size(vocabulary, USUAL_SIZE), exponent == null ? USUAL_EXPONENT : exponent);
        IndependentTokens tokens = new IndependentTokens(probabilities);
        return new LawDataset(
                KIND,
                tokens,
                new TokenShape(replicas, tokens.vocabulary(), 1, TokenShape.NONE),
                tokens.toString(),
                holdout,
                seed);
    }
}
