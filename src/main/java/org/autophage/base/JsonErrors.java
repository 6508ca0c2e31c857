package org.autophage.base;

import tools.jackson.core.JacksonException;

/** Says in words for a person why a text is no JSON, or none of the kind that belongs there. */
public final class JsonErrors {
    private JsonErrors() {}

    /** The reason, and the line where it is known; without the names of a parser's classes. */
    public static String reason(JacksonException e) {
        String said = e.getOriginalMessage() == null
                ? ""
                : e.getOriginalMessage().lines().findFirst().orElse("");
        String reason = said.startsWith("Trailing token")
                ? "something follows its end"
                : said.contains("jackson") || said.contains("JsonToken") || said.contains("java.")
                        ? "a value is not of the kind that belongs there"
                        : said;
        return e.getLocation() == null || e.getLocation().getLineNr() < 1
                ? reason
                : reason + " (line " + e.getLocation().getLineNr() + ")";
    }
}
