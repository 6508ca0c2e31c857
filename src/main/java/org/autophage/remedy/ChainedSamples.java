package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.loop.PoolStage;
import org.jspecify.annotations.Nullable;

/**
 * Metropolis-Hastings sampling with a model's draws as proposals (Turner et al., arXiv 1811.11357): a chain begins with a draw and goes to
 * each of the next K with probability min(1, r'/r), r = p/g by a discriminator; where it ends is given. No bound of the ratio is needed;
 * a chain that is too short is not yet at the real law. Theirs begins with a real sample, which would give real data away.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Metropolis-Hastings: the ends of chains through draws, which a discriminator leads")
public record ChainedSamples(
        @JsonPropertyDescription(Discriminator.MEANING) Discriminator discriminator,
        @JsonPropertyDescription(Discriminator.SAMPLES_MEANING) int samples,
        @JsonPropertyDescription("K: proposals of a chain, 1 to 1000; each sample given takes K + 1 draws")
                int proposals,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements PoolRemedy {
    /** Chains of twenty. */
    public static final ChainedSamples DEFAULTS =
            new ChainedSamples(Discriminator.TRAINED, Discriminator.USUAL_SAMPLES, 20, null);

    private static final int MOST_PROPOSALS = 1000;

    /** Where a chain through candidates ends; scores are ln p/g. */
    static final OneOfMany.Chooser END = (scores, from, count, chance) -> {
        int state = from;
        for (int i = from + 1; i < from + count; i++) {
            if (chance.nextDouble() < Math.exp(scores[i] - scores[state])) {
                state = i;
            }
        }
        return state - from;
    };

    public ChainedSamples {
        Discriminator.checkSamples(samples);
        Checks.within("proposals", proposals, Range.wholeFrom(1, MOST_PROPOSALS));
    }

    @Override
    public void check(Setting setting) {
        discriminator.check(setting);
    }

    @Override
    public void checkBeside(List<Remedy> all) {
        discriminator.checkBeside(this, all);
    }

    @Override
    public Cost cost(Setting setting) {
        return discriminator.cost(Cost.ofDraws((proposals + 1L) * setting.given(), setting), samples, setting);
    }

    @Override
    public PoolStage open(RemedyContext context) {
        Discriminator.Opened opened = discriminator.open(context, samples);
        return (draws, turn) -> new OneOfMany(
                draws,
                turn,
                kind(),
                control,
                proposals + 1,
                opened.of(draws, turn),
                "discriminator's answer",
                END,
                discriminator.known(context, samples));
    }
}
