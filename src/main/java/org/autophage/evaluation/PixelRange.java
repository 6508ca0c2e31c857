package org.autophage.evaluation;

import org.autophage.data.npy.NpyArray;

/** Which number is black and which is white in an array of images. */
enum PixelRange {
    /** 0 and 255. */
    BYTES(1, 0, "from 0 to 255"),
    /** 0 and 1. */
    UNIT(255, 0, "from 0 to 1"),
    /** -1 and 1. */
    SIGNED(127.5, 127.5, "from -1 to 1");

    private static final int WHITE = 255;

    /** Values from -1 on reach at least as low as this: a little below 0 are those from 0 to 1 that were resized. */
    private static final double DARK = -.5;

    /** Numbers of which the largest is no larger may be from 0 to 1, or rather dark ones from 0 to 255. */
    private static final double BRIGHT = 16;

    private final double factor;
    private final double offset;
    private final String described;

    PixelRange(double factor, double offset, String described) {
        this.factor = factor;
        this.offset = offset;
        this.described = described;
    }

    /** Values of which nobody can know what is black and what is white; says which. */
    static final class UnknownException extends Exception {
        private static final long serialVersionUID = 1L;

        UnknownException(String reason) {
            super(reason);
        }
    }

    /** For people. */
    String described() {
        return described;
    }

    /**
     * The range that values are from, as far as they tell.
     *
     * @throws UnknownException if they may be from several, or are from none
     */
    static PixelRange of(NpyArray values) throws UnknownException {
        if (values.type() == NpyArray.Type.BOOLEAN) {
            return UNIT;
        }
        double least = Double.POSITIVE_INFINITY;
        double most = Double.NEGATIVE_INFINITY;
        boolean whole = true;
        for (double value : values.toDoubles()) {
            if (!Double.isFinite(value)) {
                throw new UnknownException("a value is " + value);
            }
            least = Math.min(least, value);
            most = Math.max(most, value);
            whole &= value == Math.rint(value);
        }
        if (least >= 0 && most > 1 && most <= WHITE && (whole || most > BRIGHT)) {
            return BYTES;
        }
        if (!values.isWhole() && least >= 0 && most > 0 && most <= 1) {
            return UNIT;
        }
        if (!values.isWhole() && least >= -1 && least <= DARK && most <= 1) {
            return SIGNED;
        }
        throw new UnknownException(
                values.isWhole()
                        ? "its values are from %.0f to %.0f".formatted(least, most)
                        : "its values are from %s to %s".formatted((float) least, (float) most));
    }

    /** The values of this range as unsigned bytes, rounded to the nearest. */
    byte[] bytes(NpyArray values) {
        if (values.type() == NpyArray.Type.UINT8) {
            return values.data();
        }
        double[] numbers = values.toDoubles();
        byte[] bytes = new byte[numbers.length];
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) (int) Math.floor(numbers[i] * factor + offset + .5);
        }
        return bytes;
    }
}
