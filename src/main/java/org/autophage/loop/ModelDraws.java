package org.autophage.loop;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;

/**
 * The draws of a generation's model, kept, so that several may begin at the first. They are drawn in blocks of as many as a
 * generation draws anyway: draw i depends on the seeds, the plan and i only. The first block is the one that a loop without stages
 * draws; each has seeds and a checkpoint of its own, so that an interrupted run draws none of them twice.
 */
final class ModelDraws {
    /** Chunks of a block; far more than any has. */
    private static final long CHUNKS_OF_BLOCK = 1L << 32;

    private final GenerativeModel model;
    private final Turn turn;
    private final int block;
    private final List<Samples> drawn = new ArrayList<>();

    ModelDraws(GenerativeModel model, Turn turn) {
        this.model = model;
        this.turn = turn;
        this.block = turn.plan().samplesPerGeneration();
    }

    /** The first block, whole. */
    Samples first() {
        return block(0, block);
    }

    /**
     * The first draws of other sampling seeds: of the blocks behind the first, which are independent of it.
     *
     * @return what each of the plan's samplings but the first gives, as many as are measured
     */
    List<Samples> ofOtherSeeds() {
        int measured = turn.plan().measured();
        return IntStream.range(1, turn.plan().samplings())
                .mapToObj(number -> between((long) number * block, measured).samples())
                .toList();
    }

    /** All draws from the first on, for a new asker. */
    Draws fromTheFirst() {
        return new Draws() {
            private long at;

            @Override
            public Given next(int count) {
                Given next = between(at, count);
                at += count;
                return next;
            }
        };
    }

    private Given between(long from, int count) {
        if (from == 0 && count == block) {
            return Given.inTurn(first());
        }
        List<Samples> parts = new ArrayList<>();
        long[] numbers = new long[count];
        int taken = 0;
        while (taken < count) {
            long at = from + taken;
            int begin = (int) (at % block);
            int length = Math.min(block - begin, count - taken);
            Samples samples = block((int) (at / block), begin + length);
            parts.add(
                    length == samples.count()
                            ? samples
                            : samples.select(
                                    IntStream.range(begin, begin + length).toArray()));
            for (int i = 0; i < length; i++) {
                numbers[taken + i] = at + i;
            }
            taken += length;
        }
        return new Given(Samples.concatenate(parts), numbers);
    }

    /** A block, or at least so many draws from its beginning. */
    private Samples block(int number, int least) {
        while (drawn.size() <= number) {
            drawn.add(drawn(drawn.size(), drawn.size() < number ? block : least));
        }
        if (drawn.get(number).count() < least) {
            drawn.set(number, drawn(number, least)); // goes on from the block's checkpoint
        }
        return drawn.get(number);
    }

    private Samples drawn(int number, int count) {
        Seeds.Stream seeds = turn.stream(Phase.SAMPLE);
        if (number == 0) {
            return model.sample(block, turn.plan().bias(), seeds, turn.work());
        }
        Work work = turn.work().within("block-" + number);
        return model.sample(count, turn.plan().bias(), chunk -> seeds.of(number * CHUNKS_OF_BLOCK + chunk), work);
    }
}
