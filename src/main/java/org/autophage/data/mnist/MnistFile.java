package org.autophage.data.mnist;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;

/** The four files of MNIST and of the datasets that were made to replace it. */
public enum MnistFile {
    TRAIN_IMAGES("train-images", "idx3-ubyte", 3),
    TRAIN_LABELS("train-labels", "idx1-ubyte", 1),
    TEST_IMAGES("t10k-images", "idx3-ubyte", 3),
    TEST_LABELS("t10k-labels", "idx1-ubyte", 1);

    private final String part;
    private final String type;
    private final int rank;

    MnistFile(String part, String type, int rank) {
        this.part = part;
        this.type = type;
        this.rank = rank;
    }

    /** The name under which mirrors serve it and {@code data fetch} keeps it. */
    public String fileName() {
        return part + "-" + type + ".gz";
    }

    /**
     * The file in a folder, if it is there: gzipped or not, and with a dot in its name instead of the second dash, as
     * some archives unpack it.
     */
    Optional<Path> in(Path folder) {
        return Stream.of("-", ".")
                .flatMap(separator -> Stream.of(".gz", "").map(suffix -> part + separator + type + suffix))
                .map(folder::resolve)
                .filter(Files::isRegularFile)
                .findFirst();
    }

    /** Whether the file is there and whole. */
    public boolean isRight(Path folder, MnistVariant variant) {
        if (in(folder).isEmpty()) {
            return false;
        }
        try {
            read(folder, variant);
            return true;
        } catch (AutophageException e) {
            return false;
        }
    }

    /**
     * Reads the file from a folder and checks it.
     *
     * @param variant the dataset that it is of
     * @throws AutophageException (usage) when it is missing, truncated or not the file it should be
     */
    IdxFile read(Path folder, MnistVariant variant) {
        String remedy = "`./autophage data fetch %s` gets it".formatted(variant.kind());
        Path file = in(folder)
                .orElseThrow(() -> AutophageException.usage(
                        "%s is missing in folder %s: %s".formatted(fileName(), folder, remedy)));
        IdxFile idx = IdxFile.read(file, rank);
        String found = idx.sha256();
        if (!found.equals(variant.checksum(this))) {
            throw AutophageException.usage(
                    "%s is not the real file: SHA-256 of its unpacked bytes is %s, must be %s; %s"
                            .formatted(file, found, variant.checksum(this), remedy));
        }
        return idx;
    }
}
