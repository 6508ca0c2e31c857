package org.autophage.data.picture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.table.ParquetColumn;
import org.autophage.table.ParquetColumn.Kind;
import org.autophage.table.ParquetFile;
import org.autophage.table.ParquetValues;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * Which columns of Parquet files have pictures and labels: those that a person names, those that Hugging Face's notes in the
 * footer say, or those that look like it. A column of pictures is one of bytes, or a struct with a part {@code bytes}.
 *
 * @param pictures name of the leaf with the pictures' bytes
 */
record ParquetChoice(String pictures) {
    private static final String BYTES = ".bytes";
    private static final String NOTES = "huggingface";

    /**
     * The column of labels.
     *
     * @param column null if there is none, or none is clear
     * @param names of classes that numbers stand for; empty for none
     * @param reason why there is none
     */
    record Labels(@Nullable ParquetColumn column, List<String> names, String reason) {
        /**
         * Why numbers of another file's column stand for other classes than those of this one's; empty where they do not.
         *
         * @param here the file that has these
         * @param there the file that has the others
         */
        String difference(Path here, Labels others, Path there) {
            if (!title().equals(others.title())) {
                return "%s has labels in %s, and %s in %s: files of one set must have them in one column (dataset.labels: none wants none)"
                        .formatted(here, title(), there, others.title());
            }
            for (int i = 0; i < Math.max(names.size(), others.names.size()); i++) {
                if (!name(i).equals(others.name(i))) {
                    return "%s calls class %d of %s %s, and %s calls it %s: files of one set must have one list of classes (dataset.labels: none wants none)"
                            .formatted(here, i, title(), name(i), there, others.name(i));
                }
            }
            return "";
        }

        private String title() {
            return column == null ? "no column" : "column " + column.name();
        }

        private String name(int number) {
            return number < names.size() ? "'" + names.get(number) + "'" : "nothing";
        }
    }

    /**
     * Chooses by the first of some files.
     *
     * @param asked the column that a person named; null for none
     * @throws AutophageException (usage) if there is no such column, none of pictures, or more than one
     */
    static ParquetChoice of(ParquetFile file, @Nullable String asked) {
        if (asked != null) {
            return new ParquetChoice(
                    bytesOf(file, asked).map(ParquetColumn::name).orElseThrow(() -> missing(file, asked)));
        }
        List<String> candidates = new ArrayList<>(featuresOf(file, "Image"));
        candidates.removeIf(name -> bytesOf(file, name).isEmpty());
        if (candidates.isEmpty()) {
            file.columns().stream()
                    .filter(column -> isOfBytes(column) && holdsPicture(file, column))
                    .forEach(column -> candidates.add(column.name()));
        }
        if (candidates.size() == 1) {
            return new ParquetChoice(
                    bytesOf(file, candidates.get(0)).orElseThrow().name());
        }
        if (candidates.isEmpty()) {
            throw AutophageException.usage(
                    "%s has no column of pictures: it has %s".formatted(file.path(), file.describeColumns()));
        }
        throw AutophageException.usage(
                "%s has more than one column of pictures, %s: dataset.pictureColumn must name one"
                        .formatted(
                                file.path(),
                                candidates.stream().map(ParquetChoice::shown).collect(Collectors.joining(", "))));
    }

    private static AutophageException missing(ParquetFile file, String name) {
        return AutophageException.usage("%s has no column of pictures called %s: it has %s"
                .formatted(file.path(), name, file.describeColumns()));
    }

    /** A column's name as people know it. */
    private static String shown(String leaf) {
        return leaf.endsWith(BYTES) ? leaf.substring(0, leaf.length() - BYTES.length()) : leaf;
    }

    private static Optional<ParquetColumn> bytesOf(ParquetFile file, String name) {
        return file.column(name + BYTES).filter(ParquetChoice::isOfBytes).or(() -> file.column(name)
                .filter(ParquetChoice::isOfBytes));
    }

