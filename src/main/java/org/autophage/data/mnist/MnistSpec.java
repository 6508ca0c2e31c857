package org.autophage.data.mnist;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.data.ClassRatios;
import org.autophage.data.DatasetSpec;
import org.jspecify.annotations.Nullable;

/**
 * The handwritten digits of LeCun, Cortes and Burges: 60,000 training images are the real samples, the first of the
 * 10,000 test images are the holdout.
 */
@JsonClassDescription("The handwritten digits of MNIST: 60,000 real images of ten classes")
public record MnistSpec(
        @JsonPropertyDescription(MnistFilesSpec.PATH) String path,
        @JsonPropertyDescription(MnistFilesSpec.SIZE) int size,
        @JsonPropertyDescription(MnistFilesSpec.HOLDOUT) int holdout,
        @JsonPropertyDescription(ClassRatios.MEANING) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                ClassRatios classShares)
        implements MnistFilesSpec, DatasetSpec {
    public static final String KIND = "mnist";

    public static final MnistSpec DEFAULTS = new MnistSpec("datasets/mnist", 28, 10_000);

    public MnistSpec {
        MnistVariant.DIGITS.check(path, size, holdout);
    }

    /** All of its classes alike. */
    public MnistSpec(String path, int size, int holdout) {
        this(path, size, holdout, null);
    }

    @Override
    public MnistVariant variant() {
        return MnistVariant.DIGITS;
    }
}
