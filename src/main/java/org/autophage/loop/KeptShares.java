package org.autophage.loop;

/**
 * A training set of which each sample is kept by chance, independently of what it looks like and of all others.
 *
 * @param real probability that a real sample is kept, in [0, 1]
 * @param synthetic the same for a synthetic one
 */
public record KeptShares(double real, double synthetic) {
    /** Everything is kept. */
    public static final KeptShares ALL = new KeptShares(1, 1);

    /** What is left after both. */
    public KeptShares and(KeptShares other) {
        return new KeptShares(real * other.real, synthetic * other.synthetic);
    }

    public boolean isAll() {
        return equals(ALL);
    }
}
