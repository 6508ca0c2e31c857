package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.data.Images;
import org.autophage.data.npy.ZipBytes;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** CSV files of labels, beside, among and without pictures. */
class LabelTableTest {
    @TempDir
    private Path parent;

    private final List<String> told = new ArrayList<>();
    private Path folder = Path.of("");

    @BeforeEach
    void makePictures() throws IOException {
        folder = Files.createDirectories(parent.resolve("pictures"));
        Files.createDirectories(folder.resolve("part"));
        Files.write(folder.resolve("a.png"), GreyPng.of(1));
        Files.write(folder.resolve("b, c.png"), GreyPng.of(2));
        Files.write(folder.resolve("part/d.png"), GreyPng.of(3));
    }

    private Images open(Path place, String table, boolean skipBad) {
        return OpenedPictures.of(place, Colour.AUTO, table, null, null, skipBad, told);
    }

    private Images labelled(String csv) throws IOException {
        Files.writeString(folder.resolve("labels.csv"), csv.replace("/n", "\n"));
        return open(folder, "labels.csv", false);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "file_name,label/na.png,4/n\"b, c.png\",2/npart/d.png,4/n | 2,4 | 1,0,1",
                "label,file/n7,a.png/n9,\"b, c.png\"/n8,./part/d.png | 7,8,9 | 0,2,1",
                "picture;kind/na.png;\"a \"\"big\"\" one\"/nb, c.png;cat/npart\\d.png;cat | a \"big\" one,cat | 0,1,1",
                "id,label/na,4/n\"b, c\",2/npart/d,4 | 2,4 | 1,0,1",
                "\ufefffile_name,width,label/na.png,8,x/n\"b, c.png\",8,y/npart/d.png,8,x/n/n | x,y | 0,1,0"
            })
    void tablesOfManyFormsAreRead(String csv, String classes, String labels) throws IOException {
        Images images = labelled(csv);
        assertThat(String.join(",", images.classNames().all())).isEqualTo(classes);
        assertThat(images.labels())
                .containsExactly(java.util.Arrays.stream(labels.split(","))
                        .mapToInt(Integer::parseInt)
                        .toArray());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '~',
            value = {
                "file,label/na.png,1/ngone.png,2/n | labels.csv has 1 rows of pictures that are not in %s, such as gone.png in line 3; dataset.skipBad: true leaves them out",
                "file,label/na.png,1/na.png,1/n | labels.csv has two rows of a.png, the second in line 3: one must go",
                "file,label/na.png,1/n | b, c.png: it has no label in %s/labels.csv; dataset.skipBad: true leaves such files out",
                "file,label/na.png,-1/n\"b, c.png\",1/npart/d.png,1 | a.png: it has the label -1 in",
                "file,label/na.png,/n\"b, c.png\",1/npart/d.png,1 | has the label \"\" of a.png: must be a class number",
                "file,label/na.png,1/n\"b, c.png\",x/npart/d.png,1 | has labels that are numbers and labels that are words",
                "~~ | labels.csv is empty: must have a line of names",
                "file,label/n | labels.csv has no rows: must have one a picture",
                "a.png,1/n\"b, c.png\",2 | labels.csv has no names of columns: its first line must have them, such as file_name,label",
                "file,label/na.png,1,2 | labels.csv, line 2, has 3 fields: must have 2, as the first line",
                "file,label/n\"a.png,1 | labels.csv, line 2: a quotation mark is not closed",
                "file,one,two/na.png,1,2 | has no clear column of labels (it has file, one, two): dataset.labelColumn must name one",
                "file,label,label/na.png,1,2 | has two columns 'label': one must go",
                "x,y/n1,2 | labels.csv has no column of pictures that can be told from its name (it has x, y)"
            })
    void tablesThatAreNoneAreOneLine(String csv, String message) {
        refused(() -> labelled(csv), message.formatted(folder));
    }

    @Test
    void otherEncodingsAreNamed() throws IOException {
        Files.write(folder.resolve("labels.csv"), "file,label\na.png,größe\n".getBytes(StandardCharsets.ISO_8859_1));
        refused(() -> open(folder, "labels.csv", false), "labels.csv, about line ");
        refused(() -> open(folder, "labels.csv", false), " is not UTF-8: save it as such");
    }

    @Test
    void whatDoesNotFitCanBeLeftOut() throws IOException {
        Files.writeString(folder.resolve("labels.csv"), "file,label\na.png,1\ngone.png,2\npart/d.png,2\n");
        Images images = open(folder, "labels.csv", true);
        assertThat(images.count()).isEqualTo(2);
        assertThat(told)
                .contains(
                        "skipped: " + folder.resolve("b, c.png") + ": it has no label in "
                                + folder.resolve("labels.csv"),
                        folder.resolve("labels.csv") + " has 1 rows of pictures that are not in " + folder
                                + ", such as gone.png in line 3, left out");
    }

    @Test
    void tablesElsewhereAreRead() throws IOException {
        Path table = Files.writeString(parent.resolve("t.csv"), "file,label\na.png,1\n\"b, c.png\",2\npart/d.png,2\n");
        assertThat(open(folder, table.toString(), false).labels()).containsExactly(0, 1, 1);
        Files.writeString(table, "file,label\na.png,2\n\"b, c.png\",11\npart/d.png,2\n");
        assertThat(open(folder, table.toString(), false).labels()).containsExactly(0, 1, 0);
        assertThat(told).anyMatch(line -> line.endsWith("is made again: " + folder + " has changed since"));
        refused(() -> open(folder, "none.csv", false), "dataset.labelFile is none.csv, which is missing");
    }

    @Test
    void tablesInZipsAreRead() throws IOException {
        Path zip = parent.resolve("x.zip");
        Files.write(
                zip,
                new ZipBytes()
                        .with("in/a.png", GreyPng.of(1))
                        .with("in/b.png", GreyPng.of(2))
                        .with("in/t.csv", "f,label\na.png,3\nb.png,5\n".getBytes(StandardCharsets.UTF_8))
                        .bytes());
        assertThat(open(zip, "in/t.csv", false).labels()).containsExactly(0, 1);
    }

    /** Pictures of these names, and a table in the folder t, all of it in memory. */
    private record Named(Path root, List<String> names, String table) implements PictureSource {
        @Override
        public String describe(int picture) {
            return names.get(picture);
        }

        @Override
        public void read(int from, int to, Use use) {}

        @Override
        public List<String> notes(boolean withOthers) {
            return List.of();
        }

        @Override
        public List<String> filesCalled(String fileName) {
            return List.of("t/" + fileName);
        }

        @Override
        public String describeBeside(String name) {
            return name;
        }

        @Override
        public byte[] readBeside(String name) {
            return table.getBytes(StandardCharsets.UTF_8);
        }

        @Override
        public void close() {}
    }

    private PictureLabels labels(List<String> pictures, String rows) {
        String table = "file,label\n%s,0\n%s,1\n".formatted((Object[]) rows.split(","));
        return LabelTable.labels(new Named(folder, pictures, table), "t/l.csv", LabelKeys.of(LabelSource.AUTO));
    }

    /** Whatever order pictures come in. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "x/1.png,t/1.png | 1.png,x/1.png",
                "x/1.png,t/1.png | t/1.png,x/1",
                "t/2.png,t/1.png | 1,t/2",
                "t/1.png,t/1 | 1,1.png"
            })
    void rowsMeanNamesBeforeStems(String pictures, String rows) {
        List<String> names = List.of(pictures.split(","));
        assertThat(labels(names, rows).labels()).containsExactly(1, 0);
        assertThat(labels(List.of(names.get(1), names.get(0)), rows).labels()).containsExactly(0, 1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1.png,t/1.png | t/1.png,1.png | t/l.csv, line 3: 1.png may be 1.png or t/1.png: paths from %s on, in a table that lies there, are clear",
                "t/1.png,t/t/1.png | t/t/1.png,t/1.png | t/l.csv, line 3: t/1.png may be t/1.png or t/t/1.png: paths from %s on",
                "1.png,t/1.bmp | t/1,1 | t/l.csv, line 3: 1 may be 1.png or t/1.bmp: the whole name must be there",
                "t/1.png,t/1.bmp | 1.bmp,1 | t/l.csv, line 3: 1 may be t/1.bmp or t/1.png: the whole name must be there"
            })
    void rowsThatMayMeanTwoPicturesAreRefused(String pictures, String rows, String message) {
        List<String> names = List.of(pictures.split(","));
        refused(() -> labels(names, rows), message.formatted(folder));
        refused(() -> labels(List.of(names.get(1), names.get(0)), rows), message.formatted(folder));
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, String message) {
        assertThatThrownBy(call)
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }
}
