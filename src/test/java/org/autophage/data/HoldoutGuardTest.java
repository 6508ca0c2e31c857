package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.mnist.MnistSpec;
import org.autophage.data.strokes.StrokesDataset;
import org.autophage.data.strokes.StrokesSpec;
import org.autophage.measure.Composition;
import org.junit.jupiter.api.Test;

class HoldoutGuardTest {
    private final StrokesDataset strokes = new StrokesSpec(16, 200, 0).open();
    private final HoldoutGuard guard = new HoldoutGuard(strokes);

    private static TrainingSet real(Images images) {
        return new TrainingSet(
                images,
                new Origins(
                        new int[images.count()],
                        LongStream.range(0, images.count()).toArray()),
                new Composition(images.count(), 0, 0));
    }

    private static TrainingSet synthetic(int generation, Images images) {
        return new TrainingSet(
                images,
                new Origins(
                        IntStream.range(0, images.count()).map(i -> generation).toArray(),
                        LongStream.range(0, images.count()).toArray()),
                new Composition(0, 0, images.count()));
    }

    @Test
    void realImagesPass() {
        assertThat(guard.check(real(strokes.real(LongStream.range(0, 3_000).toArray()))))
                .isZero();
    }

    @Test
    void holdoutImageUnderARealIndexIsFound() {
        Images images = (Images) Samples.concatenate(
                List.of(strokes.real(new long[] {0, 1}), strokes.holdout().slice(7, 8)));
        refused(
                real(images),
                "training sample 2 (real image 2) is holdout image 7 of strokes: no model may train on it");
    }

    @Test
    void holdoutImageAmongSyntheticOnesIsFound() {
        refused(
                synthetic(4, strokes.holdout().slice(199, 200)),
                "training sample 0 (generation 4, image 0) is holdout image 199 of strokes");
    }

    @Test
    void onePixelMakesAnotherImage() {
        byte[] pixels = strokes.holdout().pixels(0);
        pixels[255] ^= 1;
        assertThat(guard.check(synthetic(1, new Images(16, 16, 1, 10, pixels, new int[1]))))
                .isZero();
    }

    @Test
    void indexOutsideTheDatasetIsFound() {
        Images one = strokes.real(new long[] {0});
        refused(
                new TrainingSet(one, new Origins(new int[1], new long[] {-5}), new Composition(1, 0, 0)),
                "training sample 0 is real image -5: strokes has");
    }

    @Test
    void pictureThatTheDatasetHoldsTwiceIsAccepted() {
        Twice twice = new Twice(strokes.holdout());
        HoldoutGuard twiceGuard = new HoldoutGuard(twice);
        assertThat(twiceGuard.check(real(twice.real(new long[] {0, 1, 2})))).isEqualTo(3);
        assertThatThrownBy(() -> twiceGuard.check(real(twice.real(new long[] {1, 0}))))
                .hasMessageContaining("training sample 0 (real image 0) is holdout image 1");
    }

    /** No training image of MNIST is also a test image, to the bit. */
    @Test
    void realMnistHasNoSuchPair() {
        FiniteDataset mnist = new MnistSpec(RealDatasets.mnist().toString(), 28, 10_000).open();
        TrainingSet everything =
                real(mnist.real(LongStream.range(0, mnist.available()).toArray()));
        assertThat(new HoldoutGuard(mnist).check(everything)).isZero();
    }

    /** A dataset whose real images are the very ones that it holds out. */
    private record Twice(Images holdout) implements Dataset {
        @Override
        public String name() {
            return "twice";
        }

        @Override
        public long available() {
            return holdout.count();
        }

        @Override
        public Images real(long[] indices) {
            return holdout.select(
                    LongStream.of(indices).mapToInt(Math::toIntExact).toArray());
        }

        @Override
        public String hash() {
            return "";
        }
    }

    private void refused(TrainingSet training, String message) {
        assertThatThrownBy(() -> guard.check(training))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .satisfies(e -> assertThat(((AutophageException) e).exitCode()).isEqualTo(ExitCode.USAGE));
    }
}
