package org.autophage.metrics;

import java.util.ArrayList;
import java.util.List;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;

/** What a metric found of one pair, in order: numbers and what they rest on for records, and all of it for people. */
public final class Findings {
    /** Nothing. */
    public static final Findings NONE = builder().build();

    private final List<Object> entries;
    private final List<String> notes;

    private Findings(List<Object> entries, List<String> notes) {
        this.entries = List.copyOf(entries);
        this.notes = List.copyOf(notes);
    }

    /**
     * What a number rests on.
     *
     * @param basis what
     * @param value a text or a whole number, as it has
     */
    private record Rests(Basis basis, Object value) {}

    /**
     * What is no number.
     *
     * @param key its name in results of {@code evaluate}
     * @param value as JSON
     */
    private record Remark(String key, Object value) {}

    /** What takes findings, in their order. */
    public interface Reader {
        /** A number. */
        void finding(Finding finding);

        /** What the number before rests on. */
        void basis(Basis basis, Object value);

        /** What is no number and stands in no record. */
        default void remark(String key, Object value) {}
    }

    /** Begins with nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /** Hands everything over, in order. */
    public void read(Reader reader) {
        for (Object entry : entries) {
            if (entry instanceof Finding finding) {
                reader.finding(finding);
            } else if (entry instanceof Rests rests) {
                reader.basis(rests.basis, rests.value);
            } else if (entry instanceof Remark remark) {
                reader.remark(remark.key, remark.value);
            }
        }
    }

    /** The numbers. */
    public List<Finding> numbers() {
        return entries.stream()
                .filter(Finding.class::isInstance)
                .map(Finding.class::cast)
                .toList();
    }

    /** What a person should know beside the numbers. */
    public List<String> notes() {
        return notes;
    }

    /** As a record has them. */
    public Measures measures() {
        Measures.Builder measures = Measures.builder();
        read(new Reader() {
            @Override
            public void finding(Finding finding) {
                measures.add(finding.metric(), finding.value());
                finding.deviation().ifPresent(by -> measures.add(by.metric(), by.value()));
            }

            @Override
            public void basis(Basis basis, Object value) {
                addTo(measures, basis, value);
            }
        });
        return measures.build();
    }

    /** What the numbers rest on, without them. */
    Measures bases() {
        Measures.Builder bases = Measures.builder();
        entries.forEach(entry -> {
            if (entry instanceof Rests rests) {
                addTo(bases, rests.basis, rests.value);
            }
        });
        return bases.build();
    }

    private static void addTo(Measures.Builder measures, Basis basis, Object value) {
        if (value instanceof String text) {
            measures.add(basis, text);
        } else {
            measures.add(basis, ((Number) value).longValue());
        }
    }

    /** Collects findings. */
    public static final class Builder {
        private final List<Object> entries = new ArrayList<>();
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

        /** Adds what a person should know beside the numbers, such as why there is none. */
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
