package org.autophage.data;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import org.autophage.base.Work;
import org.autophage.data.cifar.CifarSpec;
import org.autophage.data.mnist.FashionMnistSpec;
import org.autophage.data.mnist.MnistSpec;
import org.autophage.data.picture.ImagesSpec;
import org.autophage.data.points.PointsSpec;
import org.autophage.data.sequence.CategoricalTokensSpec;
import org.autophage.data.sequence.GrammarSpec;
import org.autophage.data.sequence.MarkovTokensSpec;
import org.autophage.data.sequence.TextSpec;
import org.autophage.data.strokes.StrokesSpec;
import org.jspecify.annotations.Nullable;

/** The {@code dataset} part of an experiment's spec: which real samples there are; its {@code kind} chooses the type. */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = StrokesSpec.class, name = StrokesSpec.KIND),
    @JsonSubTypes.Type(value = MnistSpec.class, name = MnistSpec.KIND),
    @JsonSubTypes.Type(value = FashionMnistSpec.class, name = FashionMnistSpec.KIND),
    @JsonSubTypes.Type(value = CifarSpec.class, name = CifarSpec.KIND),
    @JsonSubTypes.Type(value = ImagesSpec.class, name = ImagesSpec.KIND),
    @JsonSubTypes.Type(value = ArchiveSpec.class, name = ArchiveSpec.KIND),
    @JsonSubTypes.Type(value = PointsSpec.class, name = PointsSpec.KIND),
    @JsonSubTypes.Type(value = CategoricalTokensSpec.class, name = CategoricalTokensSpec.KIND),
    @JsonSubTypes.Type(value = MarkovTokensSpec.class, name = MarkovTokensSpec.KIND),
    @JsonSubTypes.Type(value = GrammarSpec.class, name = GrammarSpec.KIND),
    @JsonSubTypes.Type(value = TextSpec.class, name = TextSpec.KIND)
})
public interface DatasetSpec {
    /** What a key {@code replicas} means. */
    String REPLICAS =
            "Independent copies of the whole experiment that run as one batch, 1 to 1000000; records hold means over them";

    /** How many real samples are held out for the metrics. */
    int holdout();

    /** How frequent classes are to be; null leaves them as the source has them. */
    default @Nullable ClassRatios classShares() {
        return null;
    }

    /**
     * Opens the source: all of it, in whatever shares its classes are.
     *
     * @throws org.autophage.base.AutophageException (usage) when a file of it is missing, truncated or corrupt
     */
    Dataset open();

    /**
     * Opens the source, telling what it does and stopping when asked to, where that takes long: pictures are converted
     * when they are opened for the first time.
     */
    default Dataset open(Work work) {
        return open();
    }

    /** What an experiment is to know: the source, or of it what has the shares of classes that the spec asks for. */
    default Dataset dataset(Work work) {
        Dataset source = open(work);
        ClassRatios shares = classShares();
        return shares == null ? source : new ImbalancedDataset(source, shares);
    }
}
