package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.autophage.base.Interruptible;
import org.autophage.base.Range;
import org.autophage.data.Samples;
import org.autophage.loop.PoolStage;
import org.jspecify.annotations.Nullable;

/**
 * Removes near-duplicates: a draw is dropped that is nearer than a distance to one that was taken before it, of whatever class, and another
 * is drawn in its place. So no two samples of a generation are nearer to each other. Compares with all of them.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Removes near-duplicates: drops draws that are too near to one that was taken before")
public record DistinctSamples(
        @JsonPropertyDescription("Draws nearer to another are dropped, above 0, or a list; " + Distance.UNIT)
                Strength distance,
        @JsonPropertyDescription(VerifiedSamples.MOST) int most,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements PoolRemedy {
    /** Of images, five grey levels. */
    public static final DistinctSamples DEFAULTS = new DistinctSamples(Strength.of(0.02), Rejection.USUAL_MOST, null);

    public DistinctSamples {
        distance.check("distance", Range.above(0));
        Rejection.checkMost(most);
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
        setting.requireVectors();
    }

    @Override
    public Cost cost(Setting setting) {
        return Rejection.cost(most, setting);
    }

    @Override
    public PoolStage open(RemedyContext context) {
        return (draws, turn) -> new Rejection(
                draws,
                turn,
                kind(),
                control,
                most,
                selection -> new FarFromTaken(distance.at(turn.generation())),
                Map.of());
    }

    private static final class FarFromTaken implements Acceptance {
        private final double apart;
        private final List<List<double[]>> taken = new ArrayList<>();

        FarFromTaken(double apart) {
            this.apart = apart;
        }

        @Override
        public Answers of(Samples candidates) {
            while (taken.size() < candidates.replicas()) {
                taken.add(new ArrayList<>());
            }
            return (replica, position) -> {
                Interruptible.proceed();
                double[] vector = candidates.vector(replica, position);
                List<double[]> others = taken.get(replica);
                for (double[] other : others) {
                    if (Distance.areNearer(vector, other, apart)) {
                        return false;
                    }
                }
                others.add(vector);
                return true;
            };
        }
    }
}
