package org.autophage.data.picture;

/** A file that is no picture, or none that can be used; says why, in words that follow its name. */
public final class BadPictureException extends Exception {
    private static final long serialVersionUID = 1L;

    BadPictureException(String reason) {
        super(reason);
    }

    String reason() {
        return String.valueOf(getMessage());
    }

    static BadPictureException tooLarge() {
        return new BadPictureException("it has more than %d bytes".formatted(PictureSource.LARGEST));
    }

    /** The bytes of a file, unless there are none or too many of them. */
    static byte[] unlessRight(byte[] bytes) throws BadPictureException {
        if (bytes.length > PictureSource.LARGEST) {
            throw tooLarge();
        }
        if (bytes.length == 0) {
            throw new BadPictureException("it is empty");
        }
        return bytes;
    }
}
