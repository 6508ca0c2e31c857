package org.autophage.data.sequence;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.DatasetSpec;
import org.autophage.data.TokenShape;
import org.jspecify.annotations.Nullable;

/** Sequences drawn on demand from a Markov chain; needs no file and never runs out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Sequences of a Markov chain, drawn on demand; needs no file and never runs out")
public record MarkovTokensSpec(
        @JsonPropertyDescription(
                        "How probable tokens are after each: zipf (token i + k after token i has the weight 1/(k + 1)^exponent), uniform, or a list of lists of weights, a list for each token that stands before")
                TransitionWeights law,
        @JsonPropertyDescription("V: number of tokens, 2 to 2000; of a list its length") @Nullable Integer vocabulary,
        @JsonPropertyDescription("Exponent of zipf, from 0 to 100; left out, 1") @Nullable Double exponent,
        @JsonPropertyDescription(
                        "What a sample is: sequence, so many tokens that begin with the stationary law, or fixed, a pair of which the first token is given, all tokens in turn, so that every row has as many samples")
                RowDesign design,
        @JsonPropertyDescription("Tokens of a sequence, 2 to 1000000; a pair has 2; left out, 64") @Nullable
                Integer length,
        @JsonPropertyDescription(REPLICAS) int replicas,
        @JsonPropertyDescription("Sequences held out for the metrics, 1 to 1000000") int holdout,
        @JsonPropertyDescription("Another seed gives other sequences of the same law; any whole number") long seed)
        implements DatasetSpec {
    public static final String KIND = "markov";

    /** Ten tokens, each most often followed by itself. */
    public static final MarkovTokensSpec DEFAULTS =
            new MarkovTokensSpec(TransitionWeights.ZIPF, null, null, RowDesign.SEQUENCE, null, 1, 1_000, 0);

    /** A table of given weights, in replicas; of pairs where there is no length. */
    public static MarkovTokensSpec of(List<List<Double>> rows, @Nullable Integer length, int replicas) {
        return new MarkovTokensSpec(
                TransitionWeights.parse(rows),
                null,
                null,
                length == null ? RowDesign.FIXED : RowDesign.SEQUENCE,
                length,
                replicas,
                1,
                0);
    }

    private static final int MOST_TOKENS = 2_000;
    private static final int USUAL_SIZE = 10;
    private static final int USUAL_LENGTH = 64;

    /** How the rows of the table come by their samples. */
    public enum RowDesign {
        /** As the chain goes. */
        @JsonProperty("sequence")
        SEQUENCE,
        /** All as many. */
        @JsonProperty("fixed")
        FIXED
    }

    public MarkovTokensSpec {
        if (!law.isNamed()) {
            Checks.leftOut("dataset.vocabulary", vocabulary, "law is a list, which has its own length");
        }
        if (!law.equals(TransitionWeights.ZIPF)) {
            Checks.leftOut("dataset.exponent", exponent, "law is not zipf");
        }
        if (design == RowDesign.FIXED) {
            Checks.leftOut("dataset.length", length, "design is fixed, which gives pairs");
        }
        Checks.within("dataset.vocabulary", vocabulary, Range.wholeFrom(2, MOST_TOKENS));
        CategoricalTokensSpec.checkExponent(exponent);
        Checks.within("dataset.length", length, Range.wholeFrom(2, CategoricalTokensSpec.MOST));
        Checks.within("dataset.replicas", replicas, Range.wholeFrom(1, CategoricalTokensSpec.MOST));
        Checks.within("dataset.holdout", holdout, Range.wholeFrom(1, CategoricalTokensSpec.MOST));
    }

    @Override
    public LawDataset open() {
        int size = !law.isNamed() ? law.rows().size() : vocabulary == null ? USUAL_SIZE : vocabulary;
        boolean pairs = design == RowDesign.FIXED;
        int tokens = pairs ? 2 : length == null ? USUAL_LENGTH : length;
        double[] table = law.table(size, exponent == null ? CategoricalTokensSpec.USUAL_EXPONENT : exponent);
        MarkovChain chain = new MarkovChain(table, tokens, pairs);
        return new LawDataset(
                KIND,
                chain,
                new TokenShape(replicas, chain.vocabulary(), tokens, TokenShape.NONE, chain.given()),
                chain.toString(),
                holdout,
                seed);
    }
}
