package org.autophage.data.picture;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.data.DatasetFolders;
import org.autophage.table.CsvReader;
import org.jspecify.annotations.Nullable;

/**
 * A CSV file of labels: a row a picture, one column that names it, by its path from the root or from the file's own folder,
 * with or without its extension, and one that has its label, a whole number from 0 on or a word. What is a whole name of a
 * picture is no name without an extension of another; what names two pictures otherwise is refused.
 */
final class LabelTable {
    private static final List<String> PICTURES = List.of(
            "file_name", "filename", "file", "path", "filepath", "image", "image_id", "picture", "img", "id", "name");

    private final PictureSource source;
    private final String where;
    private final LabelKeys keys;

    /** Positions of pictures by their paths from the root and from the table's folder; -1 where two could be meant. */
    private final Map<String, Integer> byName = new HashMap<>();

    /** The same without extensions, for what is no whole name. */
    private final Map<String, Integer> byStem = new HashMap<>();

    private String folder = "";

    private LabelTable(PictureSource source, String where, LabelKeys keys) {
        this.source = source;
        this.where = where;
        this.keys = keys;
    }

    /** Whether a table lies among the pictures, and not elsewhere. */
    static boolean isIn(PictureSource source, String file) {
        return source.filesCalled(fileName(file)).contains(PictureNames.plain(file));
    }

    /** Where a table lies that is not among the pictures. */
    static Path elsewhere(String file) {
        return DatasetFolders.find(file);
    }

    /**
     * The classes of a source's pictures.
     *
     * @param file path of the table, in the source or elsewhere
     * @throws AutophageException (usage) if it is missing, no table, or names no column that it must have
     */
    static PictureLabels labels(PictureSource source, String file, LabelKeys keys) {
        String name = PictureNames.plain(file);
        if (isIn(source, file)) {
            LabelTable table = new LabelTable(source, source.describeBeside(name), keys);
            table.index(PictureNames.folderOf(name));
            try (InputStream in = new ByteArrayInputStream(source.readBeside(name))) {
                return table.read(in);
            } catch (IOException e) {
                throw DiskErrors.cannotRead(source.root(), e);
            }
        }
        Path path = elsewhere(file);
        if (!Files.isRegularFile(path)) {
            throw AutophageException.usage(
                    "dataset.labelFile is %s, which is missing: there is no such file in %s, nor elsewhere"
                            .formatted(file, source.root()));
        }
        LabelTable table = new LabelTable(source, path.toString(), keys);
        table.index("");
        try (InputStream in = Files.newInputStream(path)) {
            return table.read(in);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(path, e);
        }
    }

    private static String fileName(String file) {
        String plain = PictureNames.plain(file);
        return plain.substring(plain.lastIndexOf('/') + 1);
    }

    /** @param tablesFolder that the table is in, with a slash behind it */
    private void index(String tablesFolder) {
        folder = tablesFolder;
        List<String> names = source.names();
        for (int i = 0; i < names.size(); i++) {
            String name = names.get(i);
            for (String called : List.of(name, below(name))) {
                byName.merge(called, i, LabelTable::same);
                byStem.merge(stem(called), i, LabelTable::same);
            }
        }
    }

    private static int same(int before, int now) {
        return before == now ? before : -1;
    }

    private String below(String name) {
        return name.startsWith(folder) ? name.substring(folder.length()) : name;
    }

    private static String stem(String name) {
        int dot = name.lastIndexOf('.');
        return dot > name.lastIndexOf('/') ? name.substring(0, dot) : name;
    }

    private int position(String picture) {
        String plain = PictureNames.plain(picture);
        return byName.getOrDefault(plain, byStem.getOrDefault(plain, -1));
    }

    private boolean isTwo(String picture) {
        String plain = PictureNames.plain(picture);
        return position(picture) < 0 && (byName.containsKey(plain) || byStem.containsKey(plain));
    }

    /** Of a row that names two pictures or more. */
    private AutophageException two(String picture, int line) {
        String plain = PictureNames.plain(picture);
        boolean whole = byName.containsKey(plain);
        List<String> meant = source.names().stream()
                .filter(name -> List.of(name, below(name)).stream()
                        .anyMatch(called -> plain.equals(whole ? called : stem(called))))
                .sorted()
                .limit(2)
                .toList();
        return AutophageException.usage("%s, line %d: %s may be %s: %s"
                .formatted(
                        where,
                        line,
                        picture,
                        String.join(" or ", meant),
                        whole
                                ? "paths from %s on, in a table that lies there, are clear".formatted(source.root())
                                : "the whole name must be there"));
    }

