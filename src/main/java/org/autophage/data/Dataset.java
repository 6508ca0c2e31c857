package org.autophage.data;

import java.util.Optional;

/**
 * A source of real samples. Real sample i is the same sample whenever and wherever it is asked for. The holdout is
 * disjoint from all of them: no training set can contain it, because it cannot be named by an index.
 */
public interface Dataset {
    /** The number of real samples of a source that never runs out. */
    long UNLIMITED = Long.MAX_VALUE;

    /**
     * From here on lie real samples of a source that never runs out which no loop with a small seed uses: for whoever knows real data
     * besides.
     */
    long ASIDE = 1L << 52;

    /** The kind as written in a spec, such as "mnist". */
    String name();

    /** How many real samples may be asked for, or {@link #UNLIMITED}. */
    long available();

    /**
     * Real samples by index.
     *
     * @param indices each in [0, available())
     */
    Samples real(long[] indices);

    /**
     * The classes of real samples by index; all 0 for samples without classes.
     *
     * @param indices each in [0, available())
     */
    default int[] labels(long[] indices) {
        return real(indices).labels();
    }

    /**
     * What one sample is, all of them alike.
     *
     * @param labels which classes a model's samples are to be asked to be of
     */
    default SampleShape shape(SampleLabels labels) {
        return real(new long[] {0}).shape();
    }

    /** How many real samples each class has; empty for a source that never runs out, or has no images. */
    default Optional<int[]> classCounts() {
        return Optional.empty();
    }

    /** The law that real samples are drawn from, where it is known. */
    default Optional<PointLaw> knownLaw() {
        return Optional.empty();
    }

    /** The law that real sequences of tokens are drawn from, where it is known. */
    default Optional<TokenLaw> knownTokenLaw() {
        return Optional.empty();
    }

    /** What real samples were drawn from, where that is known. */
    default Optional<KnownFactors> knownFactors() {
        return Optional.empty();
    }

    /** The holdout: real samples that no model ever trains on; metrics compare with them. */
    Samples holdout();

    /**
     * The same source as it is when a generation gathers its data: another where its law moves, of which sample i is drawn by
     * the same random numbers. This one is what there is at generation 1.
     *
     * @param generation t, counted from 1
     * @return this where the law stays as it is
     * @throws org.autophage.base.AutophageException (usage) if the law cannot move that far
     */
    default Dataset at(int generation) {
        return this;
    }

    /** What classifiers learn from: the source as it is before a spec lets it move, with its classes in their own shares. */
    default Dataset whole() {
        return this;
    }

    /** Identifies the content: SHA-256 in hexadecimal over whatever determines every sample. */
    String hash();
}
