package org.autophage.report.paper;

import java.util.Locale;
import java.util.stream.Collectors;

/** Words and numbers as LaTeX has them, in a document of UTF-8. */
final class Latex {
    private Latex() {}

    /** A number with its interval, in bold if it is to stand out. */
    static String number(String text, boolean bold) {
        String formula = text.replace("±", "\\pm").replace("−", "-");
        return bold ? "$\\mathbf{" + formula + "}$" : "$" + formula + "$";
    }

    static String escaped(String text) {
        return text.chars()
                .mapToObj(letter -> switch (letter) {
                    case '\\' -> "\\textbackslash{}";
                    case '&', '%', '$', '#', '_', '{', '}' -> "\\" + (char) letter;
                    case '~' -> "\\textasciitilde{}";
                    case '^' -> "\\textasciicircum{}";
                    case 'λ' -> "$\\lambda$";
                    case '±' -> "$\\pm$";
                    case '−' -> "$-$";
                    default -> Character.toString(letter);
                })
                .collect(Collectors.joining());
    }

    /** A name as a label or a key of BibTeX can have it: letters and digits of ASCII, hyphens between. */
    static String label(String name) {
        return name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-").replaceAll("^-|-$", "");
    }
}
