package org.autophage.data.picture;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import java.util.Locale;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.Sha256;
import org.autophage.base.Work;
import org.autophage.data.ClassRatios;
import org.autophage.data.DatasetFolders;
import org.autophage.data.DatasetSpec;
import org.autophage.data.FiniteDataset;
import org.autophage.data.Images;
import org.autophage.data.store.ImageStore;
import org.autophage.data.store.StoreFile;
import org.jspecify.annotations.Nullable;

/**
 * Pictures of one's own, such as FFHQ: any folder or zip of PNG and JPEG files.
 */
@JsonClassDescription("Pictures of one's own: any folder or zip of PNG and JPEG files")
public record ImagesSpec(
        @JsonPropertyDescription(
                        "The folder or zip, relative to the working directory or absolute; one that is not there is looked for in AUTOPHAGE_DATASETS by its last part")
                String path,
        @JsonPropertyDescription(
                        "Rows and columns of an image, pixels, 8 to 1024; a smaller picture is refused by name")
                int size,
        @JsonPropertyDescription(
                        "What makes pictures square: centre, the largest square in the middle, or none, which refuses those that are not square")
                Crop crop,
        @JsonPropertyDescription(
                        "What makes pictures smaller: lanczos, as Pillow does it, or area, the mean over what a pixel covers")
                Resize resize,
        @JsonPropertyDescription("Channels of the images: rgb, grey, or auto, grey if every picture is") Colour colour,
        @JsonPropertyDescription(
                        "Where classes are looked for: folders, one a class, none, or auto, a dataset.json or else the folders")
                LabelSource labels,
        @JsonPropertyDescription(
                        "Images held out for the metrics, which no model trains on: at least 1, the same pictures for the same number in every run")
                int holdout,
        @JsonPropertyDescription(
                        "Whether files that are damaged or no pictures are left out and told, instead of ending the work")
                boolean skipBad,
        @JsonPropertyDescription(ClassRatios.MEANING) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                ClassRatios classShares)
        implements DatasetSpec {
    public static final String KIND = "images";

    public static final ImagesSpec DEFAULTS = new ImagesSpec(
            "datasets/images", 64, Crop.CENTRE, Resize.LANCZOS, Colour.AUTO, LabelSource.AUTO, 10_000, false);

    private static final int MIN_SIZE = 8;
    private static final int MAX_SIZE = 1024;

    public ImagesSpec {
        Checks.notBlank("dataset.path", path, "a folder or zip of PNG or JPEG pictures");
        Checks.within("dataset.size", size, Range.wholeFrom(MIN_SIZE, MAX_SIZE), "for images");
        Checks.within("dataset.holdout", holdout, Range.atLeast(1));
    }

    /** All pictures that there are. */
    public ImagesSpec(
            String path,
            int size,
            Crop crop,
            Resize resize,
            Colour colour,
            LabelSource labels,
            int holdout,
            boolean skipBad) {
        this(path, size, crop, resize, colour, labels, holdout, skipBad, null);
    }

    /** The same with other channels. */
    public ImagesSpec with(Colour other) {
        return new ImagesSpec(path, size, crop, resize, other, labels, holdout, skipBad, classShares);
    }

    /** What becomes of a picture, for people. */
    public String describeFit() {
        return "crop %s, %dx%d by %s, %s"
                .formatted(
                        crop.name().toLowerCase(Locale.ROOT),
                        size,
                        size,
                        resize.name().toLowerCase(Locale.ROOT),
                        colour);
    }

    @Override
    public FiniteDataset open() {
        return open(Work.UNATTENDED);
    }

    @Override
    public FiniteDataset open(Work work) {
        return dataset(ImageStore.open(source(), work));
    }

    /** The pictures that are converted. */
    PictureStoreSource source() {
        Path place = DatasetFolders.find(path);
        return new PictureStoreSource(place, null, reading(skipBad, "dataset.skipBad: true"), labels);
    }

    /**
     * How pictures become images.
     *
     * @param skipping what a person would write to have bad ones left out
     */
    PictureReading reading(boolean skipsBad, String skipping) {
        return new PictureReading(new PictureFit(size, crop, resize), colour, skipsBad, skipping);
    }

    /** Splits the images of a store into real ones and holdout. */
    FiniteDataset dataset(StoreFile store) {
        Images all = store.images().withClassesThatOccur();
        boolean renumbered = all.classes() != store.images().classes();
        String hash = Sha256.of("images %s %s holdout %d%s"
                .formatted(
                        all.describeSize(),
                        store.header().content(),
                        holdout,
                        renumbered ? " classes " + all.classes() : ""));
        return FiniteDataset.split(KIND, all, holdout, path, hash);
    }
}