    private PictureLabels read(InputStream in) throws IOException {
        try (CsvReader csv = new CsvReader(in, where)) {
            if (csv.names().stream().anyMatch(name -> position(name) >= 0)) {
                throw AutophageException.usage(
                        "%s has no names of columns: its first line must have them, such as file_name,label"
                                .formatted(where));
            }
            Optional<List<String>> row = csv.next();
            if (row.isEmpty()) {
                throw AutophageException.usage("%s has no rows: must have one a picture".formatted(where));
            }
            int pictures = pictureColumn(csv.names(), row.get());
            int labels = labelColumn(csv.names(), pictures);
            @Nullable String[] found = new String[source.names().size()];
            List<String> missing = new ArrayList<>();
            for (; row.isPresent(); row = csv.next()) {
                String picture = row.get().get(pictures);
                int position = position(picture);
                if (isTwo(picture)) {
                    throw two(picture, csv.line());
                }
                if (position < 0) {
                    missing.add("%s in line %d".formatted(picture, csv.line()));
                } else if (found[position] != null) {
                    throw AutophageException.usage("%s has two rows of %s, the second in line %d: one must go"
                            .formatted(where, picture, csv.line()));
                } else {
                    found[position] = row.get().get(labels);
                }
            }
            return labels(found, missing);
        }
    }

    private PictureLabels labels(@Nullable String[] found, List<String> missing) {
        String unknown = missing.isEmpty()
                ? ""
                : "%s has %d rows of pictures that are not in %s, such as %s"
                        .formatted(where, missing.size(), source.root(), missing.get(0));
        if (!missing.isEmpty() && !keys.skipBad()) {
            throw AutophageException.usage(unknown + "; dataset.skipBad: true leaves them out");
        }
        LabelValues values = new LabelValues(where);
        for (int i = 0; i < found.length; i++) {
            String label = found[i];
            values.addOrBad(
                    label == null ? null : LabelValues.ofText(label),
                    source.names().get(i));
        }
        if (values.isEmpty()) {
            throw AutophageException.usage(where + " has no label of any picture in " + source.root());
        }
        return values.labels().remarking(missing.isEmpty() ? List.of() : List.of(unknown + ", left out"));
    }

    private int pictureColumn(List<String> names, List<String> row) {
        if (keys.pictures() != null) {
            return asked(names, "dataset.pictureColumn", keys.pictures());
        }
        List<Integer> naming = columns(names, column -> position(row.get(column)) >= 0);
        if (naming.size() == 1) {
            return naming.get(0);
        }
        for (String usual : PICTURES) {
            List<Integer> called = columns(names, column -> is(names.get(column), usual));
            if (!called.isEmpty()) {
                return called.get(0);
            }
        }
        throw AutophageException.usage(
                "%s has no column of pictures that can be told from its name (it has %s): dataset.pictureColumn must name it"
                        .formatted(where, String.join(", ", names)));
    }

    private int labelColumn(List<String> names, int pictures) {
        if (keys.column() != null) {
            return asked(names, "dataset.labelColumn", keys.column());
        }
        List<Integer> others = columns(names, column -> column != pictures);
        List<Integer> called = columns(names, column -> column != pictures && LabelColumns.isUsual(names.get(column)));
        if (others.size() == 1 || called.size() == 1) {
            return others.size() == 1 ? others.get(0) : called.get(0);
        }
        throw AutophageException.usage("%s has %s column of labels (it has %s): dataset.labelColumn must name one"
                .formatted(where, called.isEmpty() ? "no clear" : "more than one", String.join(", ", names)));
    }

    private int asked(List<String> names, String key, String name) {
        int column = names.indexOf(name);
        if (column < 0) {
            throw AutophageException.usage("%s has no column %s, which %s asks for: it has %s"
                    .formatted(where, name, key, String.join(", ", names)));
        }
        return column;
    }

    private static List<Integer> columns(List<String> names, Predicate<Integer> which) {
        List<Integer> columns = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
            if (which.test(i)) {
                columns.add(i);
            }
        }
        return columns;
    }

    private static boolean is(String name, String usual) {
        return Objects.equals(name.strip().toLowerCase(Locale.ROOT), usual);
    }
}
