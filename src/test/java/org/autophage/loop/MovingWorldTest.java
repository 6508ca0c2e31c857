package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.autophage.loop.TinyWorld.contents;

import java.util.ArrayList;
import java.util.List;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.data.HoldoutGuard;
import org.autophage.data.Origins;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.loop.TinyWorld.MovingDataset;
import org.autophage.loop.TinyWorld.TinyFamily;
import org.autophage.measure.Composition;
import org.autophage.measure.Measures;
import org.junit.jupiter.api.Test;

/** Loops on real data whose law moves: what is kept stays as it was, what is new is as it is by now. */
class MovingWorldTest {
    private static final MovingDataset DATASET = new MovingDataset(100, 1);

    private static final LoopSpec LOOP = LoopSpec.mixed(
            4, 6, 5, new MixSpec(Counts.of(3), Counts.of(2), Counts.ALL, new Memory(1), null, null, null));

    @Test
    void fixedSamplesStayThoseOfGenerationOneAndFreshOnesAreOfTheirTime() {
        DataMix mix = LOOP.dataMix();
        SamplePool pool = new SamplePool(Memory.ALL, t -> Given.inTurn(TinyWorld.images(new long[] {7, 7, 7, 7, 7})));
        TrainingSet first = mix.trainingSet(1, DATASET, pool, new Seeds(0));
        TrainingSet third = mix.trainingSet(3, DATASET, pool, new Seeds(0));
        long[] was = contents(first.samples());
        long[] is = contents(third.samples());
        assertThat(third.composition()).isEqualTo(new Composition(3, 2, 5));
        for (int i = 0; i < 3; i++) {
            assertThat(is[i]).isEqualTo(was[i]).isLessThan(MovingDataset.STEP);
        }
        for (int i = 3; i < 5; i++) {
            assertThat(is[i] - third.origins().number(i)).isEqualTo(2 * MovingDataset.STEP);
        }
    }

    @Test
    void everyGenerationIsMeasuredAtItsTime() {
        List<Integer> numbers = new ArrayList<>();
        new LoopController(
                        new LoopPlan(LOOP, 1, 5),
                        DATASET,
                        new TinyFamily(),
                        generation -> {
                            numbers.add(generation.number());
                            return Measures.builder().build();
                        },
                        Expectation.NOTHING)
                .run(new MemoryLog(0), Progress.SILENT, StopSignal.NEVER, GenerationObserver.NOBODY);
        assertThat(numbers).containsExactly(1, 2, 3, 4);
    }

    /** The holdout of generation 3 is another one, and real samples are what the dataset gives at their time. */
    @Test
    void theGuardLooksForTheHoldoutOfTheTime() {
        HoldoutGuard guard = new HoldoutGuard(DATASET);
        assertThat(guard.at(1)).isSameAs(guard);
        Samples held = DATASET.at(3).holdout();
        TrainingSet leaked =
                new TrainingSet(held, new Origins(new int[] {0, 2, 2}, new long[] {0, 1, 2}), new Composition(0, 1, 2));
        assertThat(guard.check(leaked)).isZero();
        assertThatThrownBy(() -> guard.at(3).check(leaked)).hasMessageContaining("is holdout image 0");
    }

    @Test
    void aLawThatCannotMoveThatFarIsRefusedBefore() {
        assertThatThrownBy(() -> LOOP.check(new MovingDataset(100, 1) {
                    @Override
                    public MovingDataset at(int generation) {
                        throw new IllegalArgumentException("not to " + generation);
                    }
                }))
                .hasMessage("not to 4");
    }
}
