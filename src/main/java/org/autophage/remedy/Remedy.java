package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import org.autophage.loop.KeptShares;

/**
 * One of the {@code remedies} of a spec, in one record: what a person asks for, and what is done about it. It acts on training, on
 * models or on their samples, as a {@link FamilyRemedy}, a {@link ModelRemedy}, a {@link PoolRemedy} or a {@link SetRemedy}. A new
 * one is a record and a line here.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = SureSamples.class, name = "sure"),
    @JsonSubTypes.Type(value = RandomSamples.class, name = "random"),
    @JsonSubTypes.Type(value = VerifiedSamples.class, name = "verifier"),
    @JsonSubTypes.Type(value = CuratedSamples.class, name = "curation"),
    @JsonSubTypes.Type(value = DiscriminatedSamples.class, name = "discriminator-rejection"),
    @JsonSubTypes.Type(value = ChainedSamples.class, name = "metropolis-hastings"),
    @JsonSubTypes.Type(value = DistinctSamples.class, name = "near-duplicates"),
    @JsonSubTypes.Type(value = RealCorrection.class, name = "real-correction"),
    @JsonSubTypes.Type(value = CentreCorrection.class, name = "centre-correction"),
    @JsonSubTypes.Type(value = EditedSamples.class, name = "edit"),
    @JsonSubTypes.Type(value = EditedTokens.class, name = "token-edit"),
    @JsonSubTypes.Type(value = ExtrapolatedWeights.class, name = "extrapolate"),
    @JsonSubTypes.Type(value = InterpolatedWeights.class, name = "interpolate"),
    @JsonSubTypes.Type(value = OracleDetector.class, name = "oracle-detector"),
    @JsonSubTypes.Type(value = FarthestPoint.class, name = "farthest-point"),
    @JsonSubTypes.Type(value = SpacedSamples.class, name = "threshold"),
    @JsonSubTypes.Type(value = LatentSpaceFilter.class, name = "latent-space-filter"),
    @JsonSubTypes.Type(value = OracleImportance.class, name = "oracle-importance"),
    @JsonSubTypes.Type(value = MarkedSamples.class, name = "mark"),
    @JsonSubTypes.Type(value = MarkFilter.class, name = "mark-filter"),
    @JsonSubTypes.Type(value = LatentMark.class, name = "latent-mark"),
    @JsonSubTypes.Type(value = SampledAwayFromCopy.class, name = "sims"),
    @JsonSubTypes.Type(value = LastNoise.class, name = "last-noise"),
    @JsonSubTypes.Type(value = SeveralModels.class, name = "ensemble")
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

    /** Whether an experiment can have several of this kind. */
    default boolean mayRepeat() {
        return true;
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

    /**
     * Looks whether it can stand where it does.
     *
     * @param all remedies of the experiment in their order, this one among them
     * @throws org.autophage.base.AutophageException with USAGE if it cannot
     */
    default void checkBeside(List<Remedy> all) {}

    /** Where all it does is to keep each sample of a training set by chance, with which probabilities; else nothing. */
    default Optional<KeptShares> keptShares() {
        return Optional.empty();
    }

    /** What a generation costs more with it. */
    Cost cost(Setting setting);

    /**
     * What a generation costs more.
     *
     * @param draws samples drawn beyond those of a loop without remedies, and what takes as long
     * @param steps of training, beyond those of the model; of models that are fitted in closed form, fits
     * @param sideInformation real samples that it knows beyond the loop's: information on them reaches every generation
     * @param inSentence the same for a person, such as "each model draws 20000 samples for the 10000 that it gives"
     */
    record Cost(long draws, long steps, long sideInformation, String inSentence) {
        /** Of one that knows no real samples. */
        public Cost(long draws, long steps, String inSentence) {
            this(draws, steps, 0, inSentence);
        }

        /** Of one that draws so many samples for those that it gives. */
        static Cost ofDraws(long drawn, Setting setting) {
            return new Cost(
                    Math.max(0, drawn - setting.plan().samplesPerGeneration()),
                    0,
                    "each model draws %d samples for the %d that it gives".formatted(drawn, setting.given()));
        }

        /** The same of one that knows so many real samples. */
        Cost knowing(long samples) {
            return samples == 0
                    ? this
                    : new Cost(
                            draws,
                            steps,
                            sideInformation + samples,
                            inSentence + "; it knows %d real samples (side information)".formatted(samples));
        }
    }
}
