package org.autophage.model.imported;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.data.SampleShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;

/** Models that another program trained, in a loop of its own, of which the samples of every generation are there. */
@JsonClassDescription(
        "Samples that another program left, a file or folder a generation: they are measured, nothing is trained")
public record ImportedSpec(
        @JsonPropertyDescription(
                        "The folder that has them, whose .npz files, zips and folders of pictures have the generation's number in their names: generation-001, gen2.npz; for several seeds in folders seed-0, seed-1 below")
                String path,
        @JsonPropertyDescription("Number of the first generation there, 0 or more, where it is not 1") int first)
        implements ModelSpec {
    public static final String KIND = "imported";

    public static final ImportedSpec DEFAULTS = new ImportedSpec("samples", 1);

    public ImportedSpec {
        Checks.notBlank("model.path", path, "a folder with the samples of every generation");
        Checks.within("model.first", first, Range.atLeast(0));
    }

    /** What is there. */
    public ImportedFolder folder() {
        return new ImportedFolder(Path.of(path), first);
    }

    @Override
    public String kind() {
        return KIND;
    }

    @Override
    public int usualChunk() {
        return 1000;
    }

    @Override
    public boolean hasWeights() {
        return false;
    }

    @Override
    public boolean hasLikelihood(SampleShape shape) {
        return false;
    }

    @Override
    public boolean canBeTimed() {
        return false;
    }

    /** Samples may be of classes. */
    @Override
    public boolean learnsLabels() {
        return true;
    }

    @Override
    public ImportedSpec complete() {
        return this;
    }

    @Override
    public void check(SampleShape shape) {
        if (shape.ofTokens().isPresent()) {
            throw AutophageException.usage("model.kind is imported: images and points can be, but the dataset has %s"
                    .formatted(shape.describe()));
        }
    }

    @Override
    public ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        return new ImportedFamily();
    }
}
