package org.autophage.data.picture;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.JsonErrors;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * {@code dataset.json}: which class every picture is of, as edm and StyleGAN write it, a list of pairs
 * {@code {"labels": [["00000/img.png", 6], …]}}, or as a mapping, {@code {"00000/img.png": 6, …}}, with or without
 * {@code labels} above it. A label is a whole number from 0 on, a word, or a vector of zeros with a one.
 */
final class LabelList {
    /** What the list is called. */
    static final String NAME = "dataset.json";

    private final String where;
    private final String folder;
    private final Map<String, JsonNode> byPicture = new HashMap<>();

    /** Of all vectors, once there is one. */
    private int vectorLength;

    private LabelList(String where, String folder) {
        this.where = where;
        this.folder = folder;
    }

    /** A list, or why there is none where there might be one. */
    record Search(@Nullable LabelList found, String reason) {}

    /**
     * Looks for the list of a source: at its root, or in the folder that has all of its pictures.
     *
     * @throws AutophageException (usage) if it is corrupt or there are two
     */
    static Search find(PictureSource source) {
        String shared = sharedFolder(source.names());
        List<String> all = source.filesCalled(NAME);
        List<String> above =
                all.stream().filter(name -> shared.startsWith(folderOf(name))).toList();
        if (above.size() > 1) {
            throw AutophageException.usage("%s has two lists of labels, %s and %s: one must go"
                    .formatted(source.root(), above.get(0), above.get(1)));
        }
        if (above.isEmpty()) {
            return new Search(null, all.isEmpty() ? "" : all.get(0) + " is not above all pictures");
        }
        return read(source, above.get(0));
    }

    private static Search read(PictureSource source, String name) {
        LabelList list = new LabelList(source.describe(name), folderOf(name));
        JsonNode root;
        try {
            root = JsonMapper.shared().readTree(source.readBeside(name));
        } catch (JacksonException e) {
            throw AutophageException.usage("%s is no list of labels: %s".formatted(list.where, JsonErrors.reason(e)));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(source.root(), e);
        }
        JsonNode labels = root.isObject() && root.has("labels") ? root.get("labels") : root;
        if (labels.isArray()) {
            labels.forEach(list::addPair);
        } else if (labels.isObject()) {
            labels.properties().forEach(entry -> list.add(entry.getKey(), entry.getValue()));
        } else if (!labels.isNull()) {
            throw AutophageException.usage("%s is no list of labels: must have pairs of a picture and its class, not %s"
                    .formatted(list.where, labels));
        }
        boolean other =
                labels == root && root.isObject() && source.names().stream().noneMatch(list::has);
        return list.byPicture.isEmpty() || other ? new Search(null, name + " has no labels") : new Search(list, "");
    }

    private void addPair(JsonNode pair) {
        if (!pair.isArray() || pair.size() != 2 || !pair.get(0).isString()) {
            throw AutophageException.usage(
                    "%s has the entry %s: must be a pair of a picture and its class, such as [\"a.png\", 3]"
                            .formatted(where, shortened(pair)));
        }
        add(pair.get(0).asString(), pair.get(1));
    }

    private void add(String picture, JsonNode label) {
        JsonNode before = byPicture.put(PictureSource.plain(picture), label);
        if (before != null && !before.equals(label)) {
            throw AutophageException.usage("%s has two labels of %s, %s and %s: one must go"
                    .formatted(where, picture, shortened(before), shortened(label)));
        }
    }

    private boolean has(String picture) {
        return labelOf(picture).isPresent();
    }

    /** By the picture's path from the root, or from the list's own folder. */
    private Optional<JsonNode> labelOf(String picture) {
        JsonNode fromRoot = byPicture.get(picture);
        return Optional.ofNullable(fromRoot != null ? fromRoot : byPicture.get(picture.substring(folder.length())));
    }

    /**
     * The classes of pictures.
     *
     * @param pictures their names
     * @throws AutophageException (usage) naming a picture that has no label, or one that is none
     */
    PictureLabels labels(List<String> pictures) {
        List<Object> values = new ArrayList<>();
        for (String picture : pictures) {
            JsonNode label = labelOf(picture)
                    .orElseThrow(() -> AutophageException.usage(
                            "%s has no label of %s: must have a class number, 0 or more".formatted(where, picture)));
            Object value = value(label, picture);
            if (!values.isEmpty() && !values.get(0).getClass().equals(value.getClass())) {
                throw AutophageException.usage(
                        "%s has labels that are numbers and labels that are words, such as %s of %s: must be of one kind"
                                .formatted(where, shortened(label), picture));
            }
            values.add(value);
        }
        return values.get(0) instanceof Long
                ? PictureLabels.ofNumbers(
                        values.stream().mapToLong(Long.class::cast).toArray())
                : PictureLabels.ofNames(values.stream().map(String.class::cast).toList());
    }

    /** A Long or a String. */
    private Object value(JsonNode label, String picture) {
        if (label.isString() && !label.asString().isBlank()) {
            return label.asString();
        }
        if (label.isArray()) {
            return position(label, picture);
        }
        if (label.isNumber()) {
            BigDecimal number = label.isFloatingPointNumber() && !Double.isFinite(label.asDouble())
                    ? BigDecimal.ONE.negate()
                    : label.decimalValue();
            boolean whole = number.stripTrailingZeros().scale() <= 0;
            if (whole && number.signum() >= 0 && number.compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) <= 0) {
                return number.longValueExact();
            }
        }
        throw wrong(label, picture);
    }

    /** Where the one is in a vector of zeros. */
    private long position(JsonNode vector, String picture) {
        vectorLength = vectorLength == 0 ? vector.size() : vectorLength;
        long position = -1;
        boolean right = vector.size() == vectorLength;
        for (int i = 0; i < vector.size() && right; i++) {
            JsonNode entry = vector.get(i);
            double value = entry.isNumber() ? entry.asDouble() : Double.NaN;
            right = value == 0 || value == 1 && position < 0;
            position = value == 1 ? i : position;
        }
        if (!right || position < 0) {
            throw wrong(vector, picture);
        }
        return position;
    }

    private AutophageException wrong(JsonNode label, String picture) {
        return AutophageException.usage(
                "%s has the label %s of %s: must be a class number, 0 or more, a word, or zeros with a one, as many as elsewhere"
                        .formatted(where, shortened(label), picture));
    }

    private static String shortened(JsonNode node) {
        String text = node.toString();
        return text.length() > 40 ? text.substring(0, 40) + "…" : text;
    }

    /** The folder that a file is in, with a slash behind it; empty at the root. */
    private static String folderOf(String name) {
        return name.substring(0, name.lastIndexOf('/') + 1);
    }

    /** The folder that all of these are below, with a slash behind it; empty if it is the root. */
    static String sharedFolder(List<String> names) {
        String shared = names.get(0);
        for (String name : names) {
            int length = 0;
            while (length < Math.min(shared.length(), name.length()) && shared.charAt(length) == name.charAt(length)) {
                length++;
            }
            shared = shared.substring(0, length);
        }
        return folderOf(shared);
    }
}
