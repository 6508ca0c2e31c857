package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.Origins;
import org.autophage.data.TrainingSet;
import org.autophage.loop.DataMix;
import org.autophage.loop.KeptShares;
import org.autophage.loop.SetStage;
import org.jspecify.annotations.Nullable;

/**
 * A detector of synthetic samples that is described by how often it is right, and drops what it flags: it looks at the true origins
 * and errs by chance, independently of what a sample looks like. The loop's moments are then known, see
 * {@code theory.ExpectedMoments}. With unbiased samples, dropping them is a loss: they carry information on earlier real data.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("A detector that knows the origins and errs by chance: drops what it flags as synthetic")
public record OracleDetector(
        @JsonPropertyDescription("Share of synthetic samples that are flagged and dropped, in [0, 1]")
                double truePositives,
        @JsonPropertyDescription("Share of real samples that are flagged and dropped, in [0, 1]") double falsePositives,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements SetRemedy {
    /** Nine tenths of the synthetic samples, and one in twenty real ones. */
    public static final OracleDetector DEFAULTS = new OracleDetector(0.9, 0.05, null);

    public OracleDetector {
        Checks.within("truePositives", truePositives, Range.closed(0, 1));
        Checks.within("falsePositives", falsePositives, Range.closed(0, 1));
    }

    @Override
    public void check(Setting setting) {
        DataMix mix = setting.plan().spec().dataMix();
        int fewest = setting.model().fewestSamples();
        for (int t = 2; t <= setting.plan().spec().generations(); t++) {
            double kept = expectedKept(mix, t);
            if (kept < fewest) {
                throw AutophageException.usage(
                        "generation %d keeps %.3g of %d samples on average: this model needs at least %d to learn from; lower truePositives or falsePositives, or mix more real samples"
                                .formatted(t, kept, mix.size(t), fewest));
            }
        }
    }

    private double expectedKept(DataMix mix, int t) {
        double gathered = mix.gathered(t);
        double real = mix.fixedReal().at(t) + mix.freshReal().at(t);
        return mix.size(t) / gathered * (real * (1 - falsePositives) + (gathered - real) * (1 - truePositives));
    }

    @Override
    public Cost cost(Setting setting) {
        return new Cost(
                0,
                0,
                "each later model is trained on what is left of a set without %.3g %% of its synthetic and %.3g %% of its real samples"
                        .formatted(100 * truePositives, 100 * falsePositives));
    }

    @Override
    public Optional<KeptShares> keptShares() {
        return control == null
                ? Optional.of(new KeptShares(1 - falsePositives, 1 - truePositives))
                : Optional.empty(); // a control keeps as many, but of either kind
    }

    @Override
    public SetStage choice(RemedyContext context) {
        return (set, turn, random) -> new SetStage.Choice(kept(set, random.random(0)), Map.of());
    }

    /** The positions of what is not flagged. */
    int[] kept(TrainingSet set, SplittableRandom random) {
        double[] chance = random.doubles(set.samples().count()).toArray();
        return IntStream.range(0, chance.length)
                .filter(i ->
                        chance[i] >= (set.origins().generation(i) == Origins.REAL ? falsePositives : truePositives))
                .toArray();
    }
}
