package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * One of the {@code remedies} of a spec, in one record: what a person asks for, and what is done about it. It acts on models or on
 * their samples, as a {@link ModelRemedy} or a {@link PoolRemedy}. A new one is a record and a line here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SureSamples.class, name = "sure"),
    @JsonSubTypes.Type(value = RandomSamples.class, name = "random"),
    @JsonSubTypes.Type(value = ExtrapolatedWeights.class, name = "extrapolate")
})
public interface Remedy {
    /** What it is called in specs, records and checkpoints. */
    default String kind() {
        for (JsonSubTypes.Type type :
                Remedy.class.getAnnotation(JsonSubTypes.class).value()) {
            if (type.value() == getClass()) {
                return type.name();
            }
        }
        throw new IllegalStateException(getClass() + " is not among the kinds of Remedy");
    }

    /** This remedy with everything filled in that was left to the experiment. */
    default Remedy complete(Setting setting) {
        return this;
    }

    /**
     * Looks whether it can do anything in an experiment; needs no device.
     *
     * @throws org.autophage.base.AutophageException with USAGE if it cannot
     */
    void check(Setting setting);

    /** What a generation costs more with it. */
    Cost cost(Setting setting);

    /**
     * What a generation costs more.
     *
     * @param draws samples drawn beyond those of a loop without remedies
     * @param steps of training, beyond those of the model; of models that are fitted in closed form, fits
     * @param inSentence the same for a person, such as "each model draws 20000 samples for the 10000 that it gives"
     */
    record Cost(long draws, long steps, String inSentence) {}
}
