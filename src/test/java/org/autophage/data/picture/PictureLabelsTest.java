package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Telling;
import org.autophage.base.Work;
import org.autophage.data.FiniteDataset;
import org.autophage.data.Images;
import org.autophage.data.npy.ZipBytes;
import org.autophage.data.store.ImageStore;
import org.autophage.data.store.SourceFingerprint;
import org.autophage.data.store.StoreFile;
import org.autophage.data.store.StoreSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Classes are those that pictures have, by whatever name their list or their folders call them; or it is said why not. */
class PictureLabelsTest {
    @TempDir
    private Path folder;

    private final List<String> told = new ArrayList<>();
    private Path zip = Path.of("not written yet");

    /** Opens a zip of pictures a.png, b.png, c.png in a folder, with a list of labels at a place. */
    private Images open(String below, String listAt, String json) throws IOException {
        zip = folder.resolve("x.zip");
        ZipBytes bytes = new ZipBytes();
        for (String name : List.of("a", "b", "c")) {
            bytes.with(below + name + ".png", GreyPng.of(name.charAt(0)));
        }
        Files.write(zip, bytes.with(listAt, json).bytes());
        return open(zip);
    }

    private Images open(Path place) {
        Work work = new Work(Telling.to(told), CheckpointStore.NONE, () -> false);
        FiniteDataset dataset = new ImagesSpec(
                        place.toString(), 8, Crop.CENTRE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 1, false)
                .open(work);
        Images all = dataset.training().joined(List.of(dataset.training(), dataset.holdout()));
        Integer[] order = {0, 1, 2};
        Arrays.sort(order, (i, j) -> all.pixels(i)[0] - all.pixels(j)[0]);
        return all.select(Arrays.stream(order).mapToInt(i -> i).toArray());
    }

    private static String pairs(String a, String b, String c) {
        return "{\"labels\": [[\"a.png\", %s], [\"b.png\", %s], [\"c.png\", %s]]}".formatted(a, b, c);
    }

