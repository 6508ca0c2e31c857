package org.autophage.model;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.autophage.model.diffusion.DiffusionSpec;
import org.autophage.program.Device;

/** The section {@code model} of an experiment: which family, in which size, trained how. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes(@JsonSubTypes.Type(value = DiffusionSpec.class, name = "diffusion"))
public interface ModelSpec {
    /** Optimizer steps of one generation. */
    int steps();

    /** Images of one step. */
    int batch();

    /** This spec with everything that was left to its kind filled in. */
    ModelSpec complete();

    /** The sampling section with everything that was left to the model's kind filled in. */
    SamplingSpec complete(SamplingSpec sampling);

    /**
     * Looks whether the network fits the images; needs no device.
     *
     * @throws org.autophage.base.AutophageException USAGE if it does not
     */
    void check(ImageShape shape);

    /**
     * Makes the family on a device.
     *
     * @param shape of the images to learn
     * @param sampling as {@link #complete} returned it
     * @throws org.autophage.base.AutophageException USAGE if the network does not fit the images' size
     */
    ModelFamily family(Device device, ImageShape shape, SamplingSpec sampling);
}
