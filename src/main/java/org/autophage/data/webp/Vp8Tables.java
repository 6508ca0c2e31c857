package org.autophage.data.webp;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** The constants of RFC 6386 that are many. */
final class Vp8Tables {
    static final int MODES = 10;
    static final int TYPES = 4;
    static final int BANDS = 8;
    static final int CONTEXTS = 3;
    static final int TOKENS = 11;

    private static final String FILE = "vp8.txt";

    /** Of a small block's mode, by the modes above and left of it (11.5). */
    static final int[][][] MODE_PROBABILITIES = new int[MODES][MODES][];

    /** Of a change of {@link #COEFFICIENTS} (13.4). */
    static final int[][][][] CHANGES = new int[TYPES][BANDS][CONTEXTS][];

    /** Of tokens (13.5). */
    private static final int[][][][] COEFFICIENTS = new int[TYPES][BANDS][CONTEXTS][];

    /** Steps of quantization by index (14.1). */
    static final int[] DC_STEPS;

    static final int[] AC_STEPS;

    static {
        Iterator<int[]> rows = rows().iterator();
        for (int[][] above : MODE_PROBABILITIES) {
            Arrays.setAll(above, left -> rows.next());
        }
        fill(CHANGES, rows);
        fill(COEFFICIENTS, rows);
        DC_STEPS = rows.next();
        AC_STEPS = rows.next();
    }

    private Vp8Tables() {}

    private static void fill(int[][][][] table, Iterator<int[]> rows) {
        for (int[][][] type : table) {
            for (int[][] band : type) {
                Arrays.setAll(band, context -> rows.next());
            }
        }
    }

    private static List<int[]> rows() {
        try (InputStream in = Objects.requireNonNull(Vp8Tables.class.getResourceAsStream(FILE), FILE);
                BufferedReader lines = new BufferedReader(new InputStreamReader(in, StandardCharsets.US_ASCII))) {
            return lines.lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> Arrays.stream(line.strip().split(" "))
                            .mapToInt(Integer::parseInt)
                            .toArray())
                    .collect(Collectors.toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Probabilities of tokens as a frame begins with them, to be changed. */
    static int[][][][] coefficients() {
        int[][][][] copy = new int[TYPES][BANDS][CONTEXTS][];
        for (int type = 0; type < TYPES; type++) {
            for (int band = 0; band < BANDS; band++) {
                for (int context = 0; context < CONTEXTS; context++) {
                    copy[type][band][context] = COEFFICIENTS[type][band][context].clone();
                }
            }
        }
        return copy;
    }
}
