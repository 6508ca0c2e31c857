package org.autophage.data.picture;

import org.jspecify.annotations.Nullable;

/**
 * What a person said of labels.
 *
 * @param from where they are looked for
 * @param file a CSV file of labels; null for none
 * @param column which column, or which kind of entry, has them; null where there is one choice
 * @param pictures which column of a CSV file names the pictures; null where there is one choice
 * @param settled whether what could be two things is refused, and not merely told
 * @param skipBad whether rows of pictures that are not there are left out, being told
 */
public record LabelKeys(
        LabelSource from,
        @Nullable String file,
        @Nullable String column,
        @Nullable String pictures,
        boolean settled,
        boolean skipBad) {
    /** Of a set of which nothing is said. */
    static final LabelKeys NONE_GIVEN = new LabelKeys(LabelSource.AUTO, null, null, null, false, false);

    /** Of this source, and nothing else. */
    public static LabelKeys of(LabelSource from) {
        return new LabelKeys(from, null, null, null, true, false);
    }
}
