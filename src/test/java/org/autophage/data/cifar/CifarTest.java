package org.autophage.data.cifar;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Sha256;
import org.autophage.base.Work;
import org.autophage.data.FiniteDataset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CIFAR-10 in its forms, with batches of two records made by hand. */
class CifarTest {
    private static final String[] CLASSES = {
        "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck"
    };

    @TempDir
    private Path folder;

    private final Map<CifarFile, byte[]> batches = new EnumMap<>(CifarFile.class);
    private final Map<CifarFile, String> checksums = new EnumMap<>(CifarFile.class);

    CifarTest() {
        for (CifarFile file : CifarFile.values()) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            for (int image = 0; image < 2; image++) {
                bytes.writeBytes(record(file.ordinal() + image, 10 * file.ordinal() + image));
            }
            batches.put(file, bytes.toByteArray());
            checksums.put(file, Sha256.of(bytes.toByteArray()));
        }
    }

    /** The published layout: a label, then the red, the green and the blue plane, each row by row. */
    private static byte[] record(int label, int tint) {
        byte[] record = new byte[3073];
        record[0] = (byte) label;
        for (int i = 0; i < 1024; i++) {
            record[1 + i] = (byte) (i % 32); // red is the column
            record[1025 + i] = (byte) (i / 32); // green is the row
            record[2049 + i] = (byte) tint;
        }
        return record;
    }

    private void writeBatches(Path place) throws IOException {
        Files.createDirectories(place);
        for (Map.Entry<CifarFile, byte[]> batch : batches.entrySet()) {
            Files.write(place.resolve(batch.getKey().fileName()), batch.getValue());
        }
    }

    private FiniteDataset open(Path place, int size) {
        return new CifarSpec("unused", size, 2)
                .open(
                        new CifarSource(
                                new CifarBatches(place, CifarFile.TRAINING, size, checksums),
                                new CifarBatches(place, List.of(CifarFile.TEST), size, checksums)),
                        Work.UNATTENDED);
    }

    private static void isWhatWasWritten(FiniteDataset cifar) {
        assertThat(cifar.training().describeSize()).isEqualTo("32x32x3");
        assertThat(cifar.training().labels()).containsExactly(0, 1, 1, 2, 2, 3, 3, 4, 4, 5);
        assertThat(cifar.holdout().labels()).containsExactly(5, 6);
        assertThat(cifar.training().classes()).isEqualTo(10);
        byte[] seventh = cifar.training().pixels(7);
        int at = (20 * 32 + 9) * 3;
        assertThat(new int[] {seventh[at], seventh[at + 1], seventh[at + 2]}).containsExactly(9, 20, 31);
    }

    @Test
    void batchesAreRead() throws IOException {
        writeBatches(folder.resolve("bin"));
        FiniteDataset cifar = open(folder.resolve("bin"), 32);
        isWhatWasWritten(cifar);
        assertThat(open(folder.resolve("bin"), 32).hash()).isEqualTo(cifar.hash());
        assertThat(open(folder.resolve("bin"), 16).training().describeSize()).isEqualTo("16x16x3");
    }

    @Test
    void theArchiveIsReadAsItsBatches() throws IOException {
        Path archive = folder.resolve(CifarSource.ARCHIVE);
        writeArchive(archive, batches);
        isWhatWasWritten(open(archive, 32));
        byte[] whole = Files.readAllBytes(archive);
        Files.write(archive, java.util.Arrays.copyOf(whole, whole.length / 2));
        refused(() -> open(archive, 32), archive + " is truncated or no .tar.gz file: ");
        batches.remove(CifarFile.BATCH_3);
        writeArchive(archive, batches);
        refused(() -> open(archive, 32), archive + " has no data_batch_3.bin: must be CIFAR-10's binary version");
    }

    /** The tar format (POSIX 1003.1, ustar), by hand; also with a name that would leave the folder if it were unpacked. */
    private static void writeArchive(Path archive, Map<CifarFile, byte[]> batches) throws IOException {
        try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(archive))) {
            entry(out, "../../evil.txt", new byte[3]);
            for (Map.Entry<CifarFile, byte[]> batch : batches.entrySet()) {
                entry(out, "cifar-10-batches-bin/" + batch.getKey().fileName(), batch.getValue());
            }
            out.write(new byte[1024]);
        }
    }

    private static void entry(OutputStream out, String name, byte[] content) throws IOException {
        byte[] header = new byte[512];
        put(header, 0, name);
        put(header, 100, "0000644");
        put(header, 124, "%011o".formatted(content.length));
        put(header, 136, "00000000000");
        put(header, 148, "        ");
        put(header, 156, "0");
        put(header, 257, "ustar\000" + "00");
        int sum = 0;
        for (byte each : header) {
            sum += Byte.toUnsignedInt(each);
        }
        put(header, 148, "%06o\000 ".formatted(sum));
        out.write(header);
        out.write(content);
        out.write(new byte[(512 - content.length % 512) % 512]);
    }

    private static void put(byte[] header, int at, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
        System.arraycopy(bytes, 0, header, at, bytes.length);
    }

    @Test
    void aZipOfPicturesIsRead() throws IOException {
        Path zip = Files.createDirectories(folder.resolve("jpg")).resolve("pictures.zip");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            for (String part : List.of("train", "test")) {
                for (int label = 0; label < CLASSES.length; label++) {
                    out.putNextEntry(new ZipEntry("cifar10/%s/%s/0000.png".formatted(part, CLASSES[label])));
                    out.write(png(label + (part.equals("test") ? 100 : 0)));
                }
            }
        }
        FiniteDataset cifar = new CifarSpec(folder.resolve("jpg").toString(), 32, 4).open();
        assertThat(cifar.training().labels()).containsExactly(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(cifar.training().pixels(7)).startsWith(7, 8, 9, 7, 8, 9);
        assertThat(cifar.holdout().pixels(3)).startsWith(103, 104, 105);
        refused(
                () -> new CifarSpec(zip.toString(), 32, 11).open(),
                "dataset.holdout is 11: must be from 1 to 10, the test images of " + zip);
    }

    private static byte[] png(int value) throws IOException {
        BufferedImage image = new BufferedImage(32, 32, BufferedImage.TYPE_INT_RGB);
        for (int i = 0; i < 1024; i++) {
            image.setRGB(i % 32, i / 32, value << 16 | (value + 1) << 8 | (value + 2));
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        ImageIO.write(image, "png", bytes);
        return bytes.toByteArray();
    }

    @Test
    void badBatchesAreNamed() throws IOException {
        writeBatches(folder);
        Path file = folder.resolve("data_batch_2.bin");
        byte[] good = Files.readAllBytes(file);
        Files.write(file, java.util.Arrays.copyOf(good, good.length - 1));
        refused(
                () -> open(folder, 32),
                file + " is truncated or no batch of CIFAR-10: it has 6145 bytes, records have 3073");
        good[77]++;
        Files.write(file, good);
        refused(() -> open(folder, 32), file + " is not the real file: its SHA-256 is ");
        good[0] = 10;
        checksums.put(CifarFile.BATCH_2, Sha256.of(good));
        Files.write(file, good);
        refused(() -> open(folder, 32), file + " is corrupt: image 0 has label 10, must be 0 to 9");
    }

    @Test
    void formsAreFound() throws IOException {
        writeBatches(folder.resolve("a/cifar-10-batches-bin"));
        assertThat(CifarSource.find(folder.resolve("a"), 32).training().place())
                .isEqualTo(folder.resolve("a/cifar-10-batches-bin"));
        Path archive = Files.createDirectories(folder.resolve("b")).resolve("cifar-10-binary.tar.gz");
        Files.createFile(archive);
        assertThat(CifarSource.find(folder.resolve("b"), 32).test().place()).isEqualTo(archive);
        assertThat(CifarSource.find(archive, 32).test().place()).isEqualTo(archive);
        Files.createDirectories(folder.resolve("c/train"));
        Files.createDirectories(folder.resolve("c/test"));
        assertThat(CifarSource.find(folder.resolve("c"), 32).test().settings()).startsWith("pictures in test ");
    }

    @Test
    void whatCannotBeReadIsRefusedWithARemedy() throws IOException {
        refused(
                () -> CifarSource.find(folder.resolve("no"), 32),
                "dataset.path %s is missing: must be, or hold, the batches".formatted(folder.resolve("no")));
        refused(() -> CifarSource.find(folder, 32), "dataset.path %s has no CIFAR-10: ".formatted(folder));
        Files.createFile(folder.resolve("cifar-10-python.tar.gz"));
        refused(() -> CifarSource.find(folder, 32), folder + " is CIFAR-10 for Python: pickles can run any code");
    }

    private static void refused(ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(message)
                .satisfies(e -> {
                    assertThat(e.getMessage()).doesNotContain("\n");
                    assertThat(((AutophageException) e).exitCode()).isEqualTo(ExitCode.USAGE);
                });
    }
}
