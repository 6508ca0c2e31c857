package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonProperty;
import org.autophage.run.SeedFolder;

/** Which generations keep their samples and models on disk. Records, grids and lists of images always stay. */
public enum Keep {
    @JsonProperty("all")
    ALL,
    /**
     * The newest generation, the first one's model, whose codes later ones are told in, and the samples that a later
     * training set may still draw from.
     */
    @JsonProperty("last")
    LAST,
    /**
     * None: for loops that take less time than writing would. A run that was interrupted runs its finished generations
     * again, without recording them twice.
     */
    @JsonProperty("none")
    NONE;

    /**
     * Deletes what need not stay.
     *
     * @param newest the newest generation that is finished; 0 if there is none
     * @param memory how many of the newest generations training sets draw from
     */
    void tidy(SeedFolder folder, int newest, Memory memory) {
        if (this == ALL) {
            return;
        }
        for (int generation = 1; generation < newest; generation++) {
            if (generation > 1) {
                folder.generation(generation).deleteModel();
            }
            if (generation < memory.oldest(newest + 1)) {
                folder.generation(generation).deleteSamples();
            }
        }
    }
}
