package org.autophage.data.picture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.autophage.base.Progress;
import org.autophage.data.Images;
import org.autophage.data.store.SourceFingerprint;
import org.autophage.data.store.StoreSource;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in whatever form {@link PictureSources} opens, to be converted.
 *
 * @param place the file or folder, or what names several
 * @param within the folder inside it that counts, such as train; null for all
 * @param reading how pictures become images; brings them to one size
 * @param labels where their classes are looked for
 * @param column which column, or which part of samples, has the pictures; null where there is one choice
 */
public record PictureStoreSource(
        Path place, @Nullable String within, PictureReading reading, LabelKeys labels, @Nullable String column)
        implements StoreSource {
    @Override
    public String settings() {
        return "pictures%s%s %s colour %s labels %s%s%s%s %s"
                .formatted(
                        within == null ? "" : " in " + within,
                        PicturePlaces.isPattern(place) ? " of " + place.getFileName() : "",
                        reading.fit(),
                        reading.colour(),
                        labels.from(),
                        named(" of ", labels.file())
                                + named(" column ", labels.column())
                                + named(" by ", labels.pictures()),
                        named(" pictures ", column),
                        reading.skipBad() ? " without bad ones" : "",
                        Picture.MANNER);
    }

    private static String named(String before, @Nullable String key) {
        return key == null ? "" : before + key;
    }

    @Override
    public String fingerprint() {
        if (!PictureSources.exists(place)) {
            throw PictureSources.missing(place);
        }
        String pictures = PicturePlaces.fingerprint(place);
        Path list = labels.file() == null ? place : LabelTable.elsewhere(labels.file());
        // One that lies among the pictures counts with them.
        return list.equals(place) || !Files.isRegularFile(list)
                ? pictures
                : pictures + ", labels " + SourceFingerprint.of(list);
    }

    @Override
    public int countAtMost() {
        try (PictureSource pictures = pictures()) {
            return pictures.names().size();
        }
    }

    @Override
    public int read(Progress progress, Consumer<Images> chunks) {
        try (PictureFiles files = new PictureFiles(pictures(), labels)) {
            if (labels.from() == LabelSource.AUTO && files.hasNothingLikeClasses()) {
                progress.message(place + " has no classes: there is neither a list of labels nor a folder for each");
            }
            return files.read(reading, progress, chunks);
        }
    }

    @Override
    public List<String> notes() {
        try (PictureFiles files = new PictureFiles(pictures(), labels)) {
            return files.notes(!reading.skipBad());
        }
    }

    private PictureSource pictures() {
        PictureSource pictures = PictureSources.open(place, column);
        return within == null ? pictures : ((NamedPictures) pictures).below(Objects.requireNonNull(within));
    }
}
