package org.autophage.data;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The classes of pictures: from {@code dataset.json}, as edm and StyleGAN write it into their zips, or else one class a
 * folder, numbered in alphabetical order, where every picture is in one; folders that all pictures share do not count.
 *
 * @param classes number of classes, at least 1
 * @param labels of the pictures in the order of {@link PictureSource#names}
 */
@SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
record PictureLabels(int classes, int[] labels) {
    private static final String LIST = "dataset.json";

    static PictureLabels of(PictureSource source) {
        List<String> names = source.names();
        try {
            byte[] list = source.readBeside(LIST);
            JsonNode pairs = list == null
                    ? JsonMapper.shared().missingNode()
                    : JsonMapper.shared().readTree(list).path("labels");
            return pairs.isArray() ? ofList(pairs, names, source.describe(LIST)) : ofFolders(names);
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

    private static PictureLabels ofFolders(List<String> names) {
        int shared = sharedFolders(names).length();
        List<String> folders = names.stream()
                .map(name -> name.substring(shared))
                .map(name -> name.substring(0, Math.max(0, name.indexOf('/'))))
                .toList();
        if (folders.contains("")) {
            return new PictureLabels(1, new int[names.size()]);
        }
        List<String> classes = folders.stream().distinct().sorted().toList();
        Map<String, Integer> numbers =
                IntStream.range(0, classes.size()).boxed().collect(Collectors.toMap(classes::get, number -> number));
        return new PictureLabels(
                classes.size(), folders.stream().mapToInt(numbers::get).toArray());
    }

    /** The folders that all pictures are below, with a slash at the end. */
    private static String sharedFolders(List<String> names) {
        String shared = names.get(0);
        for (String name : names) {
            int length = 0;
            while (length < Math.min(shared.length(), name.length()) && shared.charAt(length) == name.charAt(length)) {
                length++;
            }
            shared = shared.substring(0, length);
        }
        return shared.substring(0, shared.lastIndexOf('/') + 1);
    }
}
