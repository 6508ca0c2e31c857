package org.autophage.data;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;

/**
 * Proves of each training set that it contains no holdout image, by content: whatever went wrong on the way, a model
 * that trained on what the metrics compare with would not go unnoticed.
 *
 * <p>Sources may hold the same picture twice. A real sample that equals a holdout image is therefore accepted when it is
 * what the dataset itself gives for that sample's index; under any other image, and for any synthetic sample, equality
 * is an error. (Two 8-bit images do not agree in every pixel by chance; MNIST at 28 pixels has no such pair.)
 *
 * <p>Points are drawn from streams that never meet those of the holdout, and chance makes no two alike: there is nothing
 * to find among them. Sequences may well be alike, as sentences are short and texts repeat themselves: only where they are from
 * differs, and no index leads to a place of the holdout.
 */
public final class HoldoutGuard {
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

    private static final Images NO_IMAGES = new Images(1, 1, 1, 1, new byte[0], new int[0]);

    private final Dataset dataset;
    /** The same at the generation's time, which fresh real samples and the holdout are of. */
    private final Dataset now;

    private final Images holdout;

    /** Hashes of the holdout images in ascending order, and whose they are. */
    private final long[] hashes;

    private final int[] owners;

    /** The guard of generation 1. */
    public HoldoutGuard(Dataset dataset) {
        this(dataset, dataset);
    }

    private HoldoutGuard(Dataset dataset, Dataset now) {
        this.dataset = dataset;
        this.now = now;
        this.holdout = now.holdout().images().orElse(NO_IMAGES);
        long[] byPosition = hashes(holdout);
        owners = IntStream.range(0, holdout.count())
                .boxed()
                .sorted((a, b) -> Long.compare(byPosition[a], byPosition[b]))
                .mapToInt(Integer::intValue)
                .toArray();
        hashes = Arrays.stream(owners).mapToLong(owner -> byPosition[owner]).toArray();
    }

    /** The guard of a generation, whose holdout is another one where the dataset's law moves. */
    public HoldoutGuard at(int generation) {
        Dataset then = dataset.at(generation);
        return then == now ? this : new HoldoutGuard(dataset, then);
    }

    /**
     * Checks a training set.
     *
     * @return how many of its samples equal a holdout image because the dataset itself holds that picture twice
     * @throws AutophageException (usage) when a sample is a holdout image, or a real sample has an index that the dataset
     *     does not have
     */
    public int check(TrainingSet training) {
        if (!(training.samples() instanceof Images images)) {
            return 0;
        }
        Origins origins = training.origins();
        long[] sampleHashes = hashes(images);
        int duplicates = 0;
        for (int position = 0; position < images.count(); position++) {
            boolean real = origins.generation(position) == Origins.REAL;
            long number = origins.number(position);
            if (real && (number < 0 || number >= dataset.available())) {
                throw AutophageException.usage("training sample %d is real image %d: %s has %d"
                        .formatted(position, number, dataset.name(), dataset.available()));
            }
            int held = find(images, position, sampleHashes[position]);
            if (held < 0) {
                continue;
            }
            if (!real || !equal(images, position, images(givenBy(training, position, number)), 0)) {
                throw AutophageException.usage(
                        "training sample %d (%s %d) is holdout image %d of %s: no model may train on it"
                                .formatted(
                                        position,
                                        real ? "real image" : "generation " + origins.generation(position) + ", image",
                                        number,
                                        held,
                                        dataset.name()));
            }
            duplicates++;
        }
        return duplicates;
    }

    private Samples givenBy(TrainingSet training, int position, long number) {
        boolean fixed = position < training.composition().fixedReal();
        return (fixed ? dataset : now).real(new long[] {number});
    }

    /** The holdout image that equals this one, or -1. */
    private int find(Images images, int position, long hash) {
        int at = Arrays.binarySearch(hashes, hash);
        if (at < 0) {
            return -1;
        }
        while (at > 0 && hashes[at - 1] == hash) {
            at--;
        }
        for (; at < hashes.length && hashes[at] == hash; at++) {
            if (equal(images, position, holdout, owners[at])) {
                return owners[at];
            }
        }
        return -1;
    }

    private static boolean equal(Images a, int positionA, Images b, int positionB) {
        return a.describeSize().equals(b.describeSize()) && Arrays.equals(a.pixels(positionA), b.pixels(positionB));
    }

    private static long[] hashes(Images images) {
        return IntStream.range(0, images.count())
                .parallel()
                .mapToLong(image -> hash(images.pixels(image)))
                .toArray();
    }

    /** A fast 64-bit hash; two images that share one are compared byte by byte. */
    private static long hash(byte[] bytes) {
        long hash = bytes.length;
        int at = 0;
        for (; at + Long.BYTES <= bytes.length; at += Long.BYTES) {
            hash = stir(hash ^ (long) LONG.get(bytes, at));
        }
        for (; at < bytes.length; at++) {
            hash = stir(hash ^ bytes[at]);
        }
        return hash;
    }

    private static long stir(long z) {
        long product = z * 0x9E3779B97F4A7C15L;
        return product ^ (product >>> 32);
    }

    private static Images images(Samples samples) {
        return (Images) samples;
    }
}