    private static boolean isOfBytes(ParquetColumn column) {
        return column.isFlat() && column.kind() == Kind.BYTES;
    }

    /** Looks at the first value that there is. */
    private static boolean holdsPicture(ParquetFile file, ParquetColumn column) {
        ParquetValues values = file.values(column, 0);
        while (values.next()) {
            if (!values.isNull()) {
                return PictureFormat.of(values.bytes()).isPresent();
            }
        }
        return false;
    }

    /** The column of pictures in a file, which has to have it. */
    ParquetColumn pictures(ParquetFile file) {
        return file.column(pictures).filter(ParquetChoice::isOfBytes).orElseThrow(() -> missing(file, shown(pictures)));
    }

    /**
     * The column of labels in a file.
     *
     * @throws AutophageException (usage) if there is none that a person named, or more than one where that is to be settled
     */
    Labels labels(ParquetFile file, LabelKeys keys) {
        String asked = keys.column();
        if (asked != null) {
            Optional<ParquetColumn> named = file.column(asked).filter(ParquetChoice::canBeLabel);
            if (named.isEmpty()) {
                throw AutophageException.usage(
                        "%s has no column %s of whole numbers or words, which dataset.labelColumn asks for: it has %s"
                                .formatted(file.path(), asked, file.describeColumns()));
            }
            return of(file, named.get());
        }
        List<ParquetColumn> candidates = new ArrayList<>();
        featuresOf(file, "ClassLabel")
                .forEach(name ->
                        file.column(name).filter(ParquetChoice::canBeLabel).ifPresent(candidates::add));
        if (candidates.isEmpty()) {
            file.columns().stream()
                    .filter(column -> canBeLabel(column) && LabelColumns.isUsual(column.name()))
                    .forEach(candidates::add);
        }
        if (candidates.size() == 1) {
            return of(file, candidates.get(0));
        }
        String names = candidates.stream().map(ParquetColumn::name).collect(Collectors.joining(", "));
        if (candidates.size() > 1 && keys.settled()) {
            throw AutophageException.usage(
                    "%s has more than one column of labels, %s: dataset.labelColumn must name one (dataset.labels: none wants none)"
                            .formatted(file.path(), names));
        }
        String some = file.columns().stream()
                .filter(ParquetChoice::canBeLabel)
                .map(ParquetColumn::name)
                .collect(Collectors.joining(", "));
        return new Labels(
                null,
                List.of(),
                candidates.isEmpty()
                        ? some.isEmpty()
                                ? ""
                                : "none of its columns %s is called like one of labels (dataset.labelColumn names one)"
                                        .formatted(some)
                        : "more than one column may be that of labels, " + names);
    }

    private static Labels of(ParquetFile file, ParquetColumn column) {
        JsonNode names = features(file).path(column.name()).path("names");
        List<String> classes = new ArrayList<>();
        names.forEach(name -> classes.add(name.asString("")));
        return new Labels(column, column.isWhole() ? classes : List.of(), "");
    }

    private static boolean canBeLabel(ParquetColumn column) {
        return column.isFlat() && column.path().size() == 1 && (column.isWhole() || column.kind() == Kind.TEXT);
    }

    /** Columns that are of such a type by the notes of Hugging Face's library. */
    private static List<String> featuresOf(ParquetFile file, String type) {
        List<String> found = new ArrayList<>();
        features(file).properties().forEach(feature -> {
            if (feature.getValue().path("_type").asString("").equals(type)) {
                found.add(feature.getKey());
            }
        });
        return found;
    }

    private static JsonNode features(ParquetFile file) {
        String notes = file.notes().getOrDefault(NOTES, "");
        try {
            JsonNode features = notes.isEmpty()
                    ? JsonNodeFactory.instance.objectNode()
                    : JsonMapper.shared().readTree(notes).path("info").path("features");
            return features.isObject() ? features : JsonNodeFactory.instance.objectNode();
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.objectNode(); // notes of others that happen to be called so
        }
    }
}
