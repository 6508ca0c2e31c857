package org.autophage.data;

import java.util.Arrays;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.Sha256;
import org.autophage.base.WrongValue;

/**
 * A dataset with its classes in other shares. Of a finite one a part of the images: as many as there can be of these shares,
 * drawn at random but the same for everybody, in their order. Of one that never runs out image i is of the class that is due,
 * so that any run of images has the shares as nearly as whole numbers can. The holdout stands for real data, and is a part of the
 * other's likewise.
 */
public final class ImbalancedDataset implements Dataset {
    /** Which images are left out is drawn from this. */
    private static final long SUBSET_SEED = 20_241_118;

    /** Shares of a source that never runs out are of so many. */
    private static final int WHOLE = 10_000;

    /** Keeps a number that is whole but for rounding. */
    private static final double ROUNDING = 1e-9;

    private final Dataset source;
    private final ClassRatios asked;
    private final double[] shares;
    private final LabelOrder order;

    /** The source's indices of real images, ascending; empty where it never runs out. */
    private final int[] kept;

    private final Images holdout;

    /**
     * @param source whose classes have shares of its own
     * @throws WrongValue if it has no classes, or none of these
     */
    public ImbalancedDataset(Dataset source, ClassRatios asked) {
        this.source = source;
        this.asked = asked;
        Images held = source.holdout()
                .images()
                .filter(images -> images.classes() > 1)
                .orElseThrow(() -> new WrongValue(
                        ClassRatios.KEY,
                        "is given, but %s has no classes: leave the key out".formatted(source.name())));
        this.shares = asked.of(held.classNames(), source.name());
        this.kept = isEndless()
                ? new int[0]
                : part(source.labels(LongStream.range(0, source.available()).toArray()));
        this.order = LabelOrder.byShares(isEndless() ? ofWhole() : keptCounts());
        this.holdout = held.select(part(held.labels()));
        if (isEndless()) {
            requireTurns();
        }
    }

    private boolean isEndless() {
        return source.available() == UNLIMITED;
    }

    private int[] ofWhole() {
        return Arrays.stream(shares)
                .mapToInt(share -> share == 0 ? 0 : (int) Math.max(1, Math.round(WHOLE * share)))
                .toArray();
    }

    /** Positions of as many as there can be of these shares, ascending. */
    private int[] part(int[] labels) {
        int[] counts = new int[shares.length];
        for (int label : labels) {
            counts[label]++;
        }
        double most = IntStream.range(0, shares.length)
                .filter(label -> shares[label] > 0)
                .mapToDouble(label -> counts[label] / shares[label])
                .min()
                .orElseThrow();
        int[] left = new int[shares.length];
        Arrays.setAll(left, label -> (int) Math.floor(most * shares[label] + ROUNDING));
        return Arrays.stream(Shuffle.permutation(labels.length, new SplittableRandom(SUBSET_SEED)))
                .filter(position -> left[labels[position]]-- > 0)
                .sorted()
                .toArray();
    }

    /** Image i is looked for among as many of the source's as it has classes, which therefore have to take turns. */
    private void requireTurns() {
        int[] first = source.labels(LongStream.range(0, shares.length).toArray());
        if (Arrays.stream(first).distinct().count() != shares.length) {
            throw new WrongValue(
                    ClassRatios.KEY, "is given, but classes of %s do not take turns".formatted(source.name()));
        }
    }

    private long[] ofSource(long[] indices) {
        return Arrays.stream(indices).map(this::ofSource).toArray();
    }

    private long ofSource(long index) {
        if (!isEndless()) {
            return kept[Math.toIntExact(index)];
        }
        long from = Math.multiplyExact(index, shares.length);
        int[] labels =
                source.labels(LongStream.range(from, from + shares.length).toArray());
        int due = order.at(index);
        return from
                + IntStream.range(0, labels.length)
                        .filter(i -> labels[i] == due)
                        .findFirst()
                        .orElseThrow();
    }

    @Override
    public String name() {
        return source.name();
    }

    @Override
    public long available() {
        return isEndless() ? UNLIMITED : kept.length;
    }

    @Override
    public Samples real(long[] indices) {
        return source.real(ofSource(indices));
    }

    @Override
    public int[] labels(long[] indices) {
        return source.labels(ofSource(indices));
    }

    @Override
    public SampleShape shape(SampleLabels labels) {
        SampleShape shape = source.shape(SampleLabels.BALANCED);
        return labels == SampleLabels.AS_DATA
                ? shape.ofImages()
                        .<SampleShape>map(
                                images -> new ImageShape(images.size(), images.channels(), images.classNames(), order))
                        .orElse(shape)
                : shape;
    }

    @Override
    public Optional<int[]> classCounts() {
        return isEndless() ? Optional.empty() : Optional.of(keptCounts());
    }

    private int[] keptCounts() {
        int[] counts = new int[shares.length];
        for (int label : source.labels(Arrays.stream(kept).asLongStream().toArray())) {
            counts[label]++;
        }
        return counts;
    }

    @Override
    public Images holdout() {
        return holdout;
    }

    @Override
    public Dataset at(int generation) {
        Dataset then = source.at(generation);
        return then == source ? this : new ImbalancedDataset(then, asked);
    }

    /** All classes alike: who judges them has to know the rare ones too. */
    @Override
    public Dataset whole() {
        return source.whole();
    }

    @Override
    public String hash() {
        return Sha256.of("%s classes %s".formatted(source.hash(), Arrays.toString(shares)));
    }
}
