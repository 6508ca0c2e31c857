package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.autophage.base.Phase;
import org.autophage.base.Range;
import org.autophage.data.Dataset;
import org.autophage.data.Samples;
import org.autophage.loop.PoolStage;
import org.autophage.loop.Turn;

/**
 * The idealized correction of Gillman et al. (arXiv 2402.07087), (p_θ + γ p_data)/(1 + γ): each draw is replaced by a real sample with
 * probability γ/(1 + γ). Nobody has it in practice: it is a loop with more real data, which it consumes in every generation.
 */
@JsonClassDescription("Idealized correction: replaces draws by real samples with probability strength/(1 + strength)")
public record RealCorrection(
        @JsonPropertyDescription("gamma, above 0, or a list: how many real samples there are for one draw that stays")
                Strength strength)
        implements PoolRemedy {
    /** As many real samples as draws. */
    public static final RealCorrection DEFAULTS = new RealCorrection(Strength.of(1));

    private static final long REAL_STREAM = 1L << 40;

    public RealCorrection {
        strength.check("strength", Range.above(0));
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
    }

    @Override
    public Cost cost(Setting setting) {
        long all = 0;
        long most = 0;
        for (int t = 1; t <= setting.plan().spec().generations(); t++) {
            long replaced = Math.round(setting.given() * share(t));
            all += replaced;
            most = Math.max(most, replaced);
        }
        return new Cost(
                        0,
                        0,
                        "about %d of the %d samples given are replaced by real ones".formatted(most, setting.given()))
                .knowing(RealSamples.known(all, setting.available()));
    }

    private double share(int generation) {
        double gamma = strength.at(generation);
        return gamma / (1 + gamma);
    }

    @Override
    public PoolStage open(RemedyContext context) {
        Dataset dataset = context.dataset();
        return (draws, turn) -> {
            Replacement replacement = new Replacement(dataset, turn);
            return new Correction(draws, turn, replacement, replacement::told);
        };
    }

    private final class Replacement implements Correction.Rule {
        private final Dataset dataset;
        private final Turn turn;
        private long calls;
        private long replaced;
        private int replicas = 1;

        Replacement(Dataset dataset, Turn turn) {
            this.dataset = dataset;
            this.turn = turn;
        }

        @Override
        public Samples of(Samples samples) {
            int count = samples.count();
            Samples real = RealSamples.fresh(dataset, count, turn, REAL_STREAM + calls);
            SplittableRandom random = turn.stream(Phase.SELECT).random(calls++);
            Samples both = Samples.concatenate(List.of(samples, real));
            replicas = samples.replicas();
            int[][] positions = new int[replicas][count];
            for (int[] own : positions) {
                for (int i = 0; i < count; i++) {
                    boolean replaces = random.nextDouble() < share(turn.generation());
                    own[i] = replaces ? count + i : i;
                    replaced += replaces ? 1 : 0;
                }
            }
            return both.selectEach(positions);
        }

        /** Real samples that were consumed, the mean over replicas. */
        Map<String, Number> told() {
            return Map.of("realSamples", replicas == 1 ? (Number) replaced : (Number) (replaced / (double) replicas));
        }
    }
}
