package org.autophage.data.picture;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;
import org.autophage.base.Progress;
import org.autophage.data.Images;
import org.autophage.data.store.SourceFingerprint;
import org.autophage.data.store.StoreSource;
import org.jspecify.annotations.Nullable;

/**
 * Pictures in a folder or zip, to be converted.
 *
 * @param place the folder or zip
 * @param within the folder inside it that counts, such as train; null for all
 * @param reading how pictures become images; brings them to one size
 * @param labels where their classes are looked for
 */
public record PictureStoreSource(Path place, @Nullable String within, PictureReading reading, LabelSource labels)
        implements StoreSource {
    @Override
    public String settings() {
        return "pictures%s %s colour %s labels %s%s"
                .formatted(
                        within == null ? "" : " in " + within,
                        reading.fit(),
                        reading.colour(),
                        labels,
                        reading.skipBad() ? " without bad ones" : "");
    }

    @Override
    public String fingerprint() {
        if (!Files.exists(place)) {
            throw PictureSource.missing(place);
        }
        return SourceFingerprint.of(place);
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
            if (labels == LabelSource.AUTO && files.hasNothingLikeClasses()) {
                progress.message(place + " has no classes: there is neither a dataset.json nor a folder for each");
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
        PictureSource pictures = PictureSource.open(place);
        return within == null ? pictures : pictures.below(within);
    }
}
