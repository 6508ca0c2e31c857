package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Range;
import org.autophage.base.Seeds;
import org.autophage.data.Dataset;
import org.autophage.data.Samples;
import org.autophage.loop.PoolStage;
import org.autophage.loop.Turn;
import org.autophage.model.TokenEditing;

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

    private static final long REAL_STREAM = 1L << 40;
    private static final long EDIT_STREAM = 1L << 44;

    /** Chunks of one request; more than any has. */
    private static final int CHUNK_BITS = 24;

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
        Dataset dataset = context.dataset();
        return (draws, turn) -> {
            Editing editing = new Editing(dataset, turn);
            return new Correction(draws, turn, editing, editing::told);
        };
    }

    private final class Editing implements Correction.Rule {
        private final Dataset dataset;
        private final Turn turn;
        private final double least;
        private long requests;
        private long consumed;
        private double sumOfShares;

        Editing(Dataset dataset, Turn turn) {
            this.dataset = dataset;
            this.turn = turn;
            this.least = threshold.at(turn.generation());
        }

        @Override
        public Samples of(Samples drawn) {
            long request = requests++;
            Samples real = RealSamples.fresh(dataset, drawn.count(), turn, REAL_STREAM + request);
            Seeds.Stream all = turn.stream(Phase.SELECT);
            // see check: whatever stands between the trained model and this one edits too, or is none of sequences
            if (!(turn.models().own() instanceof TokenEditing model)) {
                throw AutophageException.usage(
                        "what a remedy before this one makes of the model draws no single tokens; leave one of the two out");
            }
            Samples edited = model.edited(
                    real.tokens().orElseThrow(),
                    least,
                    turn.plan().bias(),
                    chunk -> all.of(EDIT_STREAM + (request << CHUNK_BITS) + chunk),
                    turn.work().within("edit-" + request));
            for (int replica = 0; replica < real.replicas(); replica++) {
                for (int i = 0; i < real.count(); i++) {
                    sumOfShares += Distance.between(real, edited, replica, i) / real.replicas();
                }
            }
            consumed += real.count();
            return edited;
        }

        Map<String, Number> told() {
            Map<String, Number> told = new LinkedHashMap<>();
            told.put("realSamples", consumed);
            told.put("threshold", least);
            told.put("meanEdit", sumOfShares / consumed);
            return told;
        }
    }
}
