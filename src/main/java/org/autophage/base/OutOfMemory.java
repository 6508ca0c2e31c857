package org.autophage.base;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Memory that did not suffice, of Java, of the CPU or of a GPU: told apart from other failures by what libtorch says, and
 * put into words for a person.
 */
public final class OutOfMemory {
    /** How libtorch's allocators, CUDA's libraries and C++ say it. */
    private static final List<String> WORDS = List.of(
            "out of memory", "can't allocate memory", "not enough memory", "_status_alloc_failed", "std::bad_alloc");

    private static final Pattern WANTED =
            Pattern.compile("tried to allocate ([\\d.]+) (\\w+)", Pattern.CASE_INSENSITIVE);
    private static final Pattern FREE = Pattern.compile("of which ([\\d.]+ \\w+) is free");

    private OutOfMemory() {}

    /**
     * What was said, in one line; empty if a failure has nothing to do with memory. An error inside a program comes after
     * the lines of the program that it happened in.
     */
    public static Optional<String> reason(Throwable failure) {
        String message = String.valueOf(failure.getMessage());
        Optional<String> line = message.lines()
                .map(String::strip)
                .filter(OutOfMemory::isAboutMemory)
                .findFirst()
                .map(each -> each.replaceFirst("^(RuntimeError|Error): ", ""));
        return line.isEmpty() && failure instanceof OutOfMemoryError ? Optional.of(message) : line;
    }

    private static boolean isAboutMemory(String line) {
        String lower = line.toLowerCase(Locale.ROOT);
        return WORDS.stream().anyMatch(lower::contains);
    }

    /**
     * A failure as a person needs it if it is one of memory, and as it was otherwise.
     *
     * @param where device and work, such as "gpu:0: a training step with model.batch 128"
     * @param remedy what to try, such as "try model.batch=64"
     */
    public static RuntimeException explained(RuntimeException failure, String where, String remedy) {
        if (failure instanceof AutophageException) {
            return failure;
        }
        return reason(failure)
                .<RuntimeException>map(reason -> new AutophageException(
                        ExitCode.FAILED,
                        "out of memory on %s%s: %s".formatted(where, figures(reason), remedy),
                        failure))
                .orElse(failure);
    }

    /** What to try where a count of the spec decides how much is needed at a time. */
    public static String halving(String key, int count) {
        return (count > 1 ? "try " + key + "=" + count / 2 : "make the model smaller")
                + ", or free memory and resume the run, which is kept up to its last checkpoint";
    }

    /** How much was asked for in vain, where that is said. */
    private static String figures(String reason) {
        Matcher wanted = WANTED.matcher(reason);
        if (!wanted.find()) {
            return "";
        }
        Matcher free = FREE.matcher(reason);
        return " (asked for " + amount(wanted.group(1), wanted.group(2))
                + (free.find() ? ", " + free.group(1) + " is free)" : ")");
    }

    private static String amount(String number, String unit) {
        return unit.equals("bytes")
                ? String.format(Locale.ROOT, "%.2f GiB", Double.parseDouble(number) / (1L << 30))
                : number + " " + unit;
    }
}
