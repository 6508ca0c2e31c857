package org.autophage.data.picture;

import java.nio.file.Path;
import java.util.AbstractList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.table.ParquetColumn;
import org.autophage.table.ParquetFile;
import org.autophage.table.ParquetValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * The pictures in a column of Parquet files, as Hugging Face's hub writes them: in the order of the files' names and of the
 * rows. See {@link ParquetChoice} for which column that is, and which has the labels.
 */
final class ParquetPictures extends SequentialPictures {
    private final List<Path> files;
    private final ParquetChoice choice;

    /** The number of each file's first row, and in the end that of all. */
    private final int[] starts;

    private @Nullable ParquetFile open;
    private @Nullable ParquetValues values;
    private int file;
    private int next = -1;

    /** @param column the one that a person named; null where there is one choice */
    ParquetPictures(Path root, List<Path> files, @Nullable String column) {
        super(root);
        this.files = files;
        this.starts = new int[files.size() + 1];
        ParquetChoice first = null;
        for (int i = 0; i < files.size(); i++) {
            Interruptible.proceed();
            try (ParquetFile each = ParquetFile.open(files.get(i))) {
                first = first == null ? ParquetChoice.of(each, column) : first;
                first.pictures(each);
                long rows = starts[i];
                for (int group = 0; group < each.groups(); group++) {
                    rows += each.rows(group);
                }
                starts[i + 1] = Math.toIntExact(Math.min(rows, Integer.MAX_VALUE));
            }
        }
        if (first == null || starts[files.size()] == 0) {
            throw AutophageException.usage("%s has no rows".formatted(root));
        }
        this.choice = first;
    }

    /** Whether a file's name, in small letters, is that of a Parquet file. */
    static boolean isNamedSo(String name) {
        return name.endsWith(".parquet") || name.endsWith(".parq") || name.endsWith(".pq");
    }

    @Override
    public List<String> names() {
        return new AbstractList<>() {
            @Override
            public String get(int index) {
                return files.size() == 1
                        ? "row " + row(index)
                        : "%s, row %d".formatted(files.get(fileOf(index)).getFileName(), row(index));
            }

            @Override
            public int size() {
                return starts[files.size()];
            }
        };
    }

    private int fileOf(int picture) {
        int found = 0;
        while (starts[found + 1] <= picture) {
            found++;
        }
        return found;
    }

    /** Which row of its file a picture is in, from 0 on. */
    private int row(int picture) {
        return picture - starts[fileOf(picture)];
    }

    @Override
    public String describe(int picture) {
        return "%s, row %d".formatted(files.get(fileOf(picture)), row(picture));
    }

    @Override
    public List<String> notes(boolean withOthers) {
        return List.of();
    }

    @Override
    public Optional<PictureLabels> ownLabels(LabelKeys keys) {
        LabelValues numbers = new LabelValues(root().toString());
        ParquetChoice.Labels first = null;
        for (int i = 0; i < files.size(); i++) {
            try (ParquetFile each = ParquetFile.open(files.get(i))) {
                ParquetChoice.Labels found = choice.labels(each, keys);
                first = first == null ? found : first;
                String difference = first.difference(files.get(0), found, files.get(i));
                if (!difference.isEmpty() && keys.settled()) {
                    throw AutophageException.usage(difference);
                }
                if (found.column() == null || !difference.isEmpty()) {
                    String reason = difference.isEmpty() ? found.reason() : difference;
                    return Optional.of(PictureLabels.none(starts[files.size()], reason));
                }
                ParquetValues column = each.values(found.column(), 0);
                for (int row = starts[i]; column.next(); row++) {
                    numbers.addOrBad(label(column, found.column()), describe(row));
                }
            }
        }
        if (numbers.isEmpty()) {
            return Optional.of(PictureLabels.none(starts[files.size()], "no row has a label"));
        }
        return Optional.of(numbers.labels().named(Objects.requireNonNull(first).names(), root().toString()));
    }

    private static @Nullable JsonNode label(ParquetValues row, ParquetColumn column) {
        if (row.isNull()) {
            return null;
        }
        return column.isWhole()
                ? JsonNodeFactory.instance.numberNode(row.whole())
                : JsonNodeFactory.instance.stringNode(row.text());
    }

    @Override
    void load(int from, int to, Take take) {
        if (next != from) {
            begin(from);
        }
        while (next < to) {
            byte @Nullable [] bytes = read();
            if (!take.picture(next - 1, bytes)) {
                return;
            }
        }
    }

    /** Goes to the group of rows that has a picture, and to the row before it. */
    private void begin(int from) {
        file = fileOf(from);
        ParquetFile begun = open(file);
        int group = 0;
        next = starts[file];
        while (next + begun.rows(group) <= from) {
            next += begun.rows(group++);
        }
        values = begun.values(choice.pictures(begun), group);
        while (next < from) {
            values.next();
            next++;
        }
    }

    private byte @Nullable [] read() {
        while (values == null || !values.next()) {
            ParquetFile begun = open(++file);
            values = begun.values(choice.pictures(begun), 0);
        }
        next++;
        return values.isNull() ? null : values.bytes();
    }

    private ParquetFile open(int which) {
        close();
        open = ParquetFile.open(files.get(which));
        return open;
    }

    @Override
    public void close() {
        if (open != null) {
            open.close();
            open = null;
            values = null;
        }
    }
}
