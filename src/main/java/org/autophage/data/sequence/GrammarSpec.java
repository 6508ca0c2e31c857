package org.autophage.data.sequence;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.DatasetSpec;
import org.autophage.data.TokenShape;

/**
 * Sentences drawn on demand from a grammar whose probabilities are known; needs no file and never runs out.
 */
@JsonClassDescription(
        "Sentences of 119 words, drawn on demand from a grammar whose probabilities are known; needs no file and never runs out")
public record GrammarSpec(
        @JsonPropertyDescription("Sentences held out for the metrics, 1 to 1000000") int holdout,
        @JsonPropertyDescription("Another seed gives other sentences of the same grammar; any whole number") long seed)
        implements DatasetSpec {
    public static final String KIND = "grammar";

    public static final GrammarSpec DEFAULTS = new GrammarSpec(5_000, 0);

    /** Tokens after which a model's sentence is cut: twice as many as the longest of 60,000 real ones has. */
    private static final int LONGEST = 64;

    public GrammarSpec {
        Checks.within("dataset.holdout", holdout, Range.wholeFrom(1, CategoricalTokensSpec.MOST));
    }

    @Override
    public LawDataset open() {
        GrammarLaw law = new GrammarLaw();
        TokenShape shape = new TokenShape(1, law.vocabulary(), LONGEST, law.end());
        return new LawDataset(KIND, law, shape, Clauses.NAME, holdout, seed);
    }
}
