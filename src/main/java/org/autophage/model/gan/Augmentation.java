package org.autophage.model.gan;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;
import java.util.function.UnaryOperator;
import org.autophage.program.Functional;
import org.autophage.program.Graph;
import org.autophage.program.Graph.ElementType;
import org.autophage.program.Value;
import org.jspecify.annotations.Nullable;

/** What is done to every image, real or generated, before the discriminator sees it. */
public enum Augmentation {
    /** Nothing. */
    @JsonProperty("none")
    NONE,
    /**
     * Brightness, saturation and contrast, a translation by up to an eighth, and a hole of half the size, all random and
     * differentiable (Zhao et al. 2020, arXiv 2006.10738).
     */
    @JsonProperty("diffaugment")
    DIFFAUGMENT,
    /**
     * Each of these five changes, to each image, with a probability that follows how sure the discriminator is of real images
     * ({@link AdaptiveAugmentation}).
     */
    @JsonProperty("ada")
    ADA;

    private static final double LARGEST_SHIFT = 0.125;
    private static final double HOLE = 0.5;

    /** The changes of {@link #DIFFAUGMENT} one by one. */
    private static final List<UnaryOperator<Value>> CHANGES = List.of(
            x -> x.plus(perImage(x).uniformNoise().minus(0.5)),
            x -> saturated(x, perImage(x).uniformNoise().times(2)),
            x -> contrasted(x, perImage(x).uniformNoise().plus(0.5)),
            Augmentation::translated,
            Augmentation::cutout);

    /**
     * Random changes of images (N, C, H, W).
     *
     * @param probability of each change to each image, a number, for {@link #ADA}; null for none, and where changes have no probability
     */
    Value of(Value images, @Nullable Value probability) {
        if (this == NONE || this == ADA && probability == null) {
            return images;
        }
        return probability == null ? cutout(translated(coloured(images))) : sometimes(images, probability, CHANGES);
    }

    /** Changes one after the other, each of them to each image with a probability; the others stay as they are, to the bit. */
    static Value sometimes(Value images, Value probability, List<UnaryOperator<Value>> changes) {
        Value x = images;
        for (UnaryOperator<Value> change : changes) {
            Value coin = perImage(x).uniformNoise();
            x = Functional.where(Functional.lessThan(coin, probability), change.apply(x), x);
        }
        return x;
    }

    private static Value coloured(Value x) {
        Value brightness = perImage(x).uniformNoise().minus(0.5);
        Value saturation = perImage(x).uniformNoise().times(2);
        Value contrast = perImage(x).uniformNoise().plus(0.5);
        return contrasted(saturated(x.plus(brightness), saturation), contrast);
    }

    /** Deviations from grey times a factor (N, 1, 1, 1); grey pictures have none. */
    static Value saturated(Value x, Value factor) {
        Value grey = x.mean(1);
        return grey.plus(x.minus(grey).times(factor));
    }

    /** Deviations from the image's mean times a factor (N, 1, 1, 1). */
    static Value contrasted(Value x, Value factor) {
        Value mean = x.mean(1).mean(2).mean(3);
        return mean.plus(x.minus(mean).times(factor));
    }

    private static Value translated(Value x) {
        return translated(x, shift(x, 2), shift(x, 3));
    }

    /** Whole pixels, uniform from −s to s (N, 1, 1). */
    private static Value shift(Value x, int dimension) {
        long largest = Math.round(x.dim(dimension) * LARGEST_SHIFT);
        Value uniform = perImage(x).reshape(Graph.ANY, 1, 1).uniformNoise();
        return uniform.times(2 * largest + 1.0).floor().minus(largest);
    }

    /**
     * Moves images down and to the right; what comes in is 0.
     *
     * @param down pixels, whole (N, 1, 1)
     * @param right pixels, whole (N, 1, 1)
     */
    static Value translated(Value x, Value down, Value right) {
        Value rows = shifting(x, x.dim(2), down);
        Value columns = shifting(x, x.dim(3), right).transpose(2, 3);
        return rows.matmul(x).matmul(columns);
    }

    /** Matrices (N, 1, size, size) with a 1 where the column is the row less the shift. */
    private static Value shifting(Value x, long size, Value shift) {
        Value places = Functional.range(x, size, ElementType.FLOAT32);
        Value from = places.reshape(1, size, 1).minus(shift);
        return Functional.equal(from, places.reshape(1, 1, size))
                .to(ElementType.FLOAT32)
                .reshape(Graph.ANY, 1, size, size);
    }

    private static Value cutout(Value x) {
        return cutout(x, center(x, 2), center(x, 3));
    }

    private static Value center(Value x, int dimension) {
        return perImage(x).uniformNoise().times(x.dim(dimension) + 1.0).floor();
    }

    /**
     * Sets a hole of half the height and width to 0; at the border it is cut.
     *
     * @param row of its centre, from 0 to the height (N, 1, 1, 1)
     * @param column of its centre, from 0 to the width (N, 1, 1, 1)
     */
    static Value cutout(Value x, Value row, Value column) {
        Value rows = within(x, x.dim(2), row).reshape(Graph.ANY, 1, x.dim(2), 1);
        Value columns = within(x, x.dim(3), column).reshape(Graph.ANY, 1, 1, x.dim(3));
        return x.times(rows.times(columns).negate().plus(1));
    }

    /** 1 at places less than a quarter of the size from the centre, 0 elsewhere (N, 1, 1, size). */
    private static Value within(Value x, long size, Value center) {
        long half = Math.round(size * HOLE) / 2;
        Value middles = Functional.range(x, size, ElementType.FLOAT32).plus(0.5).reshape(1, 1, 1, size);
        Value distance = middles.minus(center).square();
        return Functional.lessThan(distance, (double) half * half).to(ElementType.FLOAT32);
    }

    /** One element an image (N, 1, 1, 1). */
    private static Value perImage(Value x) {
        return x.detach().slice(1, 0, 1).slice(2, 0, 1).slice(3, 0, 1);
    }
}
