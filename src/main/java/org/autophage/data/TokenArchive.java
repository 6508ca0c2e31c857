package org.autophage.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.base.AutophageException;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sequences of tokens in one .npz file: {@code tokens} int32 of all sequences, one after the other, {@code lengths} int32 of shape
 * (replicas, N), {@code words} uint8, the vocabulary as a list of JSON in UTF-8, and {@code between} uint8, what is written between two
 * words.
 */
final class TokenArchive {
    static final String ARRAY = "tokens";
    private static final String LENGTHS = "lengths";
    private static final String WORDS = "words";
    private static final String BETWEEN = "between";

    private TokenArchive() {}

    /** Writes the file whole or not at all; equal sequences give equal bytes. */
    static void write(Tokens tokens, Path file) {
        int[] lengths = new int[tokens.replicas() * tokens.count()];
        Arrays.setAll(lengths, i -> tokens.starts()[i + 1] - tokens.starts()[i]);
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put(ARRAY, NpyArray.ofInts(tokens.values(), tokens.values().length));
        arrays.put(LENGTHS, NpyArray.ofInts(lengths, tokens.replicas(), tokens.count()));
        arrays.put(
                WORDS,
                bytes(JsonMapper.shared().writeValueAsString(tokens.vocabulary().words())));
        arrays.put(BETWEEN, bytes(tokens.vocabulary().between()));
        Npz.write(file, arrays);
    }

    private static NpyArray bytes(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return NpyArray.ofBytes(bytes, bytes.length);
    }

    /**
     * Reads sequences.
     *
     * @throws AutophageException (usage) when the arrays do not fit each other, or a token is none of the vocabulary
     */
    static Tokens read(Path file) {
        Map<String, NpyArray> arrays = Npz.read(file);
        NpyArray tokens = whole(arrays, ARRAY, 1, file);
        NpyArray lengths = whole(arrays, LENGTHS, 2, file);
        int replicas = lengths.shape()[0];
        if (replicas < 1) {
            throw AutophageException.usage("%s:%s has shape %s: must be (replicas, N)"
                    .formatted(file, LENGTHS, Arrays.toString(lengths.shape())));
        }
        long[] each = lengths.toLongs();
        int[] starts = new int[each.length + 1];
        long end = 0;
        for (int i = 0; i < each.length; i++) {
            end += each[i];
            if (each[i] < 0 || end > tokens.elements()) {
                throw lengths(file, tokens.elements());
            }
            starts[i + 1] = (int) end;
        }
        if (end != tokens.elements()) {
            throw lengths(file, tokens.elements());
        }
        Vocabulary vocabulary = vocabulary(arrays, file);
        int[] all = Arrays.stream(tokens.toLongs())
                .mapToInt(token -> {
                    if (token < 0 || token >= vocabulary.size()) {
                        throw AutophageException.usage("%s:%s has token %d: the vocabulary, %s, has 0 to %d"
                                .formatted(file, ARRAY, token, WORDS, vocabulary.size() - 1));
                    }
                    return (int) token;
                })
                .toArray();
        return new Tokens(replicas, vocabulary, all, starts);
    }

    private static AutophageException lengths(Path file, int tokens) {
        return AutophageException.usage(
                "%s:%s do not add up to the %d tokens of %s".formatted(file, LENGTHS, tokens, ARRAY));
    }

    private static NpyArray whole(Map<String, NpyArray> arrays, String name, int axes, Path file) {
        NpyArray array = require(arrays, name, file);
        if (!array.isWhole() || array.shape().length != axes) {
            throw AutophageException.usage("%s:%s is %s of shape %s: must be int32 of %d axes"
                    .formatted(file, name, array.type(), Arrays.toString(array.shape()), axes));
        }
        return array;
    }

    private static Vocabulary vocabulary(Map<String, NpyArray> arrays, Path file) {
        String words = text(require(arrays, WORDS, file), WORDS, file);
        try {
            return new Vocabulary(
                    List.of(JsonMapper.shared().readValue(words, String[].class)),
                    text(require(arrays, BETWEEN, file), BETWEEN, file));
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw AutophageException.usage("%s:%s is no list of different words".formatted(file, WORDS));
        }
    }

    private static String text(NpyArray array, String name, Path file) {
        if (array.type() != NpyArray.Type.UINT8) {
            throw AutophageException.usage(
                    "%s:%s is %s: must be uint8, text in UTF-8".formatted(file, name, array.type()));
        }
        return new String(array.data(), StandardCharsets.UTF_8);
    }

    private static NpyArray require(Map<String, NpyArray> arrays, String name, Path file) {
        NpyArray array = arrays.get(name);
        if (array == null) {
            throw AutophageException.usage("%s has no array '%s' beside '%s'".formatted(file, name, ARRAY));
        }
        return array;
    }
}
