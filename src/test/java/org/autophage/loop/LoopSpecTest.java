package org.autophage.loop;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.Dataset;
import org.autophage.loop.TinyWorld.TinyDataset;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.json.JsonMapper;

class LoopSpecTest {
    private static final Memory LAST = new Memory(1);

    private static void isRefused(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt)
                .isInstanceOf(AutophageException.class)
                .hasMessage(message)
                .hasFieldOrPropertyWithValue("exitCode", ExitCode.USAGE);
    }

    private static LoopSpec fullySynthetic(int generations, int initial, int synthetic, Memory memory) {
        return LoopSpec.fullySynthetic(generations, initial, synthetic).within(memory);
    }

    private static LoopSpec fresh(int generations, int initial, int real) {
        return LoopSpec.freshData(generations, initial, 10, real);
    }

    private static LoopSpec mix(Counts fixedReal, Counts freshReal, Counts synthetic, @Nullable Counts subsample) {
        MixSpec mix = new MixSpec(fixedReal, freshReal, synthetic, LAST, subsample, null, null);
        return LoopSpec.mixed(4, 20, 10, mix);
    }

    @Test
    void numbersOutOfRangeAreRefusedByKey() {
        isRefused(() -> fullySynthetic(0, 10, 10, LAST), "loop.generations is 0: must be from 1 to 1000000");
        isRefused(() -> fullySynthetic(5, 0, 10, LAST), "loop.initial is 0: must be at least 1");
        isRefused(() -> fullySynthetic(5, 10, -1, LAST), "loop.synthetic is -1: must be at least 0");
        isRefused(() -> fullySynthetic(5, 10, 10, new Memory(0)), "loop.memory is 0: must be at least 1, or all");
        isRefused(() -> fresh(5, 10, -4), "loop.real is -4: must be at least 0");
        isRefused(
                () -> mix(Counts.of(-1), Counts.NONE, Counts.ALL, null),
                "loop.mix.fixedReal is -1: must be at least 0");
        isRefused(
                () -> mix(Counts.NONE, new Counts(List.of(1, -2)), Counts.ALL, null),
                "loop.mix.freshReal[1] is -2: must be at least 0");
    }

    @Test
    void moreFixedImagesThanGenerationOneHadAreRefused() {
        isRefused(
                () -> LoopSpec.syntheticAugmentation(5, 10, 10, 11),
                "loop.real is 11: synthetic augmentation repeats images of generation 1, so at most loop.initial = 10");
        isRefused(
                () -> mix(Counts.parse(List.of(20, 21)), Counts.NONE, Counts.ALL, null)
                        .check(new TinyDataset(99)),
                "loop.mix.fixedReal is 21 for generation 3: these are images of generation 1, so at most loop.initial = 20");
    }

    @Test
    void keysOfOtherKindsAreRefused() {
        isRefused(
                () -> new LoopSpec(LoopKind.FULLY_SYNTHETIC, 5, 10, 10, 5, LAST, null),
                "loop.real is 5: loop.kind is fully-synthetic, and the key is only of synthetic-augmentation and fresh-data;"
                        + " leave the key out");
        isRefused(
                () -> new LoopSpec(LoopKind.FRESH_DATA, 5, 10, 10, null, LAST, null),
                "loop.real is missing: a loop of kind fresh-data needs it");
        isRefused(
                () -> new LoopSpec(LoopKind.MIX, 5, 10, 10, null, null, null),
                "loop.mix is missing: a loop of kind mix needs it");
    }

    @Test
    void weightsAreSharesOfWhatIsThere() {
        isRefused(
                () -> new MixSpec(Counts.NONE, Counts.NONE, Counts.ALL, LAST, null, RealWeight.of(1.5), null),
                "loop.mix.weightReal is 1.5: must be in [0, 1], the real samples' share of the total weight, or golden");
        isRefused(
                () -> weighted(Counts.NONE, Counts.ALL, 1).check(new TinyDataset(100)),
                "loop.mix.weightReal is 1.0, but generation 2 has only synthetic samples: their weights would sum to 0");
        isRefused(
                () -> weighted(Counts.of(5), Counts.NONE, 0).check(new TinyDataset(100)),
                "loop.mix.weightReal is 0.0, but generation 2 has only real samples: their weights would sum to 0");
        weighted(Counts.of(5), Counts.ALL, 0).check(new TinyDataset(100));
    }

    private static LoopSpec weighted(Counts freshReal, Counts synthetic, double weightReal) {
        MixSpec mix = new MixSpec(Counts.NONE, freshReal, synthetic, LAST, null, RealWeight.of(weightReal), null);
        return LoopSpec.mixed(3, 10, 10, mix);
    }

    @Test
    void moreImagesThanThereAreAreRefusedBeforeTheWorkStarts() {
        Dataset hundred = new TinyDataset(100);
        isRefused(
                () -> fullySynthetic(5, 101, 10, LAST).check(hundred),
                "loop.initial is 101, but tiny has 100 real samples outside the holdout: at most 100");
        isRefused(
                () -> mix(Counts.NONE, Counts.NONE, Counts.of(11), null).check(hundred),
                "loop.mix.synthetic is 11 for generation 2: with loop.synthetic = 10 and memory 1 there are at most 10");
        isRefused(
                () -> mix(Counts.of(4), Counts.NONE, Counts.ALL, Counts.of(15)).check(hundred),
                "loop.mix.subsample is 15 for generation 2: there are only 14 images to draw from");
        isRefused(
                () -> fullySynthetic(5, 10, 0, LAST).check(hundred),
                "loop.kind fully-synthetic leaves generation 2 without images: loop.synthetic is 0;"
                        + " give it, or real images, at least 1");
    }

    @Test
    void freshDataThatRunsOutIsRefusedWithWhatWouldFit() {
        fresh(4, 40, 20).check(new TinyDataset(100));
        isRefused(
                () -> fresh(5, 40, 20).check(new TinyDataset(100)),
                "loop.real is 20: 40 at first + 4 generations x 20 fresh = 120 real images, but tiny has 100:"
                        + " at most loop.real = 15, or 4 generations");
        isRefused(
                () -> mix(Counts.NONE, Counts.of(30), Counts.ALL, null).check(new TinyDataset(100)),
                "loop.mix.freshReal is 30, which uses up 110 real images in 4 generations with loop.initial = 20,"
                        + " but tiny has 100");
        fresh(100_000, 40, 1_000_000).check(new TinyDataset(Dataset.UNLIMITED));
    }

    @ParameterizedTest
    @EnumSource(LoopKind.class)
    void defaultsAreSoundAndSurviveJson(LoopKind kind) {
        LoopSpec spec = LoopSpec.defaults(kind);
        spec.check(new TinyDataset(60_000));
        JsonMapper json = JsonMapper.shared();
        assertThat(json.readValue(json.writeValueAsString(spec), LoopSpec.class))
                .isEqualTo(spec);
    }

    @Test
    void aMixIsReadFromNumbersListsAndAll() {
        String text =
                "{\"kind\":\"mix\",\"generations\":4,\"initial\":20,\"synthetic\":10,\"mix\":{\"fixedReal\":[9,6],"
                        + "\"freshReal\":2,\"synthetic\":\"all\",\"memory\":\"all\"}}";
        MixSpec mix = JsonMapper.shared().readValue(text, LoopSpec.class).mix();
        assertThat(mix)
                .isEqualTo(
                        new MixSpec(new Counts(List.of(9, 6)), Counts.of(2), Counts.ALL, Memory.ALL, null, null, null));
        isRefused(() -> Counts.parse("some"), "the value is some: must be a whole number, a list of them, or all");
        isRefused(() -> Memory.of(1.5), "the value is 1.5: must be a whole number of generations, or all");
        isRefused(
                () -> LoopKind.of("fresh"),
                "loop.kind is fresh: must be one of fully-synthetic, synthetic-augmentation, fresh-data, accumulate,"
                        + " accumulate-subsample, mix");
    }
}
