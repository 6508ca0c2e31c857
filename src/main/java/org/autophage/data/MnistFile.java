package org.autophage.data;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;

/** The four files of MNIST, with the SHA-256 of their unpacked bytes. */
enum MnistFile {
    TRAIN_IMAGES("train-images", "idx3-ubyte", 3, "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
    TRAIN_LABELS("train-labels", "idx1-ubyte", 1, "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
    TEST_IMAGES("t10k-images", "idx3-ubyte", 3, "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
    TEST_LABELS("t10k-labels", "idx1-ubyte", 1, "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2");

    /** SHA-256 of each unpacked file, hexadecimal. */
    static final Map<MnistFile, String> CHECKSUMS = checksums();

    private final String part;
    private final String type;
    private final int rank;
    private final String sha256;

    MnistFile(String part, String type, int rank, String sha256) {
        this.part = part;
        this.type = type;
        this.rank = rank;
        this.sha256 = sha256;
    }

    /** The name under which mirrors serve it and {@code data fetch} keeps it. */
    String fileName() {
        return part + "-" + type + ".gz";
    }

    /** The files that are not in a folder. */
    static List<MnistFile> missingFrom(Path folder) {
        return Arrays.stream(values()).filter(file -> file.in(folder).isEmpty()).toList();
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
    boolean isRight(Path folder, String checksum) {
        if (in(folder).isEmpty()) {
            return false;
        }
        try {
            read(folder, checksum);
            return true;
        } catch (AutophageException e) {
            return false;
        }
    }

    /**
     * Reads the file from a folder and checks it.
     *
     * @param checksum SHA-256 of the unpacked bytes that is right, hexadecimal
     * @throws AutophageException (usage) when it is missing, truncated or not the file it should be
     */
    IdxFile read(Path folder, String checksum) {
        Path file = in(folder)
                .orElseThrow(() ->
                        AutophageException.usage("%s is missing in folder %s: `./autophage data fetch mnist` gets it"
                                .formatted(fileName(), folder)));
        IdxFile idx = IdxFile.read(file, rank);
        String found = idx.sha256();
        if (!found.equals(checksum)) {
            throw AutophageException.usage(
                    "%s is not the real file: SHA-256 of its unpacked bytes is %s, must be %s; `./autophage data fetch mnist` gets it"
                            .formatted(file, found, checksum));
        }
        return idx;
    }

    private static Map<MnistFile, String> checksums() {
        Map<MnistFile, String> checksums = new EnumMap<>(MnistFile.class);
        for (MnistFile file : values()) {
            checksums.put(file, file.sha256);
        }
        return Map.copyOf(checksums);
    }
}
