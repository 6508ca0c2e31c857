package org.autophage.loop;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.data.Dataset;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.measure.Composition;
import org.jspecify.annotations.Nullable;

/**
 * The algebra of data mixes: what every self-consuming loop's training sets are made of. Generation 1 has
 * {@code initial} real images. Generation t ≥ 2 gathers, in this order,
 *
 * <ol>
 *   <li>fixed real images: the first ones of generation 1, as they were then,
 *   <li>fresh real images: the next ones that no generation has used, as the dataset gives them at generation t,
 *   <li>synthetic images: drawn uniformly without replacement from the generations in memory,
 * </ol>
 *
 * and, where {@code subsample} is given, keeps that many of all of these, drawn uniformly without replacement. Draws
 * keep the order (generation, number), so drawing everything that is there takes it in order, and loops that ask for the
 * same images get the same training set byte for byte.
 *
 * @param initial n_ini
 * @param made n_s: images that each generation gives to later ones
 * @param fixedReal how many fixed real images
 * @param freshReal how many fresh real images
 * @param synthetic how many synthetic images, or all in memory
 * @param memory which generations are in memory
 * @param subsample how many are kept of all of these; null keeps all
 * @param weightReal share of the total weight that real images have where there are images of both kinds; null weighs all
 *     images alike
 */
public record DataMix(
        int initial,
        int made,
        Counts fixedReal,
        Counts freshReal,
        Counts synthetic,
        Memory memory,
        @Nullable Counts subsample,
        @Nullable RealWeight weightReal) {
    private static final long SYNTHETIC_CHUNK = 0;
    private static final long SUBSAMPLE_CHUNK = 1;

    /** Whether every generation is fitted to all samples of the one before, and to nothing else. */
    public boolean replaces() {
        return fixedReal.equals(Counts.NONE)
                && freshReal.equals(Counts.NONE)
                && (synthetic.isAll() || synthetic.equals(Counts.of(made)))
                && memory.generations() == 1
                && subsample == null;
    }

    /**
     * Puts the training set of a generation together.
     *
     * @param t the generation, counted from 1
     * @param pool holds the generations in memory
     * @param seeds the seeds of the run; the draws use phase MIX
     */
    public TrainingSet trainingSet(int t, Dataset dataset, SamplePool pool, Seeds seeds) {
        Draw draw = draw(t, new RealOrder(dataset.available(), seeds), seeds);
        List<Samples> parts = new ArrayList<>();
        boolean chosen = false;
        for (OriginBlock block : OriginBlock.of(draw.origins())) {
            if (block.isReal()) {
                int fixed = draw.composition().fixedReal();
                addReal(Arrays.copyOf(block.numbers(), fixed), dataset, parts);
                addReal(Arrays.copyOfRange(block.numbers(), fixed, block.numbers().length), dataset.at(t), parts);
            } else {
                Given given = pool.of(block.generation());
                parts.add(given.samples().select(positions(block.numbers())));
                chosen |= !given.isInTurn();
            }
        }
        Origins origins = chosen
                ? draw.origins()
                        .drawnAs((generation, number) -> pool.of(generation).draw(Math.toIntExact(number)))
                : draw.origins();
        return new TrainingSet(Samples.concatenate(parts), origins, draw.composition(), weights(draw.composition()));
    }

    private static void addReal(long[] numbers, Dataset dataset, List<Samples> parts) {
        if (numbers.length > 0) {
            parts.add(dataset.real(numbers));
        }
    }

    private Weights weights(Composition composition) {
        int real = composition.fixedReal() + composition.freshReal();
        boolean both = real > 0 && composition.synthetic() > 0;
        return weightReal == null || !both
                ? Weights.EQUAL
                : new Weights(real, weightReal.of(real, composition.synthetic()));
    }

    private static int[] positions(long[] numbers) {
        return Arrays.stream(numbers).mapToInt(Math::toIntExact).toArray();
    }

    /**
     * Counts of the training set of a generation, known before there is any sample.
     *
     * @param t the generation, counted from 1
     * @param seeds the seeds of the run, on which a subsample's share of real images depends
     */
    public Composition composition(int t, Dataset dataset, Seeds seeds) {
        return draw(t, new RealOrder(dataset.available(), seeds), seeds).composition();
    }

    /** The dataset's indices of the real images that generation 1 is trained on. */
    public long[] firstRealImages(Dataset dataset, Seeds seeds) {
        return new RealOrder(dataset.available(), seeds).first(initial);
    }

    /** Which images a training set consists of. */
    record Draw(Origins origins, Composition composition) {}

    /** Chooses the images of a training set by their ids, without looking at any. */
    Draw draw(int t, RealOrder order, Seeds seeds) {
        int fixed = fixedRealAt(t);
        int real = fixed + freshRealAt(t);
        long firstFresh = realImagesUsed(t) - freshRealAt(t);
        long[] realIndices = order.first(realImagesUsed(t));
        long[] drawn = RandomSubset.draw(syntheticAt(t), inMemory(t), seeds.random(t, Phase.MIX, SYNTHETIC_CHUNK));
        int gathered = Math.addExact(real, drawn.length);
        int kept = subsample == null || t == 1 ? gathered : subsample.at(t);
        long[] places = RandomSubset.draw(kept, gathered, seeds.random(t, Phase.MIX, SUBSAMPLE_CHUNK));

        int[] generations = new int[kept];
        long[] numbers = new long[kept];
        for (int i = 0; i < kept; i++) {
            int place = (int) places[i];
            if (place < fixed) {
                numbers[i] = realIndices[place];
            } else if (place < real) {
                numbers[i] = realIndices[Math.toIntExact(firstFresh + place - fixed)];
            } else {
                long candidate = drawn[place - real];
                generations[i] = memory.oldest(t) + (int) (candidate / made);
                numbers[i] = candidate % made;
            }
        }
        int keptFixed = countBelow(fixed, places);
        int keptReal = countBelow(real, places);
        return new Draw(
                new Origins(generations, numbers), new Composition(keptFixed, keptReal - keptFixed, kept - keptReal));
    }

    private static int countBelow(long limit, long[] ascending) {
        int at = Arrays.binarySearch(ascending, limit);
        return at < 0 ? -at - 1 : at;
    }

    private int fixedRealAt(int t) {
        return t == 1 ? initial : fixedReal.at(t);
    }

    private int freshRealAt(int t) {
        return t == 1 ? 0 : freshReal.at(t);
    }

    private int syntheticAt(int t) {
        if (t == 1) {
            return 0;
        }
        return synthetic.isAll() ? Math.toIntExact(inMemory(t)) : synthetic.at(t);
    }

    /** How many synthetic images generation t can draw from. */
    public long inMemory(int t) {
        return (long) (t - memory.oldest(t)) * made;
    }

    /** How many images generation t ≥ 2 has before any subsampling. */
    public long gathered(int t) {
        return (long) fixedReal.at(t) + freshReal.at(t) + (synthetic.isAll() ? inMemory(t) : synthetic.at(t));
    }

    /** How many images the training set of generation t has. */
    public long size(int t) {
        if (t == 1) {
            return initial;
        }
        return subsample == null ? gathered(t) : subsample.at(t);
    }

    /** How many different real images generations 1 to t use. */
    public long realImagesUsed(int t) {
        long used = initial;
        for (int generation = 2; generation <= t; generation++) {
            used += freshReal.at(generation);
        }
        return used;
    }
}
