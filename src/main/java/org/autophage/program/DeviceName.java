package org.autophage.program;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What a spec calls a device: auto (a GPU if there is one), cpu, gpu or gpu:N, and behind a slash how many processes share a
 * GPU, each with as much of its memory: gpu:1/4.
 *
 * @param kind auto, cpu or gpu
 * @param index of a GPU, counted from 0; 0 for any
 * @param sharers how many processes a GPU is for, 1 to 999
 */
public record DeviceName(String kind, int index, int sharers) {
    /** What a name has to be, for messages. */
    public static final String FORM =
            "must be auto, cpu, gpu or gpu:N, and gpu/M or gpu:N/M for one of M processes that share a GPU";

    private static final Pattern NAME = Pattern.compile("(auto|cpu)|gpu(?::(\\d{1,3}))?(?:/([1-9]\\d{0,2}))?");

    /** Reads a name; empty if it is none. */
    public static Optional<DeviceName> parse(String name) {
        Matcher matcher = NAME.matcher(name);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        String kind = matcher.group(1) == null ? "gpu" : matcher.group(1);
        return Optional.of(new DeviceName(kind, number(matcher.group(2), 0), number(matcher.group(3), 1)));
    }

    private static int number(@Nullable String digits, int otherwise) {
        return digits == null ? otherwise : Integer.parseInt(digits);
    }

    public boolean isCpu() {
        return kind.equals("cpu");
    }
}
