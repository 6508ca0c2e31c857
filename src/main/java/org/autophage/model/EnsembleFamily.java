package org.autophage.model;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.LabelOrder;
import org.autophage.data.TrainingSet;
import org.autophage.run.GenerationFolder;
import org.jspecify.annotations.Nullable;

/**
 * Trains several models a generation, each on a part of its training set, which are sampled as a mixture of equal shares. Each
 * has seeds and checkpoints of its own, so that a training that was interrupted goes on inside the member where it stood.
 *
 * @param each trains the members; closed with this
 * @param members how many there are, at least 1
 * @param parts what each is trained on
 * @param labels of the samples that are asked for; of one class where they have none
 */
public record EnsembleFamily(ModelFamily each, int members, Parts parts, LabelOrder labels) implements ModelFamily {
    /** What the members of an ensemble are trained on. */
    public enum Parts {
        /** Every sample of the training set is one member's, as many each as whole numbers can. */
        DISJOINT,
        /** Each member has as many as the training set, drawn from it with replacement: bagging (Breiman 1996). */
        BOOTSTRAP
    }

    /** Streams of members and parts lie where no other chunk of their phases does. */
    private static final long PARTS = -1;

    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        if (parts == Parts.DISJOINT && training.samples().count() < members) {
            throw AutophageException.usage("generation %d has %d samples for an ensemble of %d: each member needs some"
                    .formatted(generation, training.samples().count(), members));
        }
        int[][] positions = positions(training, seeds.random(generation, Phase.MIX, PARTS));
        List<GenerativeModel> trained = new ArrayList<>();
        try {
            for (int member = 0; member < members; member++) {
                TrainingSet part = training.select(positions[member]);
                Seeds own = new Seeds(seeds.of(generation, Phase.INITIALIZE, -1L - member));
                GenerativeModel start =
                        previous instanceof Ensemble model ? model.members().get(member) : null;
                trained.add(each.train(part, start, own, generation, work.within(name(member))));
            }
        } catch (RuntimeException e) {
            trained.forEach(GenerativeModel::close);
            throw e;
        }
        return new Ensemble(trained, labels);
    }

    static String name(int member) {
        return "member-" + (member + 1);
    }

    /** What each member is trained on, rising: real samples stay first. */
    private int[][] positions(TrainingSet training, SplittableRandom random) {
        int count = training.samples().count();
        int[][] positions = new int[members][];
        if (parts == Parts.BOOTSTRAP) {
            Arrays.setAll(
                    positions, member -> random.ints(count, 0, count).sorted().toArray());
            return positions;
        }
        // Real and synthetic samples are dealt in turn, each in a random order, so that members have the same shares of
        // both.
        int real = training.composition().fixedReal() + training.composition().freshReal();
        int[] order = IntStream.concat(
                        shuffled(IntStream.range(0, real).toArray(), random),
                        shuffled(IntStream.range(real, count).toArray(), random))
                .toArray();
        Arrays.setAll(positions, member -> IntStream.range(0, count)
                .filter(i -> i % members == member)
                .map(i -> order[i])
                .sorted()
                .toArray());
        return positions;
    }

    private static IntStream shuffled(int[] values, SplittableRandom random) {
        for (int i = values.length - 1; i > 0; i--) {
            int other = random.nextInt(i + 1);
            int kept = values[i];
            values[i] = values[other];
            values[other] = kept;
        }
        return Arrays.stream(values);
    }

    @Override
    public GenerativeModel load(Path folder) throws IOException {
        List<GenerativeModel> read = new ArrayList<>();
        for (int member = 0; member < members; member++) {
            read.add(each.load(new GenerationFolder(folder).members().resolve(name(member))));
        }
        return new Ensemble(read, labels);
    }

    @Override
    public void close() {
        each.close();
    }
}
