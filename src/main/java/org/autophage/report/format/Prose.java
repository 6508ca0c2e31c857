package org.autophage.report.format;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Numbers and lists as sentences have them. */
public final class Prose {
    private Prose() {}

    /** 12,345. */
    public static String count(long number) {
        return String.format(Locale.ROOT, "%,d", number);
    }

    /** "1 seed", "3 seeds". */
    public static String counted(long number, String noun) {
        return count(number) + " " + noun + (number == 1 ? "" : "s");
    }

    /** A p-value with three decimals: "0.021", "&lt; .001"; empty where there is none. */
    public static String probability(double value) {
        return Double.isNaN(value) ? "" : value < 0.001 ? "< .001" : String.format(Locale.ROOT, "%.3f", value);
    }

    /** The same with a capital letter first. */
    public static String sentence(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Whole numbers in order, neighbours drawn together: "1–3, 7". */
    public static String ranges(Collection<? extends Number> numbers) {
        List<Long> sorted = numbers.stream().map(Number::longValue).sorted().toList();
        List<String> parts = new ArrayList<>();
        for (int i = 0; i < sorted.size(); ) {
            int end = i;
            while (end + 1 < sorted.size() && sorted.get(end + 1) == sorted.get(end) + 1) {
                end++;
            }
            long first = sorted.get(i);
            long last = sorted.get(end);
            parts.add(end - i < 2 ? (end == i ? "" + first : first + ", " + last) : first + "–" + last);
            i = end + 1;
        }
        return String.join(", ", parts);
    }
}
