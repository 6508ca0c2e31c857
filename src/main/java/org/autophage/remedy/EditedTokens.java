package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Range;
import org.autophage.loop.PoolStage;
import org.autophage.loop.Turn;
import org.autophage.model.SequenceModel;

/**
 * Real sequences in which the model draws anew the tokens that it finds probable, in place of draws (ToEdit, Zhu et al., arXiv 2412.14689):
 * what is rare in real text stays there. A fresh real sequence is consumed for each that is given, in every generation.
 *
 * <p>Of independent tokens with real law p and learnt law q, the law becomes p·1[q &lt; c] + P(q ≥ c)·q.
 */
@JsonClassDescription(
        "Token editing: gives real sequences in which the model drew the tokens anew that it finds probable, in place of draws")
public record EditedTokens(
        @JsonPropertyDescription(
                        "Probability by the model, given what stands before, from which on a token is drawn anew, in [0, 1]: 0 draws all anew. A number, or a list for generations 1, 2, … whose last one holds on")
                Strength threshold)
        implements PoolRemedy {
    /** Tokens that are all but certain. */
    public static final EditedTokens DEFAULTS = new EditedTokens(Strength.of(0.99));

    public EditedTokens {
        threshold.check("threshold", Range.closed(0, 1), "0 draws all tokens anew");
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
        setting.requireTokens("tokens are those of sequences");
        if (!setting.model().editsTokens()) {
            throw AutophageException.usage("model.kind is %s, which draws no single tokens; leave the remedy out"
                    .formatted(setting.model().kind()));
        }
    }

    @Override
    public Cost cost(Setting setting) {
        long real = (long) setting.given() * setting.plan().spec().generations();
        return new Cost(
                        setting.given(),
                        0,
                        "the %d samples given are real ones that the model edits".formatted(setting.given()))
                .knowing(RealSamples.known(real, setting.available()));
    }

    @Override
    public PoolStage open(RemedyContext context) {
        return (draws, turn) -> {
            double least = threshold.at(turn.generation());
            EditedReal editing = new EditedReal(
                    turn,
                    (drawn, stream) -> RealSamples.fresh(context.dataset(), drawn.count(), turn, stream),
                    (real, seeds, work) -> editing(turn)
                            .edited(
                                    real.tokens().orElseThrow(),
                                    least,
                                    turn.plan().bias(),
                                    seeds,
                                    work),
                    Map.of("threshold", least));
            return new Correction(draws, turn, editing, editing::told);
        };
    }

    private static SequenceModel editing(Turn turn) {
        if (turn.models().own() instanceof SequenceModel model) {
            return model;
        }
        throw AutophageException.usage(
                "what a remedy before this one makes of the model draws no single tokens; leave one of the two out");
    }
}
