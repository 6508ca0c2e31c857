package org.autophage.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/** The {@code dataset} part of an experiment's spec: which real samples there are; its {@code kind} chooses the type. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StrokesSpec.class, name = StrokesSpec.KIND),
    @JsonSubTypes.Type(value = MnistSpec.class, name = MnistSpec.KIND),
    @JsonSubTypes.Type(value = PointsSpec.class, name = PointsSpec.KIND)
})
public sealed interface DatasetSpec permits StrokesSpec, MnistSpec, PointsSpec {
    /** How many real samples are held out for the metrics. */
    int holdout();

    /**
     * Opens the dataset.
     *
     * @throws org.autophage.base.AutophageException (usage) when a file of it is missing, truncated or corrupt
     */
    Dataset open();
}
