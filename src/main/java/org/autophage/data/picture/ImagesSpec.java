package org.autophage.data.picture;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.nio.file.Path;
import java.util.Locale;
import org.autophage.base.AutophageException;
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
 * Pictures of one's own, such as FFHQ, in whatever form {@link PictureSources} opens.
 */
@JsonClassDescription(
        "Pictures of one's own: PNG, JPEG, WebP, BMP, GIF or TIFF in a folder, a zip, tars or Parquet files")
public record ImagesSpec(
        @JsonPropertyDescription(
                        "A folder or zip of pictures, a .tar, .tar.gz or .parquet file, a folder of these, or several of one folder, such as shard-{000..009}.tar or train-*.parquet; relative to the working directory or absolute; one that is not there is looked for in AUTOPHAGE_DATASETS by its last part")
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
                        "A CSV file of labels, which may lie among the pictures: a first line of names, and a row a picture with its path and its label, a whole number from 0 on or a word")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                String labelFile,
        @JsonPropertyDescription(
                        "The column of labels, of a CSV file or of Parquet files; not needed where there is one choice")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                String labelColumn,
        @JsonPropertyDescription(
                        "The column of pictures of Parquet files, the part of a tar's samples that is the picture, such as jpg or seg.png, or the column of a CSV file that names pictures; not needed where there is one choice")
                @JsonInclude(JsonInclude.Include.NON_NULL)
                @Nullable
                String pictureColumn,
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
        Checks.notBlank("dataset.path", path, PictureSources.PLACES);
        Checks.within("dataset.size", size, Range.wholeFrom(MIN_SIZE, MAX_SIZE), "for images");
        Checks.within("dataset.holdout", holdout, Range.atLeast(1));
        if (labelFile != null && labels != LabelSource.AUTO) {
            throw AutophageException.usage("dataset.labelFile is %s and dataset.labels %s: a file of labels needs auto"
                    .formatted(labelFile, labels));
        }
        if (labelColumn != null && labels != LabelSource.AUTO) {
            throw AutophageException.usage(
                    "dataset.labelColumn is %s and dataset.labels %s: a column of labels needs auto"
                            .formatted(labelColumn, labels));
        }
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
        this(path, size, crop, resize, colour, labels, null, null, null, holdout, skipBad, null);
    }

    /** The same with other channels. */
    public ImagesSpec with(Colour other) {
        return new ImagesSpec(
                path,
                size,
                crop,
                resize,
                other,
                labels,
                labelFile,
                labelColumn,
                pictureColumn,
                holdout,
                skipBad,
                classShares);
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
        LabelKeys keys =
                new LabelKeys(labels, labelFile, labelColumn, labelFile == null ? null : pictureColumn, true, skipBad);
        return new PictureStoreSource(
                place, null, reading(skipBad, "dataset.skipBad: true"), keys, labelFile == null ? pictureColumn : null);
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
