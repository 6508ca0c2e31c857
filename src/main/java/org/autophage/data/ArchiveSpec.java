package org.autophage.data;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import java.util.Arrays;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.Sha256;
import org.jspecify.annotations.Nullable;

/**
 * Images of an .npz file as {@link ImageArchive} reads it, a run's samples among them: what one loop gave can be another's real data.
 * Some images, the same for everybody, are the holdout.
 */
@JsonClassDescription(
        "Images of an .npz file: uint8 images (N, height, width, channels), and int64 labels if there are any")
public record ArchiveSpec(
        @JsonPropertyDescription(
                        "The .npz file, such as a generation's samples.npz, relative to the working directory or absolute; one that is not there is looked for in AUTOPHAGE_DATASETS by its last part")
                String path,
        @JsonPropertyDescription(
                        "Images held out for the metrics, which no model trains on: drawn from all, the same ones for everybody")
                int holdout,
        @JsonPropertyDescription(ClassRatios.MEANING) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                ClassRatios classShares)
        implements DatasetSpec {
    public static final String KIND = "npz";

    public static final ArchiveSpec DEFAULTS = new ArchiveSpec("datasets/images.npz", 1000);

    public ArchiveSpec {
        Checks.notBlank("dataset.path", path, "an .npz file");
        Checks.within("dataset.holdout", holdout, Range.atLeast(1));
    }

    /** All images of the file. */
    public ArchiveSpec(String path, int holdout) {
        this(path, holdout, null);
    }

    @Override
    public FiniteDataset open() {
        Path file = DatasetFolders.find(path);
        Images all = ImageArchive.read(file).withClassesThatOccur();
        if (all.height() != all.width()) {
            throw AutophageException.usage("%s has images of %s: must be square".formatted(file, all.describeSize()));
        }
        String labels = Sha256.of(Arrays.toString(all.labels()));
        return FiniteDataset.split(
                KIND,
                all,
                holdout,
                path,
                Sha256.of("npz %s %d %s labels %s holdout %d"
                        .formatted(all.describeSize(), all.count(), all.pixelHash(), labels, holdout)));
    }
}
