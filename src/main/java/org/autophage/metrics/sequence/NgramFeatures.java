package org.autophage.metrics.sequence;

import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.data.Tokens;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.features.PrincipalComponents;
import org.autophage.program.Device;

/**
 * Sequences as vectors, by an encoder that is made of real sequences alone and stays as it is (latent semantic analysis, Deerwester et al.
 * 1990): logarithms ln(1 + c) of how often the {@value #INDEXED} most frequent runs of 1 to 3 tokens come, wherever in the sequence,
 * centred, along the {@value #WIDTH} directions in which those of real sequences vary most.
 */
public final class NgramFeatures {
    /** What they are called, before the hash. */
    public static final String NAME = "ngrams";

    private static final int LONGEST = 3;
    private static final int INDEXED = 1024;
    private static final int WIDTH = 32;
    private static final int HASH_DIGITS = 12;

    /** In the name, so that features made in another way are called otherwise. */
    private static final String METHOD = "ngrams 1 " + LONGEST + " " + INDEXED + " " + WIDTH;

    private final String name;
    private final Grams grams = new Grams();
    /** The place of every run that is indexed; −1 of others. */
    private final int[] places;

    /** How many are indexed. */
    private final int indexed;

    private final double[] mean;
    private final PrincipalComponents.Directions directions;

    /**
     * Makes the encoder.
     *
     * @param real real sequences that generations may learn from, of one replica, at least two
     * @param source identifies what they are
     * @throws AutophageException (usage) if nothing tells them from each other
     */
    public NgramFeatures(Tokens real, String source, Device device) {
        this.name = NAME + "@" + Sha256.of(METHOD + " " + source).substring(0, HASH_DIGITS);
        int[] counts = new int[1 + Math.multiplyExact(LONGEST, real.values().length)];
        for (int i = 0; i < real.count(); i++) {
            grams.meet(
                    real.values(), real.starts()[i], real.starts()[i + 1], LONGEST, (run, before, n) -> counts[run]++);
        }
        int[] runs = IntStream.range(1, grams.count())
                .boxed()
                .sorted(Comparator.comparingInt(run -> -counts[run]))
                .limit(INDEXED)
                .mapToInt(Integer::intValue)
                .toArray();
        this.places = new int[grams.count()];
        Arrays.fill(places, -1);
        IntStream.range(0, runs.length).forEach(place -> places[runs[place]] = place);
        this.indexed = runs.length;
        this.mean = new double[indexed];
        forEach(real, (i, count, met, logs) -> {
            for (int m = 0; m < count; m++) {
                mean[met[m]] += logs[m] / real.count();
            }
        });
        try (PrincipalComponents components = new PrincipalComponents(device)) {
            this.directions = components.of(covariance(real), indexed, WIDTH);
        }
        if (directions.count() == 0) {
            throw AutophageException.usage(
                    "%d real sequences have the same runs of tokens, all of them: there is nothing to compare samples by"
                            .formatted(real.count()));
        }
    }

    /** Identifies them beside every number that rests on them, such as {@code ngrams@1a2b3c4d5e6f}. */
    public String name() {
        return name;
    }

    /** One row a sequence. */
    public Features of(Tokens sequences) {
        int width = directions.count();
        double[] origin = new double[width];
        for (int k = 0; k < width; k++) {
            for (int place = 0; place < indexed; place++) {
                origin[k] -= mean[place] * directions.directions()[k * indexed + place];
            }
        }
        double[] rows = new double[Math.multiplyExact(sequences.count(), width)];
        for (int i = 0; i < sequences.count(); i++) {
            System.arraycopy(origin, 0, rows, i * width, width);
        }
        forEach(sequences, (i, count, met, logs) -> {
            for (int m = 0; m < count; m++) {
                for (int k = 0; k < width; k++) {
                    rows[i * width + k] += logs[m] * directions.directions()[k * indexed + met[m]];
                }
            }
        });
        return Features.ofRows(width, rows);
    }

    /** The indexed runs of a sequence. */
    @FunctionalInterface
    private interface Row {
        /**
         * What a sequence has.
         *
         * @param places of its runs, rising, the first count of them
         * @param logs their logarithms, likewise; all above 0
         */
        void is(int sequence, int count, int[] places, double[] logs);
    }

    /** The logarithms of indexed runs of some sequences, sequence by sequence, those that are not 0. */
    private void forEach(Tokens sequences, Row row) {
        int[] counts = new int[indexed];
        int[] met = new int[indexed];
        double[] logs = new double[indexed];
        for (int i = 0; i < sequences.count(); i++) {
            int count = count(sequences, i, counts, met);
            for (int m = 0; m < count; m++) {
                logs[m] = Math.log1p(counts[met[m]]);
                counts[met[m]] = 0;
            }
            row.is(i, count, met, logs);
        }
    }

    /** @return how many places are met, which are written into met in the order of their numbers */
    private int count(Tokens sequences, int i, int[] counts, int[] met) {
        int end = sequences.starts()[i + 1];
        int count = 0;
        for (int from = sequences.starts()[i]; from < end; from++) {
            int run = Grams.EMPTY;
            for (int n = 0; n < Math.min(LONGEST, end - from) && run != PairNumbers.NONE; n++) {
                run = grams.known(run, sequences.values()[from + n]);
                int place = run == PairNumbers.NONE ? -1 : places[run];
                if (place >= 0 && counts[place]++ == 0) {
                    met[count++] = place;
                }
            }
        }
        Arrays.sort(met, 0, count);
        return count;
    }

    private double[] covariance(Tokens real) {
        double[] covariance = new double[indexed * indexed];
        double scale = 1 / (real.count() - 1.0);
        forEach(real, (i, count, met, logs) -> {
            for (int a = 0; a < count; a++) {
                double log = scale * logs[a];
                for (int b = 0; b < count; b++) {
                    covariance[met[a] * indexed + met[b]] += log * logs[b];
                }
            }
        });
        for (int a = 0; a < indexed; a++) {
            for (int b = 0; b < indexed; b++) {
                covariance[a * indexed + b] -= scale * real.count() * mean[a] * mean[b];
            }
        }
        return covariance;
    }
}
