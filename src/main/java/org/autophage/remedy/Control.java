package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Arrays;
import org.autophage.data.Shuffle;
import org.autophage.loop.SetStage;

/** What a selection is compared with, in its own place and at its own price. */
public enum Control {
    /**
     * As many of the same candidates, chosen blindly. The rule itself still says how many there are to choose from and how many it
     * takes, each as often as one of its own.
     */
    @JsonProperty("random")
    RANDOM;

    /** What the key of a spec means. */
    static final String MEANING =
            "random: the control, as many of the same candidates chosen at random instead; left out, the choice itself";

    /** The stream of the control of sets; choices use those before it. */
    private static final long CHUNK = 1L << 31;

    /** The control of a choice: asks it, and keeps others, as many. */
    SetStage of(SetStage choice) {
        return (set, turn, random) -> {
            SetStage.Choice chosen = choice.choose(set, turn, random);
            int[] others = Shuffle.permutation(set.samples().count(), random.random(CHUNK));
            int[] positions = Arrays.stream(chosen.positions())
                    .map(position -> others[position])
                    .sorted()
                    .toArray();
            return new SetStage.Choice(positions, chosen.told());
        };
    }
}
