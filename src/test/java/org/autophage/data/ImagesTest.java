package org.autophage.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.autophage.base.Sha256;
import org.autophage.measure.Composition;
import org.junit.jupiter.api.Test;

class ImagesTest {
    /** Three images of 1 x 2 pixels: (1, 2), (3, 4), (5, 6). */
    private final Images images = new Images(1, 2, 1, 10, new byte[] {1, 2, 3, 4, 5, 6}, new int[] {7, 8, 9});

    @Test
    void selectionKeepsOrderAndMayRepeat() {
        Images chosen = images.select(new int[] {2, 0, 2});
        assertThat(chosen.pixels()).containsExactly(5, 6, 1, 2, 5, 6);
        assertThat(chosen.labels()).containsExactly(9, 7, 9);
        assertThat(images.select(new int[0]).count()).isZero();
    }

    @Test
    void sliceAndConcatenationAreInverse() {
        Images back = (Images) Samples.concatenate(List.of(images.slice(0, 1), images.slice(1, 3)));
        assertThat(back.pixels()).isEqualTo(images.pixels());
        assertThat(back.labels()).isEqualTo(images.labels());
        assertThat(back.classes()).isEqualTo(10);
    }

    @Test
    void partsOfPartsStayInOrder() {
        Images none = images.slice(0, 0);
        Images joined =
                (Images) Samples.concatenate(List.of(none, images.select(new int[] {2, 1}), none, images, none));
        assertThat(joined.count()).isEqualTo(5);
        assertThat(joined.pixels()).containsExactly(5, 6, 3, 4, 1, 2, 3, 4, 5, 6);
        assertThat(joined.pixels(3)).containsExactly(3, 4);
        assertThat(joined.select(new int[] {4, 0}).slice(1, 2).pixels()).containsExactly(5, 6);
        assertThat(joined.pixelHash()).isEqualTo(Sha256.of(joined.pixels()));
    }

    @Test
    void onlyEqualSizesCanBePutTogether() {
        Images other = new Images(2, 1, 1, 10, new byte[2], new int[1]);
        assertThatThrownBy(() -> Samples.concatenate(List.of(images, other))).hasMessageContaining("1x2x1 and 2x1x1");
    }

    @Test
    void pixelsMustFitTheLabels() {
        assertThatThrownBy(() -> new Images(1, 2, 1, 10, new byte[5], new int[3]))
                .hasMessageContaining("3 labels of 1 x 2 x 1 images do not fit 5 bytes");
    }

    @Test
    void originsTellRealFromSynthetic() {
        Origins origins = new Origins(new int[] {Origins.REAL, 2}, new long[] {40, 7});
        assertThat(origins.generation(0)).isEqualTo(Origins.REAL);
        assertThat(origins.generation(1)).isEqualTo(2);
        assertThat(origins.number(1)).isEqualTo(7);
        assertThat(origins)
                .isEqualTo(new Origins(new int[] {0, 2}, new long[] {40, 7}))
                .hasSameHashCodeAs(new Origins(new int[] {0, 2}, new long[] {40, 7}))
                .isNotEqualTo(new Origins(new int[] {0, 3}, new long[] {40, 7}));
        assertThatThrownBy(() -> new Origins(new int[2], new long[3])).hasMessageContaining("2 generations but 3");
    }

    @Test
    void trainingSetMustAddUp() {
        Origins origins = new Origins(new int[3], new long[3]);
        assertThat(new TrainingSet(images, origins, new Composition(1, 2, 0))
                        .composition()
                        .total())
                .isEqualTo(3);
        assertThatThrownBy(() -> new TrainingSet(images, origins, new Composition(1, 1, 0)))
                .hasMessageContaining("3 samples, 3 origins");
        assertThatThrownBy(
                        () -> new TrainingSet(images, new Origins(new int[2], new long[2]), new Composition(3, 0, 0)))
                .hasMessageContaining("2 origins");
    }
}
