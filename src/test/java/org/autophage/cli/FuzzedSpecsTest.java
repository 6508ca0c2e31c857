package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/** Specs of experiments/ with lines, values and bytes changed, 600 of them with a fixed seed: valid, or one line. */
@Tag("slow")
class FuzzedSpecsTest {
    private static final int SPECS = 600;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final String[] VALUES = {
        "null",
        "",
        "[]",
        "{}",
        "-1",
        "0",
        "1e4",
        "1e999",
        ".nan",
        ".inf",
        "true",
        "'text'",
        "[1, [2, {a: 3}]]",
        "~",
        "0x1F",
        "1_000",
        "9223372036854775808",
        "0.1",
        "-0.0",
        "\"\\u0000\"",
        "&a [*a]",
        "*missing",
        "!!java/object:x",
        "2026-11-27",
        "|",
        "? x",
        "١٢٣",
        "ü",
        "{kind: }",
        "{kind: nothing}",
        "1e-320",
        "99999999999999999999999999"
    };

    @TempDir
    Path folder;

    @Test
    void aFuzzedSpecIsValidOrRefusedInOneLine(TestReporter reporter) throws IOException {
        List<String> specs = new ArrayList<>();
        try (Stream<Path> files = Files.list(Path.of("experiments"))) {
            for (Path file : files.filter(each -> each.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                specs.add(Files.readString(file));
            }
        }
        SplittableRandom random = new SplittableRandom(20261127);
        TreeMap<Integer, Integer> exits = new TreeMap<>();
        for (int i = 0; i < SPECS; i++) {
            String text = specs.get(random.nextInt(specs.size()));
            for (int change = 1 + random.nextInt(3); change > 0; change--) {
                text = changed(text, random);
            }
            byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
            if (bytes.length > 0 && random.nextInt(5) == 0) {
                bytes = Damage.values()[random.nextInt(Damage.values().length)].to(bytes, random);
            }
            Path spec = Files.write(folder.resolve("fuzzed.yaml"), bytes);
            Said said =
                    Said.by(LIMIT, List.of("validate", spec.toString())).followsTheRules("spec " + i + ":\n" + text);
            exits.merge(said.exitCode(), 1, Integer::sum);
        }
        reporter.publishEntry("exit codes of fuzzed specs", exits.toString());
        assertThat(exits.keySet()).isSubsetOf(0, 2, 3);
        assertThat(exits.get(2)).isGreaterThan(SPECS / 4);
    }

    private static String changed(String text, SplittableRandom random) {
        List<String> lines = new ArrayList<>(text.lines().toList());
        if (lines.isEmpty()) {
            return "x: y";
        }
        int at = random.nextInt(lines.size());
        String line = lines.get(at);
        switch (random.nextInt(8)) {
            case 0 -> lines.remove(at);
            case 1 -> lines.add(at, line);
            case 2 -> lines.set(at, "  " + line);
            case 3 -> lines.set(at, line.stripLeading());
            case 4 -> lines.set(at, line.replaceFirst(":.*", ": " + VALUES[random.nextInt(VALUES.length)]));
            case 5 -> lines.set(at, line.replaceFirst("([:,{] ?\\w+: )[^,}]*", "$1" + quoted(random)));
            case 6 -> lines.set(at, line.replaceFirst("\\w", "q"));
            default -> lines.set(at, line + " " + VALUES[random.nextInt(VALUES.length)]);
        }
        return String.join("\n", lines) + "\n";
    }

    private static String quoted(SplittableRandom random) {
        return java.util.regex.Matcher.quoteReplacement(VALUES[random.nextInt(VALUES.length)]);
    }
}