    /** Labels of a, b and c, the classes that come of them, and what these are called. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|1|2|0 1 2|0,1,2",
                "1|1|1|0 0 0|1",
                "1|2|1|0 1 0|1,2",
                "9|0|5|2 0 1|0,5,9",
                "1000000|0|1000000|1 0 1|0,1000000",
                "2147483648|2147483647|0|2 1 0|0,2147483647,2147483648",
                "9223372036854775807|7|7|1 0 0|7,9223372036854775807",
                "1.0|3e0|1|0 1 0|1,3",
                "'\"dog\"'|'\"cat\"'|'\"dog\"'|1 0 1|cat,dog",
                "'\"10\"'|'\"9\"'|'\"10\"'|0 1 0|10,9",
                "[1.0, 0.0]|[0, 1]|[1, 0]|0 1 0|0,1",
                "[0, 0, 1]|[0, 0, 1]|[1, 0, 0]|1 1 0|0,2"
            })
    void labelsBecomeTheClassesThatPicturesHave(String a, String b, String c, String labels, String names)
            throws IOException {
        Images images = open("", "dataset.json", pairs(a, b, c));
        assertThat(Arrays.toString(images.labels())).isEqualTo("[" + labels.replace(" ", ", ") + "]");
        assertThat(images.classNames().all()).containsExactly(names.split(","));
        assertThat(images.classes()).isEqualTo(images.classNames().count());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1",
                "1.5",
                "1e40",
                "9223372036854775808",
                "null",
                "true",
                "\"\"",
                "{}",
                "[]",
                "[0.3, 0.7]",
                "[1, 1]",
                "[0, 0]",
                "[\"a\"]",
                "[[1]]"
            })
    void whatIsNoLabelIsRefusedWithItsPicture(String label) {
        assertThatThrownBy(() -> open("", "dataset.json", pairs("0", label, "1")))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(zip + ":dataset.json has ")
                .hasMessageContaining(" of b.png: must be ")
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"labels\": [[\"a.png\", 0], [\"b.png\", 1]]}|has no label of c.png: must have a class number, 0 or more",
                "{\"labels\": [[\"a.png\", 0], [\"a.png\", 1]]}|has two labels of a.png, 0 and 1: one must go",
                "{\"labels\": [\"a.png\", 0]}|has the entry \"a.png\": must be a pair of a picture and its class",
                "{\"labels\": [{\"file\": \"a.png\", \"label\": 0}]}|has the entry {\"file\":\"a.png\",\"label\":0}: must be a pair",
                "{\"labels\": 3}|is no list of labels: must have pairs of a picture and its class, not 3",
                "{\"labels\": [[\"a.png\", 0], [\"b.png\", \"x\"], [\"c.png\", 1]]}|has labels that are numbers and labels that are words, such as \"x\" of b.png",
                "{\"labels\": [[\"a.png\", [1, 0]], [\"b.png\", [1, 0, 0]], [\"c.png\", [1, 0]]]}|has the label [1,0,0] of b.png",
                "{\"labels\": [[\"a.png\", 0],|is no list of labels: ",
                "'\u0000\u0001'|is no list of labels: "
            })
    void listsThatAreNoneAreRefused(String json, String message) {
        assertThatThrownBy(() -> open("", "dataset.json", json))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(zip + ":dataset.json " + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "mydata/|mydata/dataset.json|{\"labels\": [[\"a.png\", 4], [\"b.png\", 5], [\"c.png\", 4]]}",
                "mydata/|mydata/dataset.json|{\"labels\": [[\"mydata/a.png\", 4], [\"mydata/b.png\", 5], [\"mydata/c.png\", 4]]}",
                "mydata/|dataset.json|{\"labels\": [[\"mydata/a.png\", 4], [\"mydata\\\\b.png\", 5], [\"./mydata/c.png\", 4]]}",
                "a/b/|a/dataset.json|{\"labels\": [[\"b/a.png\", 4], [\"b/b.png\", 5], [\"b/c.png\", 4]]}",
                "mydata\\|mydata\\dataset.json|{\"labels\": [[\"a.png\", 4], [\"b.png\", 5], [\"c.png\", 4]]}",
                "''|dataset.json|{\"a.png\": 4, \"b.png\": 5, \"c.png\": 4}",
                "''|dataset.json|{\"labels\": {\"a.png\": 4, \"b.png\": 5, \"c.png\": 4}}",
                "''|dataset.json|[[\"a.png\", 4], [\"b.png\", 5], [\"c.png\", 4]]"
            })
    void listsAreReadWhereverTheyLieAboveAllPictures(String below, String listAt, String json) throws IOException {
        Images images = open(below, listAt, json);
        assertThat(images.labels()).containsExactly(0, 1, 0);
        assertThat(images.classNames().all()).containsExactly("4", "5");
    }

    @Test
    void twoListsAreOneTooMany() throws IOException {
        zip = folder.resolve("x.zip");
        Files.write(
                zip,
                new ZipBytes()
                        .with("d/a.png", GreyPng.of(1))
                        .with("d/dataset.json", "{}")
                        .with("dataset.json", "{}")
                        .bytes());
        assertThatThrownBy(() -> open(zip))
                .hasMessage(zip + " has two lists of labels, d/dataset.json and dataset.json: one must go");
    }

    /** Every time, also from the store. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0.png cat/1.png dog/2.png|0.png is in none of the folders cat, dog",
                "0.png 1.png dog/2.png|0.png and 1 more pictures are in none of the folders dog",
                "00000/0.png 00000/1.png 01000/2.png|folders such as 00000 look like parts of a large set (dataset.labels: folders makes them classes)",
                "all/0.png all/cat/1.png all/dog/2.png|all/0.png is in none of the folders cat, dog"
            })
    void whyThereAreNoClassesIsSaid(String pictures, String reason) throws IOException {
        Path place = folder.resolve("pictures");
        for (String name : pictures.split(" ")) {
            Files.createDirectories(place.resolve(name).getParent());
            Files.write(place.resolve(name), GreyPng.of(1));
        }
        for (int i = 0; i < 2; i++) {
            told.clear();
            assertThat(open(place).classes()).isEqualTo(1);
            assertThat(told).contains(place + " has no classes: " + reason);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"labels\": null}|dataset.json has no labels",
                "{\"labels\": []}|dataset.json has no labels",
                "{\"images\": 3}|dataset.json has no labels"
            })
    void aListWithoutLabelsIsSaid(String json, String reason) throws IOException {
        assertThat(open("", "dataset.json", json).classes()).isEqualTo(1);
        assertThat(told).contains(zip + " has no classes: " + reason);
        assertThat(open("x/", "x/y/dataset.json", json).classes()).isEqualTo(1);
        assertThat(told).contains(zip + " has no classes: x/y/dataset.json is not above all pictures");
    }

    @Test
    void aFlatFolderIsSaidOnceToHaveNone() throws IOException {
        Path place = Files.createDirectories(folder.resolve("flat"));
        for (int i = 0; i < 3; i++) {
            Files.write(place.resolve(i + ".png"), GreyPng.of(i));
        }
        open(place);
        String line = place + " has no classes: there is neither a list of labels nor a folder for each";
        assertThat(told).contains(line);
        told.clear();
        open(place);
        assertThat(told).isEmpty();
    }

    /** A store as earlier versions made it: labels as they were in the list, and no names. */
    @Test
    void oldStoresHaveTheClassesThatPicturesHave() throws IOException {
        zip = Files.write(folder.resolve("source"), new byte[] {3, 1, 3, 5});
        StoreFile store = new ImageStore(new OldSource(zip), folder).open(Work.UNATTENDED);
        assertThat(store.images().classes()).isEqualTo(10);
        ImagesSpec spec = new ImagesSpec("x", 8, Crop.CENTRE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 1, false);
        FiniteDataset dataset = spec.dataset(store);
        assertThat(dataset.training().classNames().all()).containsExactly("1", "3", "5");
        assertThat(dataset.training().classes() + dataset.holdout().classes()).isEqualTo(6);
    }

