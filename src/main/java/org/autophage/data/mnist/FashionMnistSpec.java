package org.autophage.data.mnist;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.autophage.data.ClassRatios;
import org.autophage.data.DatasetSpec;
import org.jspecify.annotations.Nullable;

/**
 * Zalando's articles of clothing (Xiao, Rasul and Vollgraf, arXiv 1708.07747), in the files and sizes of MNIST.
 */
@JsonClassDescription("Zalando's articles of clothing, in the files and sizes of MNIST")
public record FashionMnistSpec(
        @JsonPropertyDescription(MnistFilesSpec.PATH) String path,
        @JsonPropertyDescription(MnistFilesSpec.SIZE) int size,
        @JsonPropertyDescription(MnistFilesSpec.HOLDOUT) int holdout,
        @JsonPropertyDescription(ClassRatios.MEANING) @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
                ClassRatios classShares)
        implements MnistFilesSpec, DatasetSpec {
    public static final String KIND = "fashion-mnist";

    public static final FashionMnistSpec DEFAULTS = new FashionMnistSpec("datasets/fashion-mnist", 28, 10_000);

    public FashionMnistSpec {
        MnistVariant.FASHION.check(path, size, holdout);
    }

    /** All of its classes alike. */
    public FashionMnistSpec(String path, int size, int holdout) {
        this(path, size, holdout, null);
    }

    @Override
    public MnistVariant variant() {
        return MnistVariant.FASHION;
    }
}
