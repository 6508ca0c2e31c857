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
            int end = real.starts()[i + 1];
            for (int from = real.starts()[i]; from < end; from++) {
                int run = Grams.EMPTY;
                for (int n = 0; n < Math.min(LONGEST, end - from); n++) {
                    run = grams.number(run, real.values()[from + n]);
                    counts[run]++;
                }
            }
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
        Logarithms logs = new Logarithms(real);
        this.mean = new double[indexed];
        logs.forEach((i, place, log) -> mean[place] += log / real.count());
        try (PrincipalComponents components = new PrincipalComponents(device)) {
            this.directions = components.of(logs.covariance(mean), indexed, WIDTH);
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
        new Logarithms(sequences).forEach((i, place, log) -> {
            for (int k = 0; k < width; k++) {
                rows[i * width + k] += log * directions.directions()[k * indexed + place];
            }
        });
        return Features.ofRows(width, rows);
    }

    private interface Entry {
        void is(int sequence, int place, double log);
    }

    /** The logarithms of indexed runs of some sequences, sequence by sequence, those that are not 0. */
    private final class Logarithms {
        private final Tokens sequences;

        Logarithms(Tokens sequences) {
            this.sequences = sequences;
        }

        void forEach(Entry entry) {
            int[] counts = new int[indexed];
            int[] met = new int[indexed];
            for (int i = 0; i < sequences.count(); i++) {
                int places = count(i, counts, met);
                for (int m = 0; m < places; m++) {
                    entry.is(i, met[m], Math.log1p(counts[met[m]]));
                    counts[met[m]] = 0;
                }
            }
        }

        /** @return how many places are met, which are written into met in the order of their numbers */
        private int count(int i, int[] counts, int[] met) {
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

        double[] covariance(double[] mean) {
            double[] covariance = new double[indexed * indexed];
            int[] counts = new int[indexed];
            int[] met = new int[indexed];
            double scale = 1 / (sequences.count() - 1.0);
            for (int i = 0; i < sequences.count(); i++) {
                int places = count(i, counts, met);
                for (int a = 0; a < places; a++) {
                    double log = scale * Math.log1p(counts[met[a]]);
                    for (int b = 0; b < places; b++) {
                        covariance[met[a] * indexed + met[b]] += log * Math.log1p(counts[met[b]]);
                    }
                }
                for (int a = 0; a < places; a++) {
                    counts[met[a]] = 0;
                }
            }
            for (int a = 0; a < indexed; a++) {
                for (int b = 0; b < indexed; b++) {
                    covariance[a * indexed + b] -= scale * sequences.count() * mean[a] * mean[b];
                }
            }
            return covariance;
        }
    }
}
