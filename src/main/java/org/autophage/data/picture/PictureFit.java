package org.autophage.data.picture;

import org.autophage.base.AutophageException;

/**
 * What brings pictures of any size to images of one.
 *
 * @param size rows and columns of an image, pixels
 * @param crop what makes a picture square
 * @param resize what makes it smaller
 */
public record PictureFit(int size, Crop crop, Resize resize) {
    /**
     * Checks that a picture can become such an image.
     *
     * @param name the picture, for the message
     * @throws AutophageException (usage) saying which key would have to be another
     */
    void check(String name, Picture.Header header) {
        if (crop == Crop.NONE && header.height() != header.width()) {
            throw AutophageException.usage(
                    "%s has %d rows and %d columns, and dataset.crop is none: must be square, or dataset.crop centre"
                            .formatted(name, header.height(), header.width()));
        }
        if (Math.min(header.height(), header.width()) < size) {
            throw AutophageException.usage(
                    "%s has %d rows and %d columns: dataset.size must be at most the smaller of them, not %d (pictures are not enlarged)"
                            .formatted(name, header.height(), header.width(), size));
        }
    }

    Picture apply(Picture picture) {
        return resize.shrink(picture.centreSquare(), size);
    }
}
