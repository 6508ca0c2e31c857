package org.autophage.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.autophage.base.Work;

/** The {@code dataset} part of an experiment's spec: which real samples there are; its {@code kind} chooses the type. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StrokesSpec.class, name = StrokesSpec.KIND),
    @JsonSubTypes.Type(value = MnistSpec.class, name = MnistSpec.KIND),
    @JsonSubTypes.Type(value = FashionMnistSpec.class, name = FashionMnistSpec.KIND),
    @JsonSubTypes.Type(value = CifarSpec.class, name = CifarSpec.KIND),
    @JsonSubTypes.Type(value = ImagesSpec.class, name = ImagesSpec.KIND),
    @JsonSubTypes.Type(value = PointsSpec.class, name = PointsSpec.KIND)
})
public sealed interface DatasetSpec
        permits StrokesSpec, MnistSpec, FashionMnistSpec, CifarSpec, ImagesSpec, PointsSpec {
    /** How many real samples are held out for the metrics. */
    int holdout();

    /**
     * Opens the dataset.
     *
     * @throws org.autophage.base.AutophageException (usage) when a file of it is missing, truncated or corrupt
     */
    Dataset open();

    /**
     * Opens the dataset, telling what it does and stopping when asked to, where that takes long: pictures are converted
     * when they are opened for the first time.
     */
    default Dataset open(Work work) {
        return open();
    }
}
