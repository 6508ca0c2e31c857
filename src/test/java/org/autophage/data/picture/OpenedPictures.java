package org.autophage.data.picture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Telling;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.data.store.ImageStore;
import org.jspecify.annotations.Nullable;

/** Opens pictures as a dataset of 8 × 8 pixels does. */
final class OpenedPictures {
    private OpenedPictures() {}

    /**
     * All images of a store that is made of a place.
     *
     * @param table of labels
     * @param label the column of labels
     * @param picture the column, or the part of names, of pictures
     * @param told is given what is said
     */
    static Images of(
            Path place,
            Colour colour,
            @Nullable String table,
            @Nullable String label,
            @Nullable String picture,
            boolean skipBad,
            List<String> told) {
        ImagesSpec spec = new ImagesSpec(
                place.toString(),
                8,
                Crop.CENTRE,
                Resize.AREA,
                colour,
                LabelSource.AUTO,
                table,
                label,
                picture,
                1,
                skipBad,
                null);
        Work work = new Work(Telling.to(told), CheckpointStore.NONE, () -> false);
        return ImageStore.open(spec.source(), work).images();
    }

    /** The first byte of every image. */
    static List<Integer> greys(Images images) {
        List<Integer> greys = new ArrayList<>();
        for (int i = 0; i < images.count(); i++) {
            greys.add(images.pixels(i)[0] & 0xff);
        }
        return greys;
    }
}
