package org.autophage.data.store;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.List;
import org.autophage.data.ClassNames;
import org.jspecify.annotations.Nullable;

/**
 * What a store says of itself, see {@link StoreFile}.
 *
 * @param source file or folder that it was made from
 * @param settings all that determined the images beside the source's content
 * @param fingerprint of the source when it was read, see {@link SourceFingerprint}
 * @param height rows of an image, pixels
 * @param width columns of an image, pixels
 * @param channels 1 for grey, 3 for RGB
 * @param classes number of classes
 * @param count number of images
 * @param skipped files of the source that could not be read and were left out
 * @param content SHA-256 of the images: all pixels in NHWC layout, then all labels as little-endian int32
 * @param labels SHA-256 of the labels alone
 * @param pixelsAt where pixels begin, bytes; null for {@link StoreFile#PIXELS_AT}
 * @param notes lines to be told whenever the store is opened, such as what the source has besides; null for none
 * @param names of the classes; null where they are called by their numbers
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoreHeader(
        String source,
        String settings,
        String fingerprint,
        int height,
        int width,
        int channels,
        int classes,
        int count,
        int skipped,
        String content,
        String labels,
        @Nullable Integer pixelsAt,
        @Nullable List<String> notes,
        @Nullable List<String> names) {
    int imageBytes() {
        return height * width * channels;
    }

    /** Bytes before the pixels. */
    int headerBytes() {
        return pixelsAt == null ? StoreFile.PIXELS_AT : pixelsAt;
    }

    /** What the classes are called. */
    public ClassNames classNames() {
        return new ClassNames(classes, names);
    }

    /** Bytes of the whole file. */
    long fileBytes() {
        return headerBytes() + (long) count * imageBytes() + (long) count * Integer.BYTES;
    }
}
