package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.zip.ZipFile;
import javax.imageio.ImageIO;
import org.autophage.base.Progress;
import org.autophage.data.ClassNames;
import org.autophage.data.Images;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Pictures are what another reader of PNG, and this program's own of whole sets, make of them. */
class PictureWritingTest {
    private static final int COUNT = 2100; // three pieces

    @TempDir
    private Path folder;

    private static Images images(int channels, ClassNames names) {
        byte[] pixels = new byte[COUNT * 25 * channels];
        new SplittableRandom(1).nextBytes(pixels);
        int[] labels = new SplittableRandom(2).ints(COUNT, 0, names.count()).toArray();
        return new Images(5, 5, channels, names, pixels, labels);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aZipHasEdmsNamesAndThePixels(int channels) throws IOException {
        Images images = images(channels, ClassNames.numbered(12));
        Path file = folder.resolve("set.zip");
        PictureWriting.zip(images, file, Progress.SILENT);
        try (ZipFile zip = new ZipFile(file.toFile())) {
            assertThat(zip.size()).isEqualTo(COUNT + 1);
            byte[] png =
                    zip.getInputStream(zip.getEntry("00002/img00002007.png")).readAllBytes();
            BufferedImage picture = ImageIO.read(new ByteArrayInputStream(png));
            assertThat(picture.getRaster().getNumBands()).isEqualTo(channels);
            byte[] expected = images.pixels(2007);
            int[] read = picture.getRaster().getPixels(0, 0, 5, 5, (int[]) null);
            for (int i = 0; i < read.length; i++) {
                assertThat(read[i]).isEqualTo(Byte.toUnsignedInt(expected[i]));
            }
            String labels =
                    new String(zip.getInputStream(zip.getEntry("dataset.json")).readAllBytes());
            assertThat(labels).startsWith("{\"labels\":[[\"00000/img00000000.png\",%d],".formatted(images.labels()[0]));
        }
        Path again = folder.resolve("again.zip");
        PictureWriting.zip(images, again, Progress.SILENT);
        assertThat(again).hasSameBinaryContentAs(file);
        comesBack(file, images);
    }

    @Test
    void aFolderIsFlatAndComesBack() throws IOException {
        Images images = images(3, ClassNames.numbered(12));
        PictureWriting.folder(images, folder, Progress.SILENT);
        assertThat(folder.resolve("00002099.png")).exists();
        comesBack(folder, images);
    }

    /** edm wants a list whose labels are null. */
    @Test
    void ofOneClassThereAreNoLabels() throws IOException {
        Images images = images(1, ClassNames.numbered(1));
        PictureWriting.folder(images, Files.createDirectory(folder.resolve("flat")), Progress.SILENT);
        assertThat(folder.resolve("flat/dataset.json")).doesNotExist();
        PictureWriting.zip(images, folder.resolve("set.zip"), Progress.SILENT);
        try (ZipFile zip = new ZipFile(folder.resolve("set.zip").toFile())) {
            assertThat(new String(
                            zip.getInputStream(zip.getEntry("dataset.json")).readAllBytes()))
                    .isEqualTo("{\"labels\":null}");
        }
        comesBack(folder.resolve("set.zip"), images);
    }

    @Test
    void foldersOfClassesKeepTheirNumbers() throws IOException {
        assertThat(foldersOf(ClassNames.numbered(12))).startsWith("00", "01").endsWith("11");
        assertThat(foldersOf(ClassNames.of(List.of("cat", "dog", "eel")))).containsExactly("cat", "dog", "eel");
        // Read back in alphabetical order these would be other classes.
        assertThat(foldersOf(ClassNames.of(List.of("dog", "cat", "eel")))).containsExactly("0", "1", "2");
        assertThat(foldersOf(ClassNames.of(List.of("T-shirt/top", "U")))).containsExactly("0", "1");
        assertThat(foldersOf(ClassNames.of(List.of("..", "a")))).containsExactly("0", "1");
        assertThat(foldersOf(ClassNames.of(List.of("A", "a")))).containsExactly("0", "1");
    }

    private List<String> foldersOf(ClassNames names) throws IOException {
        Images images = images(1, names);
        Path target = Files.createTempDirectory(folder, "classes");
        PictureWriting.folderOfClasses(images, target, Progress.SILENT);
        try (PictureFiles files = PictureFiles.open(target)) {
            Images read = files.readAll(false, Progress.SILENT);
            int[] at = new int[names.count()];
            for (int i = 0; i < COUNT; i++) { // of a class in their order
                int position = i;
                int label = read.labels()[position];
                while (images.labels()[at[label]] != label) {
                    at[label]++;
                }
                assertThat(read.pixels(position)).isEqualTo(images.pixels(at[label]++));
            }
        }
        try (var contents = Files.list(target)) {
            return contents.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    private static void comesBack(Path place, Images images) {
        try (PictureFiles files = PictureFiles.open(place)) {
            Images read = files.readAll(false, Progress.SILENT);
            assertThat(read.classes()).isEqualTo(images.classes());
            assertThat(read.labels()).isEqualTo(images.labels());
            assertThat(read.pixels()).isEqualTo(images.pixels());
        }
    }
}
