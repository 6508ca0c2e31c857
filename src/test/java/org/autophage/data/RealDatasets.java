package org.autophage.data;

import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.autophage.data.mnist.MnistVariant;
import org.junit.jupiter.api.Assumptions;

/** Where tests find real datasets; they are skipped, saying so, where there are none. */
public final class RealDatasets {
    private RealDatasets() {}

    /** The folder of the four real MNIST files. */
    public static Path mnist() {
        Optional<Path> folder = Stream.of(System.getenv(DatasetFolders.VARIABLE), "datasets", "../shared/datasets")
                .filter(Objects::nonNull)
                .map(place -> Path.of(place, "mnist"))
                .filter(place -> MnistVariant.DIGITS.missingFrom(place).isEmpty())
                .findFirst();
        Assumptions.assumeTrue(
                folder.isPresent(), "skipped: no MNIST in $AUTOPHAGE_DATASETS, datasets or ../shared/datasets");
        return folder.orElseThrow().toAbsolutePath();
    }
}
