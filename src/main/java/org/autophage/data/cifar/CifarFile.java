package org.autophage.data.cifar;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.data.ClassNames;
import org.autophage.data.Images;

/**
 * The files of CIFAR-10's binary version (Krizhevsky 2009), with their SHA-256: 10,000 records each of a label, 0 to 9, and
 * three planes, red, green and blue, of 32 × 32 bytes.
 */
public enum CifarFile {
    BATCH_1("data_batch_1", "cee916563c9f80d84e3cc88e17fdc0941787f1244f00a67874d45b261883ada5"),
    BATCH_2("data_batch_2", "a591ca11fa1708a91ee40f54b3da4784ccd871ecf2137de63f51ada8b3fa57ed"),
    BATCH_3("data_batch_3", "bbe8596564c0f86427f876058170b84dac6670ddf06d79402899d93ceea26f67"),
    BATCH_4("data_batch_4", "014e562d6e23c72197cc727519169a60359f5eccd8945ad5a09d710285ff4e48"),
    BATCH_5("data_batch_5", "755304fc0b379caeae8c14f0dac912fbc7d6cd469eb67a1029a08a39453a9add"),
    TEST("test_batch", "8e2eb146ae340b09e24670f29cabc6326dba54da8789dab6768acf480273f65b");

    /** SHA-256 of each file, hexadecimal. */
    static final Map<CifarFile, String> CHECKSUMS =
            Arrays.stream(values()).collect(Collectors.toUnmodifiableMap(Function.identity(), file -> file.sha256));

    static final List<CifarFile> TRAINING = List.of(BATCH_1, BATCH_2, BATCH_3, BATCH_4, BATCH_5);

    /** Images of one file. */
    public static final int BATCH_IMAGES = 10_000;

    public static final int TRAINING_IMAGES = 50_000;
    public static final int SIZE = 32;
    /** In the order of their numbers (batches.meta.txt), which is that of the alphabet. */
    static final ClassNames CLASSES = ClassNames.of(
            List.of("airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"));

    private static final int CHANNELS = 3;
    private static final int PLANE = SIZE * SIZE;
    private static final int RECORD = 1 + CHANNELS * PLANE;

    private final String stem;
    private final String sha256;

    CifarFile(String stem, String sha256) {
        this.stem = stem;
        this.sha256 = sha256;
    }

    /** Its name in the binary version. */
    String fileName() {
        return stem + ".bin";
    }

    /**
     * The images in the file's bytes.
     *
     * @param where the file, for messages
     * @param checksum the SHA-256 that is right, hexadecimal
     * @throws AutophageException (usage) when it is truncated, corrupt or not the real file
     */
    static Images images(byte[] bytes, String where, String checksum) {
        if (bytes.length == 0 || bytes.length % RECORD != 0) {
            throw AutophageException.usage("%s is truncated or no batch of CIFAR-10: it has %d bytes, records have %d"
                    .formatted(where, bytes.length, RECORD));
        }
        String found = Sha256.of(bytes);
        if (!found.equals(checksum)) {
            throw AutophageException.usage(
                    "%s is not the real file: its SHA-256 is %s, must be %s; `./autophage data fetch cifar10` gets it"
                            .formatted(where, found, checksum));
        }
        int count = bytes.length / RECORD;
        int[] labels = new int[count];
        byte[] pixels = new byte[count * CHANNELS * PLANE];
        for (int image = 0; image < count; image++) {
            labels[image] = bytes[image * RECORD];
            int planes = image * RECORD + 1;
            int target = image * CHANNELS * PLANE;
            for (int i = 0; i < PLANE; i++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    pixels[target + i * CHANNELS + channel] = bytes[planes + channel * PLANE + i];
                }
            }
            if (labels[image] < 0 || labels[image] >= CLASSES.count()) {
                throw AutophageException.usage("%s is corrupt: image %d has label %d, must be 0 to %d"
                        .formatted(where, image, labels[image], CLASSES.count() - 1));
            }
        }
        return new Images(SIZE, SIZE, CHANNELS, CLASSES, pixels, labels);
    }
}
