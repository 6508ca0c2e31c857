package org.autophage.data.webp;

import java.io.EOFException;
import java.io.IOException;

/** Bits of a lossless picture, the lowest of a byte first. */
final class Vp8lBits {
    private final byte[] bytes;
    private final long end;

    /** In bits. */
    private long at;

    Vp8lBits(byte[] bytes, int start, int end) {
        this.bytes = bytes;
        this.at = 8L * start;
        this.end = 8L * end;
    }

    int bit() throws IOException {
        if (at >= end) {
            throw new EOFException("it ends too early");
        }
        int bit = bytes[(int) (at >> 3)] >> (at & 7) & 1;
        at++;
        return bit;
    }

    /** A number of so many bits, the lowest first. */
    int number(int count) throws IOException {
        int number = 0;
        for (int i = 0; i < count; i++) {
            number |= bit() << i;
        }
        return number;
    }
}
