package org.autophage.model.gan;

/**
 * The sizes that an image has on its way through a network, each twice the last: from 4 to 7 pixels, where nothing more
 * than a sketch fits, to the whole.
 *
 * @param base the smallest, pixels
 * @param doublings from there to the whole
 * @param channels of features at the whole size
 * @param maxChannels each halving doubles the channels up to so many
 */
record Resolutions(int base, int doublings, int channels, int maxChannels) {
    private static final int LARGEST_BASE = 7;

    static Resolutions of(int size, GanSettings settings) {
        int base = size;
        int doublings = 0;
        while (base > LARGEST_BASE && base % 2 == 0) {
            base /= 2;
            doublings++;
        }
        return new Resolutions(base, doublings, settings.channels(), settings.maxChannels());
    }

    /** Whether halving ends at a base of the right size. */
    boolean fit() {
        return doublings > 0 && base >= 4 && base <= LARGEST_BASE;
    }

    /**
     * Channels of features.
     *
     * @param halvings below the whole size
     */
    long channels(int halvings) {
        return Math.min(maxChannels, (long) channels << Math.min(halvings, 20));
    }
}