    private record OldSource(Path place) implements StoreSource {
        @Override
        public String settings() {
            return "old";
        }

        @Override
        public String fingerprint() {
            return SourceFingerprint.of(place);
        }

        @Override
        public int countAtMost() {
            return 4;
        }

        @Override
        public int read(org.autophage.base.Progress progress, java.util.function.Consumer<Images> chunks) {
            chunks.accept(new Images(1, 1, 1, 10, new byte[4], new int[] {3, 1, 3, 5}));
            return 0;
        }
    }

    /** More names than one page of a header has room for. */
    @Test
    void aThousandNamesAreKeptInTheStore() throws IOException {
        Path place = folder.resolve("many");
        for (int i = 0; i < 1000; i++) {
            Path file = place.resolve("Klasse größer %04d/0.png".formatted(i));
            Files.createDirectories(file.getParent());
            Files.write(file, GreyPng.of(i % 256));
        }
        ImagesSpec spec =
                new ImagesSpec(place.toString(), 8, Crop.CENTRE, Resize.AREA, Colour.AUTO, LabelSource.AUTO, 1, false);
        FiniteDataset first = spec.open();
        FiniteDataset again = spec.open();
        assertThat(again.training().classNames()).isEqualTo(first.training().classNames());
        assertThat(again.training().classNames().name(999)).isEqualTo("Klasse größer 0999");
        assertThat(again.training().pixelHash()).isEqualTo(first.training().pixelHash());
        try (var siblings = Files.list(folder)) {
            Path store = siblings.filter(ImageStore::isOne).findFirst().orElseThrow();
            assertThat(ImageStore.check(store)).isEqualTo(1000);
        }
    }
}
