package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.autophage.base.WrongValue;

/**
 * The named loops of the literature. Each is a point of the algebra of {@link DataMix}; {@link LoopSpec#mix} is the
 * table.
 */
public enum LoopKind {
    /** Only synthetic images after generation 1 (MAD, arXiv 2307.01850; "replace" in arXiv 2410.16713). */
    FULLY_SYNTHETIC,
    /** The same real images in every generation, and synthetic ones (MAD). */
    SYNTHETIC_AUGMENTATION,
    /** Real images that were never used before, and synthetic ones (MAD). */
    FRESH_DATA,
    /** All real images of generation 1 and all synthetic ones so far; the set grows (arXiv 2404.01413). */
    ACCUMULATE,
    /** As many images as each model gives, drawn from all that has accumulated (arXiv 2410.16713). */
    ACCUMULATE_SUBSAMPLE,
    /** Any counts, under {@code loop.mix}. */
    MIX;

    /** Reads what a spec says. */
    @JsonCreator
    public static LoopKind of(String name) {
        for (LoopKind kind : values()) {
            if (kind.specName().equals(name)) {
                return kind;
            }
        }
        String known = Arrays.stream(values()).map(LoopKind::specName).collect(Collectors.joining(", "));
        throw WrongValue.of("loop.kind", name, "must be one of " + known);
    }

    /** The name in specs and records, such as "fully-synthetic". */
    @JsonValue
    public String specName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
