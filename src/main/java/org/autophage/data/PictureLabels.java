package org.autophage.data;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The classes of pictures: from {@code dataset.json}, as edm and StyleGAN write it into their zips, or else one class a
 * folder, numbered in alphabetical order, where every picture is in one; folders that all pictures share do not count,
 * folders named train and test (or val) hold the folders of classes, and folders that are all named by numbers of five
 * digits or more are parts of a large set and no classes.
 *
 * @param classes number of classes, at least 1
 * @param labels of the pictures in the order of {@link PictureSource#names}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
record PictureLabels(int classes, int[] labels) {
    private static final String LIST = "dataset.json";

    private static final Set<String> SPLITS = Set.of("train", "test", "val", "valid", "validation");

    /** FFHQ's folders of 1,000 pictures, 00000, 01000, …, and those that edm's tools write into zips, 00000, 00001, … */
    private static final Pattern PART = Pattern.compile("\\d{5,}");

    /**
     * The classes of a source's pictures.
     *
     * @param from where they are looked for
     * @throws AutophageException (usage) if a list of labels is corrupt, or there are no folders where they must be
     */
    static PictureLabels of(PictureSource source, LabelSource from) {
        List<String> names = source.names();
        if (from == LabelSource.NONE) {
            return new PictureLabels(1, new int[names.size()]);
        }
        if (from == LabelSource.FOLDERS) {
            return ofFolders(source, names, false);
        }
        try {
            byte[] list = source.readBeside(LIST);
            JsonNode pairs = list == null
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(list).path("labels");
            return pairs.isArray() ? ofList(pairs, names, source.describe(LIST)) : ofFolders(source, names, true);
        } catch (JacksonException e) {
            throw AutophageException.usage(
                    "%s is no list of labels: %s".formatted(source.describe(LIST), e.getOriginalMessage()));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(source.root(), e);
        }
    }

    private static PictureLabels ofList(JsonNode pairs, List<String> names, String where) {
        Map<String, Integer> labels = new HashMap<>();
        for (JsonNode pair : pairs) {
            labels.put(pair.path(0).asString(""), pair.path(1).asInt(-1));
        }
        int[] all = names.stream()
                .mapToInt(name -> {
                    int label = labels.getOrDefault(name, -1);
                    if (label < 0) {
                        throw AutophageException.usage(
                                "%s has no label of %s: must have a class number, 0 or more".formatted(where, name));
                    }
                    return label;
                })
                .toArray();
        return new PictureLabels(IntStream.of(all).max().orElse(0) + 1, all);
    }

    /** @param auto whether folders may be no classes */
    private static PictureLabels ofFolders(PictureSource source, List<String> names, boolean auto) {
        List<String> below = withoutSharedFolders(names);
        if (below.stream().allMatch(name -> SPLITS.contains(firstFolder(name)))) {
            below = below.stream()
                    .map(name -> name.substring(name.indexOf('/') + 1))
                    .toList();
        }
        List<String> folders = below.stream().map(PictureLabels::firstFolder).toList();
        List<String> classes = folders.stream().distinct().sorted().toList();
        boolean loose = classes.contains("");
        if (auto
                && (loose
                        || classes.stream().allMatch(name -> PART.matcher(name).matches()))) {
            return new PictureLabels(1, new int[names.size()]);
        }
        if (loose) {
            throw AutophageException.usage(
                    "%s has pictures outside of folders, such as %s: dataset.labels folders needs one folder a class"
                            .formatted(source.root(), names.get(folders.indexOf(""))));
        }
        Map<String, Integer> numbers =
                IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get, number -> number));
        return new PictureLabels(
                classes.size(), folders.stream().mapToInt(numbers::get).toArray());
    }

    /** The folder that a name begins with; empty if it has none. */
    private static String firstFolder(String name) {
        return name.substring(0, Math.max(0, name.indexOf('/')));
    }

    /** The names behind the folders that all pictures are below. */
    private static List<String> withoutSharedFolders(List<String> names) {
        String shared = names.get(0);
        for (String name : names) {
            int length = 0;
            while (length < Math.min(shared.length(), name.length()) && shared.charAt(length) == name.charAt(length)) {
                length++;
            }
            shared = shared.substring(0, length);
        }
        int length = shared.lastIndexOf('/') + 1;
        return names.stream().map(name -> name.substring(length)).toList();
    }
}
