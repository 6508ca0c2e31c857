package org.autophage.data;

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
 */
record StoreHeader(
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
        String labels) {
    int imageBytes() {
        return height * width * channels;
    }

    /** Bytes of the whole file. */
    long fileBytes() {
        return StoreFile.PIXELS_AT + (long) count * imageBytes() + (long) count * Integer.BYTES;
    }
}
