package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Telling;
import org.autophage.base.Work;
import org.autophage.data.FiniteDataset;
import org.autophage.data.npy.ZipBytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is a picture, what is passed over, and that nothing is without a word. */
class PictureSourceTest {
    @TempDir
    private Path parent;

    private final List<String> told = new ArrayList<>();

    private Path folder() throws IOException {
        return Files.createDirectories(parent.resolve("pictures"));
    }

    private FiniteDataset open(Path place, boolean skipBad) {
        Work work = new Work(Telling.to(told), CheckpointStore.NONE, () -> false);
        return new ImagesSpec(place.toString(), 8, Crop.CENTRE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 1, skipBad)
                .open(work);
    }

    @ParameterizedTest
    @ValueSource(strings = {"jpg", "JPEG", "jfif", "jpe", "JFIF", "pjpeg"})
    void jpegsHaveManyNames(String extension) throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.write(folder().resolve(i + "." + extension), GreyPng.of(8, 40 * i, "jpg"));
        }
        assertThat(open(folder(), false).available()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEIC", "avif", "jp2", "svg", "ppm", "pbm", "jxl", "ico", "psd"})
    void otherFormatsAreLeftOutAndSaidEveryTime(String extension) throws IOException {
        for (int i = 0; i < 3; i++) {
            Files.write(folder().resolve(i + ".png"), GreyPng.of(i));
        }
        Files.writeString(folder().resolve("x." + extension), "x");
        Files.writeString(folder().resolve("notes.txt"), "x");
        String note = folder() + ": 1 picture of another format (1 ." + extension.toLowerCase(java.util.Locale.ROOT)
                + "), such as x." + extension + ", left out: must be PNG, JPEG, WebP, BMP, GIF or TIFF";
        for (int i = 0; i < 2; i++) {
            told.clear();
            assertThat(open(folder(), false).available()).isEqualTo(2);
            assertThat(told).contains(note);
        }
        told.clear();
        open(folder(), true);
        assertThat(told).noneMatch(note::equals).contains(folder() + ": 1 bad pictures were left out");
    }

    @ParameterizedTest
    @ValueSource(strings = {"....ftypavif....|AVIF", "....ftypheic....|HEIC", "<svg xmlns=''/>|SVG"})
    void otherFormatsByTheWrongNameAreNamed(String content) throws IOException {
        String[] parts = content.split("\\|");
        Path file = Files.writeString(folder().resolve("a.jpg"), parts[0]);
        assertThatThrownBy(() -> open(folder(), false))
                .hasMessageStartingWith(file + ": it is a " + parts[1]
                        + " file, whatever its name: must be PNG, JPEG, WebP, BMP, GIF or TIFF");
    }

    @Test
    void nothingButOtherFormatsIsRefused() throws IOException {
        Files.writeString(folder().resolve("a.avif"), "x");
        Files.writeString(folder().resolve("b.avif"), "x");
        Files.writeString(folder().resolve("c.svg"), "x");
        for (boolean skipBad : new boolean[] {false, true}) {
            assertThatThrownBy(() -> open(folder(), skipBad))
                    .isInstanceOf(AutophageException.class)
                    .hasMessage(folder()
                            + " has no PNG, JPEG, WebP, BMP, GIF or TIFF pictures, only 3 pictures of other formats (2 .avif, 1 .svg), such as"
                            + " a.avif: convert them");
        }
    }

    @Test
    void linksToFilesThatAreNotThereAreBadPictures() throws IOException {
        Files.write(folder().resolve("a.png"), GreyPng.of(1));
        Path link = Files.createSymbolicLink(folder().resolve("b.png"), Path.of("gone.png"));
        assertThatThrownBy(() -> open(folder(), false))
                .hasMessageStartingWith(link + ": it is a link to a file that is not there; ");
    }

    @Test
    void circlesAreSaid() throws IOException {
        for (String name : List.of("cat/1", "cat/2", "dog/3")) {
            Files.createDirectories(folder().resolve(name).getParent());
            Files.write(folder().resolve(name + ".png"), GreyPng.of(1));
        }
        Files.createSymbolicLink(folder().resolve("cat/dog"), Path.of("../dog"));
        FiniteDataset dataset = open(folder(), false);
        assertThat(dataset.available()).isEqualTo(2);
        assertThat(dataset.training().classNames().all()).containsExactly("cat", "dog");
        assertThat(told)
                .contains(folder() + ": 1 links to folders that were read already are not followed, such as cat/dog");
    }

    @Test
    void backslashesInAZipAreFolders() throws IOException {
        Path zip = parent.resolve("x.zip");
        Files.write(
                zip,
                new ZipBytes()
                        .with("set\\cat\\1.png", GreyPng.of(1))
                        .with(".\\set\\dog\\2.png", GreyPng.of(2))
                        .with("./set//dog/3.png", GreyPng.of(3))
                        .bytes());
        FiniteDataset dataset = open(zip, false);
        assertThat(dataset.training().classNames().all()).containsExactly("cat", "dog");
        Files.write(
                zip,
                new ZipBytes()
                        .with("a\\1.png", GreyPng.of(1))
                        .with("a/1.png", GreyPng.of(2))
                        .bytes());
        assertThatThrownBy(() -> open(zip, false))
                .hasMessage(zip + " has two entries of the name a/1.png: each must have its own");
    }
}
