package org.autophage.data.picture;

import java.io.IOException;
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
        List<String> above = all.stream()
                .filter(name -> shared.startsWith(PictureNames.folderOf(name)))
                .toList();
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
        LabelList list = new LabelList(source.describeBeside(name), PictureNames.folderOf(name));
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
                            .formatted(where, LabelValues.shortened(pair)));
        }
        add(pair.get(0).asString(), pair.get(1));
    }

    private void add(String picture, JsonNode label) {
        JsonNode before = byPicture.put(PictureNames.plain(picture), label);
        if (before != null && !before.equals(label)) {
            throw AutophageException.usage("%s has two labels of %s, %s and %s: one must go"
                    .formatted(where, picture, LabelValues.shortened(before), LabelValues.shortened(label)));
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
        LabelValues values = new LabelValues(where);
        for (String picture : pictures) {
            JsonNode label = labelOf(picture)
                    .orElseThrow(() -> AutophageException.usage(
                            "%s has no label of %s: must have a class number, 0 or more".formatted(where, picture)));
            values.add(label, picture);
        }
        return values.labels();
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
        return PictureNames.folderOf(shared);
    }
}
