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
}
