package org.autophage.data.webp;

/** Smooths the edges between blocks (RFC 6386, 15). */
final class Vp8Filter {
    private final Vp8Plane plane;

    Vp8Filter(Vp8Plane plane) {
        this.plane = plane;
    }

    /**
     * Smooths along one edge.
     *
     * @param at the first value behind the edge
     * @param across from a value to the next one across the edge
     * @param along from a value to the next one along the edge
     * @param strength what decides whether there is an edge to be smoothed
     * @param outer whether it is an edge of whole blocks
     */
    void edge(int at, int across, int along, int length, Strength strength, boolean outer) {
        int limit = 2 * (outer ? strength.limit() + 4 : strength.limit()) + 1;
        for (int i = 0; i < length; i++) {
            int here = at + i * along;
            if (strength.simple()) {
                if (isSmall(here, across, limit)) {
                    two(here, across);
                }
            } else if (isSmall(here, across, limit) && isSmooth(here, across, strength.interior())) {
                if (varies(here, across, strength.variance())) {
                    two(here, across);
                } else if (outer) {
                    six(here, across);
                } else {
                    four(here, across);
                }
            }
        }
    }

    /**
     * How an edge is smoothed.
     *
     * @param simple whether by the simple filter
     * @param limit largest step across an edge that is not part of the picture
     * @param interior largest step beside the edge
     * @param variance step beside the edge above which little is changed
     */
    record Strength(boolean simple, int limit, int interior, int variance) {
        static Strength of(Vp8Header header, int level) {
            int interior = level;
            if (header.sharpness > 0) {
                interior = Math.min(interior >> (header.sharpness > 4 ? 2 : 1), 9 - header.sharpness);
            }
            interior = Math.max(1, interior);
            return new Strength(
                    header.simpleFilter, 2 * level + interior, interior, level >= 40 ? 2 : level >= 15 ? 1 : 0);
        }
    }

    private int value(int at) {
        return plane.value(at);
    }

    private int step(int first, int second) {
        return Math.abs(value(first) - value(second));
    }

    private boolean isSmall(int at, int across, int limit) {
        return 4 * step(at - across, at) + step(at - 2 * across, at + across) <= limit;
    }

    private boolean isSmooth(int at, int across, int most) {
        return step(at - 4 * across, at - 3 * across) <= most
                && step(at - 3 * across, at - 2 * across) <= most
                && step(at - 2 * across, at - across) <= most
                && step(at + 3 * across, at + 2 * across) <= most
                && step(at + 2 * across, at + across) <= most
                && step(at + across, at) <= most;
    }

    private boolean varies(int at, int across, int threshold) {
        return step(at - 2 * across, at - across) > threshold || step(at + across, at) > threshold;
    }

    private void change(int at, int by) {
        plane.change(at, by);
    }

    private static int signed(int value, int bits) {
        int most = 1 << bits;
        return Math.max(-most, Math.min(most - 1, value));
    }

    private void two(int at, int across) {
        int difference = 3 * (value(at) - value(at - across)) + signed(value(at - 2 * across) - value(at + across), 7);
        int down = signed(difference + 4 >> 3, 4);
        int up = signed(difference + 3 >> 3, 4);
        change(at - across, up);
        change(at, -down);
    }

    private void four(int at, int across) {
        int difference = 3 * (value(at) - value(at - across));
        int down = signed(difference + 4 >> 3, 4);
        int up = signed(difference + 3 >> 3, 4);
        int half = down + 1 >> 1;
        change(at - 2 * across, half);
        change(at - across, up);
        change(at, -down);
        change(at + across, -half);
    }

    private void six(int at, int across) {
        int difference = signed(
                3 * (value(at) - value(at - across)) + signed(value(at - 2 * across) - value(at + across), 7), 7);
        int near = 27 * difference + 63 >> 7;
        int middle = 18 * difference + 63 >> 7;
        int far = 9 * difference + 63 >> 7;
        change(at - 3 * across, far);
        change(at - 2 * across, middle);
        change(at - across, near);
        change(at, -near);
        change(at + across, -middle);
        change(at + 2 * across, -far);
    }
}
