package org.autophage.metrics;

import java.util.ArrayList;
import java.util.List;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;

/**
 * What a metric found of one pair: for records numbers and what they rest on, for people all of it.
 *
 * @param entries in order
 * @param notes what a person should know beside the numbers, such as why there is none
 */
public record Findings(List<Entry> entries, List<String> notes) {
    /** Nothing. */
    public static final Findings NONE = builder().build();

    public Findings {
        entries = List.copyOf(entries);
        notes = List.copyOf(notes);
    }

    /** A number, what numbers rest on, or a remark. */
    public sealed interface Entry permits Finding, Rests, Remark {}

    /**
     * What the numbers before rest on.
     *
     * @param basis what
     * @param value a text or a whole number, as it has
     */
    public record Rests(Basis basis, Object value) implements Entry {}

    /**
     * What is no number and stands in no record.
     *
     * @param key its name in results of {@code evaluate}
     * @param value as JSON
     */
    public record Remark(String key, Object value) implements Entry {}

    /** Begins with nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** Numbers and what they rest on, as a record has them. */
    public Measures measures() {
        Measures.Builder measures = Measures.builder();
        for (Entry entry : entries) {
            if (entry instanceof Finding finding) {
                measures.add(finding.metric(), finding.value());
                finding.deviation().ifPresent(by -> measures.add(by.metric(), by.value()));
                finding.samplingError().ifPresent(error -> measures.addSamplingError(finding.metric(), error));
            } else if (entry instanceof Rests rests) {
                rests(rests, measures);
            }
        }
        return measures.build();
    }

    /** What the numbers rest on, without them. */
    public Measures bases() {
        Measures.Builder bases = Measures.builder();
        for (Entry entry : entries) {
            if (entry instanceof Rests rests) {
                rests(rests, bases);
            }
        }
        return bases.build();
    }

    private static void rests(Rests rests, Measures.Builder measures) {
        if (rests.value instanceof String text) {
            measures.add(rests.basis, text);
        } else {
            measures.add(rests.basis, ((Number) rests.value).longValue());
        }
    }

    /** Collects findings. */
    public static final class Builder {
        private final List<Entry> entries = new ArrayList<>();
        private final List<String> notes = new ArrayList<>();

        private Builder() {}

        /** Adds a number. */
        public Builder add(Finding finding) {
            entries.add(finding);
            return this;
        }

        /** Adds a text that the numbers before rest on. */
        public Builder add(Basis basis, String text) {
            entries.add(new Rests(basis, text));
            return this;
        }

        /** Adds a count that the numbers before rest on. */
        public Builder add(Basis basis, int count) {
            entries.add(new Rests(basis, count));
            return this;
        }

        /** Adds what is no number and stands in no record. */
        public Builder remark(String key, Object value) {
            entries.add(new Remark(key, value));
            return this;
        }

        /** Adds what a person should know beside the numbers. */
        public Builder note(String note) {
            notes.add(note);
            return this;
        }

        /** All that was added so far. */
        public Findings build() {
            return new Findings(entries, notes);
        }
    }
}
