package org.autophage.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.autophage.base.Trust;
import org.autophage.data.SampleShape;
import org.autophage.model.command.CommandModelSpec;
import org.autophage.model.density.FlowSpec;
import org.autophage.model.density.GaussianSpec;
import org.autophage.model.density.KernelSpec;
import org.autophage.model.density.MixtureSpec;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.model.gan.GanSpec;
import org.autophage.model.imported.ImportedSpec;
import org.autophage.model.sequence.CategoricalSpec;
import org.autophage.model.sequence.MarkovSpec;
import org.autophage.model.transformer.TransformerSpec;
import org.autophage.model.vae.VaeSpec;
import org.autophage.program.Device;

/** The section {@code model} of an experiment: which family, in which size, trained how. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = DiffusionSpec.class, name = "diffusion"),
    @JsonSubTypes.Type(value = VaeSpec.class, name = "vae"),
    @JsonSubTypes.Type(value = GanSpec.class, name = "gan"),
    @JsonSubTypes.Type(value = GaussianSpec.class, name = "gaussian"),
    @JsonSubTypes.Type(value = MixtureSpec.class, name = "mixture"),
    @JsonSubTypes.Type(value = KernelSpec.class, name = "kernel"),
    @JsonSubTypes.Type(value = FlowSpec.class, name = "flow"),
    @JsonSubTypes.Type(value = CategoricalSpec.class, name = "categorical"),
    @JsonSubTypes.Type(value = MarkovSpec.class, name = "markov"),
    @JsonSubTypes.Type(value = TransformerSpec.class, name = "transformer"),
    @JsonSubTypes.Type(value = CommandModelSpec.class, name = "command"),
    @JsonSubTypes.Type(value = ImportedSpec.class, name = "imported")
})
public interface ModelSpec {
    /** The value of {@code model.kind}. */
    String kind();

    /** Samples drawn at a time where a spec does not say. */
    int usualChunk();

    /** How a generation is optimized; nothing for models that are fitted in closed form. */
    default Optional<Optimization> optimization() {
        return Optional.empty();
    }

    /**
     * How much optimization a generation takes.
     *
     * @param steps of the optimizer
     * @param batch samples of one step
     */
    record Optimization(int steps, int batch) {}

    /** When training ends before its last step; nothing where it never does. */
    default Optional<EarlyStopping> stopping() {
        return Optional.empty();
    }

    /** The key of {@link #stopping} in its section. */
    String STOPPING = "earlyStopping";

    /** Whether training takes so long that cells of a sweep share models; a fit in closed form is over before another one is read. */
    default boolean takesLong() {
        return optimization().isPresent();
    }

    /** Whether a few of its steps, or a fit to a few samples, tell how long a training takes. */
    default boolean canBeTimed() {
        return true;
    }

    /** Whether training can start from another model; not where a fit is the same wherever it starts. */
    default boolean canFineTune() {
        return optimization().isPresent();
    }

    /** Whether training has to start from another model, because a key says how. */
    default boolean mustFineTune() {
        return false;
    }

    /** Whether what is learnt is a Gaussian, so that it can be compared with another one without drawing samples. */
    default boolean learnsGaussian() {
        return false;
    }

    /**
     * Rows of the table that says everything about what is learnt of sequences of this shape, so that it can be compared with another one
     * without drawing samples; 0 where there is no such table.
     */
    default int tableRows(SampleShape shape) {
        return 0;
    }

    /** Whether trained models have {@linkplain GenerativeModel#weights weights}, so that a line through two of them means something. */
    default boolean hasWeights() {
        return true;
    }

    /** The keys of learning rates, all of which a training at a reduced rate multiplies. */
    default List<String> learningRates() {
        return optimization().isPresent() ? List.of("learningRate") : List.of();
    }

    /** Whether trained models are {@linkplain DenoisingModel denoising} ones, whose way out of noise can be changed. */
    default boolean denoises() {
        return false;
    }

    /** Whether trained models tell how badly they fit an image, {@link GenerativeModel#losses}. */
    default boolean losesOnImages() {
        return false;
    }

    /**
     * σ of the strongest noise out of which trained models lead samples that they are given, see {@link GenerativeModel#edited};
     * infinite where any will do, nothing for models that have no levels of noise.
     */
    default OptionalDouble highestNoise() {
        return OptionalDouble.empty();
    }

    /** Whether trained models are {@linkplain SequenceModel ones of sequences, which draw single tokens anew}. */
    default boolean editsTokens() {
        return false;
    }

    /** Whether trained models tell the probability of every sample that they may never have given, {@link GenerativeModel#density}. */
    default boolean hasLikelihood(SampleShape shape) {
        return shape.ofPoints().isPresent() || shape.ofTokens().isPresent();
    }

    /** Whether trained models can find in an image the numbers that it is made of, see {@link GenerativeModel#latents}. */
    default boolean findsLatents() {
        return false;
    }

    /** How many numbers an image is made of, d; 0 where none can be found. */
    default int latents(SampleShape shape) {
        return 0;
    }

    /** The fewest samples that a generation can be fitted to. */
    default int fewestSamples() {
        return stopping().isPresent() ? EarlyStopping.fewestSamples() : 1;
    }

    /** Whether the model is told which class a sample is of, and asked for samples of a class. */
    default boolean learnsLabels() {
        return false;
    }

    /** This spec with everything that was left to its kind filled in. */
    ModelSpec complete();

    /**
     * What the sampling section comes to with this model.
     *
     * @throws org.autophage.base.AutophageException USAGE if it asks for what this kind of model has not
     */
    default Sampling complete(SamplingSpec sampling) {
        return sampling.withoutSolver(kind(), usualChunk());
    }

    /**
     * Looks whether the model can learn samples of this shape; needs no device.
     *
     * @throws org.autophage.base.AutophageException USAGE if it does not
     */
    void check(SampleShape shape);

    /**
     * Looks whether programs of others that it names are there and may run.
     *
     * @throws org.autophage.base.AutophageException USAGE if not
     */
    default void checkPrograms(Trust trust) {}

    /** What is known of programs of others that it names: a hash that changes with them. */
    default Optional<String> programHash() {
        return Optional.empty();
    }

    /**
     * Makes the family on a device.
     *
     * @param shape of the samples to learn
     * @param sampling what it leaves out is as {@link #complete(SamplingSpec)} has it
     * @throws org.autophage.base.AutophageException USAGE if the model does not fit the shape
     */
    ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling);
}
