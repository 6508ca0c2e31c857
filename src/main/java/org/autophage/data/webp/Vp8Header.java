package org.autophage.data.webp;

import java.io.IOException;

/** What a frame says before its blocks (RFC 6386, 9 and 19.2). */
final class Vp8Header {
    static final int SEGMENTS = 4;

    /** Bytes before the first partition. */
    private static final int START = 10;

    final int width;
    final int height;

    /** The first partition, at the modes of blocks. */
    final Vp8Bits modes;

    /** The partitions of coefficients; row y of blocks is in the one of number y modulo how many they are. */
    final Vp8Bits[] coefficients;

    final boolean segmented;
    final boolean segmentsListed;
    final int[] segmentProbabilities = {255, 255, 255};
    final boolean simpleFilter;
    final int sharpness;

    /** Level of the filter by segment, and of blocks of small modes. */
    final int[][] filterLevels = new int[SEGMENTS][2];

    /** Steps by segment: DC and AC of luma, of luma's DCs, of chroma. */
    final int[][] steps = new int[SEGMENTS][];

    final int[][][][] probabilities = Vp8Tables.coefficients();

    /** Whether blocks say that they have no coefficients, and how probable it is that they have. */
    final boolean skipping;

    final int skipProbability;

    Vp8Header(byte[] bytes, int start, int end) throws IOException {
        if (end - start < START || (bytes[start] & 1) != 0) {
            throw new IOException("its frame is no key frame of VP8");
        }
        if (bytes[start + 3] != (byte) 0x9d || bytes[start + 4] != 0x01 || bytes[start + 5] != 0x2a) {
            throw new IOException("its frame does not begin like one of VP8");
        }
        width = (bytes[start + 6] & 0xff) | (bytes[start + 7] & 0x3f) << 8;
        height = (bytes[start + 8] & 0xff) | (bytes[start + 9] & 0x3f) << 8;
        int first = ((bytes[start] & 0xff) | (bytes[start + 1] & 0xff) << 8 | (bytes[start + 2] & 0xff) << 16) >> 5;
        if (width == 0 || height == 0 || first > end - start - START) {
            throw new IOException("its first partition is longer than the frame");
        }
        Vp8Bits bits = new Vp8Bits(bytes, start + START, start + START + first);
        modes = bits;
        bits.flag(); // the space of colours, of which there is one
        bits.flag(); // whether values stay within their range of themselves: they are clipped anyway
        int[] quantizers = new int[SEGMENTS];
        int[] levels = new int[SEGMENTS];
        boolean absolute = false;
        segmented = bits.flag();
        boolean listed = false;
        if (segmented) {
            listed = bits.flag();
            if (bits.flag()) {
                absolute = bits.flag();
                for (int i = 0; i < SEGMENTS; i++) {
                    quantizers[i] = bits.optional(7);
                }
                for (int i = 0; i < SEGMENTS; i++) {
                    levels[i] = bits.optional(6);
                }
            }
            for (int i = 0; listed && i < segmentProbabilities.length; i++) {
                segmentProbabilities[i] = bits.flag() ? bits.number(8) : 255;
            }
        }
        segmentsListed = listed;
        simpleFilter = bits.flag();
        int level = bits.number(6);
        sharpness = bits.number(3);
        int[] changes = filterChanges(bits);
        for (int i = 0; i < SEGMENTS; i++) {
            int own = segmented ? levels[i] + (absolute ? 0 : level) : level;
            filterLevels[i][0] = level == 0 ? 0 : clipped(own + changes[0], 63);
            filterLevels[i][1] = level == 0 ? 0 : clipped(own + changes[0] + changes[1], 63);
        }
        int partitions = 1 << bits.number(2);
        coefficients = partitions(bytes, start + START + first, end, partitions);
        steps(bits, quantizers, absolute);
        bits.flag(); // whether probabilities hold for later frames
        for (int type = 0; type < Vp8Tables.TYPES; type++) {
            for (int band = 0; band < Vp8Tables.BANDS; band++) {
                for (int context = 0; context < Vp8Tables.CONTEXTS; context++) {
                    for (int token = 0; token < Vp8Tables.TOKENS; token++) {
                        if (bits.bit(Vp8Tables.CHANGES[type][band][context][token])) {
                            probabilities[type][band][context][token] = bits.number(8);
                        }
                    }
                }
            }
        }
        skipping = bits.flag();
        skipProbability = skipping ? bits.number(8) : 0;
    }

    /** By how much levels of the filter change for frames like this one, and for blocks of small modes. */
    private static int[] filterChanges(Vp8Bits bits) {
        int[] changes = new int[2];
        boolean differ = bits.flag();
        boolean told = differ && bits.flag();
        if (told) {
            for (int i = 0; i < 2 * SEGMENTS; i++) {
                int change = bits.optional(6);
                if (i % SEGMENTS == 0) {
                    changes[i / SEGMENTS] = change;
                }
            }
        }
        return changes;
    }

    private static Vp8Bits[] partitions(byte[] bytes, int start, int end, int count) throws IOException {
        int from = start + 3 * (count - 1);
        if (from > end) {
            throw new IOException("it ends within the sizes of its partitions");
        }
        Vp8Bits[] partitions = new Vp8Bits[count];
        for (int i = 0; i < count; i++) {
            int at = start + 3 * i;
            int size = i == count - 1
                    ? end - from
                    : (bytes[at] & 0xff) | (bytes[at + 1] & 0xff) << 8 | (bytes[at + 2] & 0xff) << 16;
            if (size > end - from) {
                throw new IOException("it ends within a partition");
            }
            partitions[i] = new Vp8Bits(bytes, from, from + size);
            from += size;
        }
        return partitions;
    }

    private void steps(Vp8Bits bits, int[] quantizers, boolean absolute) {
        int index = bits.number(7);
        int[] changes = new int[5];
        for (int i = 0; i < changes.length; i++) {
            changes[i] = bits.optional(4);
        }
        for (int i = 0; i < SEGMENTS; i++) {
            int own = segmented ? quantizers[i] + (absolute ? 0 : index) : index;
            steps[i] = new int[] {
                Vp8Tables.DC_STEPS[clipped(own + changes[0], 127)],
                Vp8Tables.AC_STEPS[clipped(own, 127)],
                2 * Vp8Tables.DC_STEPS[clipped(own + changes[1], 127)],
                Math.max(8, Vp8Tables.AC_STEPS[clipped(own + changes[2], 127)] * 155 / 100),
                Vp8Tables.DC_STEPS[clipped(own + changes[3], 117)],
                Vp8Tables.AC_STEPS[clipped(own + changes[4], 127)]
            };
        }
    }

    private static int clipped(int value, int most) {
        return Math.max(0, Math.min(most, value));
    }
}
