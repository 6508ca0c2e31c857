package org.autophage.measure;

import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * What was measured of one generation and what that rests on, in order. As JSON, numbers of dotted names are objects:
 *
 * <pre>
 * {"features":"points","replicas":20,"variance":0.9,"vendiScore":{"fake":3.5},
 *  "standardError":{"variance":0.02},"samplingError":{"recall":0.006},"expected":{"variance":1.0}}
 * </pre>
 *
 * Errors and expectations stand behind what they were first told of. Numbers that are read are written again digit by
 * digit, those included that this version has no name for.
 */
public final class Measures {
    /** Nothing. */
    public static final Measures NONE = builder().build();

    /** The object of a record with what remedies tell, by their names; no number in it is a metric. */
    private static final String REMEDIES = "remedies.";

    /** Numbers and texts by dotted names, and each {@link MeasureGroup} in its place. */
    private final Map<String, Object> entries;

    private final Map<MeasureGroup, Map<String, Number>> groups;

    private Measures(Map<String, Object> entries, Map<MeasureGroup, Map<String, Number>> groups) {
        this.entries = entries;
        this.groups = groups;
    }

    /** Begins with nothing. */
    public static Builder builder() {
        return new Builder();
    }

    /**
     * From JSON.
     *
     * @param record an object of finite numbers, of texts where {@link Basis} has them, and of such objects
     * @param leftOut keys that are none of these
     */
    public static Measures read(JsonNode record, Set<String> leftOut) {
        Builder read = new Builder();
        for (Map.Entry<String, JsonNode> property : record.properties()) {
            if (!leftOut.contains(property.getKey())) {
                read.read(property.getKey(), property.getValue());
            }
        }
        return read.build();
    }

    /** Names and values as JSON has them. */
    public Map<String, Object> toMap() {
        Map<String, Object> map = nested(entries);
        map.replaceAll((key, value) -> value instanceof MeasureGroup group ? nested(numbers(group)) : value);
        return map;
    }

    private Map<String, Number> numbers(MeasureGroup group) {
        return groups.getOrDefault(group, Map.of());
    }

    /** Puts numbers of dotted names into objects. */
    private static Map<String, Object> nested(Map<String, ?> flat) {
        Map<String, Object> names = new LinkedHashMap<>();
        Map<String, Map<String, Object>> objects = new LinkedHashMap<>();
        flat.forEach((key, value) -> {
            int dot = key.indexOf('.');
            if (dot < 0) {
                names.put(key, value);
            } else {
                String outer = key.substring(0, dot);
                names.putIfAbsent(outer, outer); // keeps its place
                objects.computeIfAbsent(outer, name -> new LinkedHashMap<>()).put(key.substring(dot + 1), value);
            }
        });
        objects.forEach((outer, inner) -> names.put(outer, nested(inner)));
        return names;
    }

    /** All numbers of metrics by key, those of the classifiers' accuracy and of costs included. */
    public Map<String, Measure> numbers() {
        long replicas = replicas();
        Map<String, Measure> numbers = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            if (value instanceof Number number && Basis.of(key).isEmpty() && !key.startsWith(REMEDIES)) {
                Number error = numbers(MeasureGroup.STANDARD_ERROR).get(key);
                numbers.put(
                        key,
                        new Measure(number.doubleValue(), error == null ? Double.NaN : error.doubleValue(), replicas));
            }
        });
        return numbers;
    }

    /** The numbers alone. */
    public Map<String, Double> values() {
        Map<String, Double> values = new LinkedHashMap<>();
        numbers().forEach((key, measure) -> values.put(key, measure.value()));
        return values;
    }

    /** What remedies tell, by their names. */
    public Map<String, Map<String, Double>> remedies() {
        Map<String, Map<String, Double>> told = new LinkedHashMap<>();
        entries.forEach((key, value) -> {
            int end = key.lastIndexOf('.');
            if (key.startsWith(REMEDIES) && end > REMEDIES.length() && value instanceof Number number) {
                told.computeIfAbsent(key.substring(REMEDIES.length(), end), name -> new LinkedHashMap<>())
                        .put(key.substring(end + 1), number.doubleValue());
            }
        });
        return told;
    }

    /** What theory expects of metrics, or what real samples of the same number give, by key. */
    public Map<String, Double> expected() {
        return doubles(MeasureGroup.EXPECTED);
    }

    /** How far the latter vary from draw to draw, by key: standard deviations. */
    public Map<String, Double> expectedDeviations() {
        return doubles(MeasureGroup.EXPECTED_DEVIATION);
    }

    private Map<String, Double> doubles(MeasureGroup group) {
        Map<String, Double> values = new LinkedHashMap<>();
        numbers(group).forEach((key, value) -> values.put(key, value.doubleValue()));
        return values;
    }

    /** The number of a metric; empty where there is none. */
    public OptionalDouble value(Metric metric) {
        return optional(entries.get(metric.key()));
    }

    /** The standard error of a metric's mean over replicas; empty where there is none. */
    public OptionalDouble standardError(Metric metric) {
        return optional(numbers(MeasureGroup.STANDARD_ERROR).get(metric.key()));
    }

    /**
     * By how much a metric varies, as a standard deviation, when the same model is sampled again and compared with the same
     * real samples; empty where the record does not say. Training again moves it further.
     */
    public OptionalDouble samplingError(Metric metric) {
        return optional(numbers(MeasureGroup.SAMPLING_ERROR).get(metric.key()));
    }

    /** Numbers by sampling seed, see {@link Samplings}. */
    Map<String, Number> samplings() {
        return numbers(MeasureGroup.SAMPLINGS);
    }

    private static OptionalDouble optional(@Nullable Object value) {
        return value instanceof Number number ? OptionalDouble.of(number.doubleValue()) : OptionalDouble.empty();
    }

    /** A text that numbers rest on; empty where there is none. */
    public Optional<String> text(Basis basis) {
        return entries.get(basis.key()) instanceof String text ? Optional.of(text) : Optional.empty();
    }

    /** A count that numbers rest on; empty where there is none. */
    public OptionalLong count(Basis basis) {
        return entries.get(basis.key()) instanceof Number count
                ? OptionalLong.of(count.longValue())
                : OptionalLong.empty();
    }

    /** Independent copies that the numbers are means over; 1 where nothing is said of them. */
    public long replicas() {
        return Math.max(1, count(Basis.REPLICAS).orElse(1));
    }

    /** The same as numbers on further features of a run, which have a name. */
    public Measures ofFeatures(String name) {
        UnaryOperator<String> within = key -> Metrics.BY_FEATURES + name + "." + key;
        Map<String, Object> numbers = new LinkedHashMap<>(entries);
        numbers.values().removeIf(MeasureGroup.class::isInstance); // a record has one of each
        return new Measures(inWords(numbers, within, value -> value), groupsInWords(within));
    }

    /** The same without what measuring, training and sampling cost. */
    public Measures withoutCosts() {
        Predicate<String> isCost = key -> Metrics.of(key).isCost();
        Map<String, Object> figures = new LinkedHashMap<>(entries);
        figures.keySet().removeIf(isCost);
        Map<MeasureGroup, Map<String, Number>> about = new EnumMap<>(MeasureGroup.class);
        groups.forEach((group, numbers) -> {
            Map<String, Number> kept = new LinkedHashMap<>(numbers);
            kept.keySet().removeIf(isCost);
            about.put(group, kept);
        });
        return new Measures(figures, about);
    }

    /** The names of further features with the extractors behind them. */
    public Map<String, String> furtherFeatures() {
        Map<String, String> further = new LinkedHashMap<>();
        String end = "." + Basis.FEATURES.key();
        entries.forEach((key, value) -> {
            if (key.startsWith(Metrics.BY_FEATURES) && key.endsWith(end)) {
                further.put(key.substring(Metrics.BY_FEATURES.length(), key.length() - end.length()), value.toString());
            }
        });
        return further;
    }

    /** The first number that is not finite, with its key; empty where all are. */
    public Optional<Map.Entry<String, Double>> firstNotFinite() {
        Map<String, Double> all = values();
        samplings().forEach((key, value) -> all.put(key, value.doubleValue()));
        return all.entrySet().stream()
                .filter(entry -> !Double.isFinite(entry.getValue()))
                .findFirst();
    }

    /** The same with other words for keys and texts. */
    public Measures inWords(UnaryOperator<String> words) {
        return new Measures(
                inWords(entries, words, value -> value instanceof String text ? words.apply(text) : value),
                groupsInWords(words));
    }

    private Map<MeasureGroup, Map<String, Number>> groupsInWords(UnaryOperator<String> words) {
        Map<MeasureGroup, Map<String, Number>> changed = new EnumMap<>(MeasureGroup.class);
        groups.forEach((group, numbers) -> changed.put(group, inWords(numbers, words, value -> value)));
        return changed;
    }

    private static <T> Map<String, T> inWords(Map<String, T> map, UnaryOperator<String> words, UnaryOperator<T> value) {
        Map<String, T> changed = new LinkedHashMap<>();
        map.forEach((key, each) -> changed.put(words.apply(key), value.apply(each)));
        return changed;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Measures measures && entries.equals(measures.entries) && groups.equals(measures.groups);
    }

    @Override
    public int hashCode() {
        return Objects.hash(entries, groups);
    }

    @Override
    public String toString() {
        return toMap().toString();
    }

    /** Collects measures; what is told twice is refused, so that nobody overwrites what another one measured. */
    public static final class Builder {
        private final Map<String, Object> entries = new LinkedHashMap<>();
        private final Map<MeasureGroup, Map<String, Number>> groups = new EnumMap<>(MeasureGroup.class);

        private Builder() {}

        /** Adds the number of a metric. */
        public Builder add(Metric metric, Number value) {
            return add(metric.key(), value);
        }

        /** Adds the mean of a metric over replicas, with its standard error. */
        public Builder add(Metric metric, Number value, double standardError) {
            put(metric.key(), standardError, numbers(MeasureGroup.STANDARD_ERROR));
            return add(metric.key(), value);
        }

        /** Adds how much a metric varies when the same model is sampled again. */
        public Builder addSamplingError(Metric metric, double error) {
            put(metric.key(), error, numbers(MeasureGroup.SAMPLING_ERROR));
            return this;
        }

        /** Adds what the same model gives with each sampling seed, see {@link Samplings}. */
        public Builder addSamplings(Measures first, List<Measures> others) {
            Samplings.numbers(first, others).forEach((key, value) -> put(key, value, numbers(MeasureGroup.SAMPLINGS)));
            return this;
        }

        /** Adds what theory expects of a metric. */
        public Builder expect(Metric metric, double value) {
            put(metric.key(), value, numbers(MeasureGroup.EXPECTED));
            return this;
        }

        /** Adds what real samples of the same number give, and how far that varies from draw to draw. */
        public Builder expect(Metric metric, double value, double deviation) {
            put(metric.key(), deviation, numbers(MeasureGroup.EXPECTED_DEVIATION));
            return expect(metric, value);
        }

        /** Adds what a remedy tells of its work: finite numbers by names of its own. */
        public Builder tell(String remedy, Map<String, ? extends Number> told) {
            told.forEach((name, number) -> {
                if (!Double.isFinite(number.doubleValue())) {
                    throw new IllegalArgumentException(remedy + " tells that " + name + " is " + number);
                }
                add(REMEDIES + remedy + "." + name, number);
            });
            return this;
        }

        /** Adds a text that numbers rest on. */
        public Builder add(Basis basis, String text) {
            return add(basis.key(), text);
        }

        /** Adds a count that numbers rest on. */
        public Builder add(Basis basis, long count) {
            return add(basis.key(), (Object) (count == (int) count ? (Number) (int) count : (Number) count));
        }

        /** Adds all of others behind these; errors and expectations go to those that are here. */
        public Builder addAll(Measures others) {
            others.groups.forEach((group, told) -> told.forEach((key, value) -> put(key, value, numbers(group))));
            others.entries.forEach((key, value) -> {
                if (value instanceof MeasureGroup) {
                    entries.put(key, value);
                } else {
                    add(key, value);
                }
            });
            return this;
        }

        /** Takes a key as it stands, whatever it is called; the later one of two that are called alike. */
        private void read(String key, JsonNode value) {
            if (!value.isObject()) {
                entries.put(key, value.isString() ? value.asString() : value.numberValue());
                return;
            }
            for (MeasureGroup group : MeasureGroup.values()) {
                if (group.key().equals(key)) {
                    collect("", value, numbers(group));
                    entries.put(key, group);
                    return;
                }
            }
            value.properties().forEach(inner -> read(key + "." + inner.getKey(), inner.getValue()));
        }

        private static void collect(String prefix, JsonNode group, Map<String, Number> numbers) {
            for (Map.Entry<String, JsonNode> property : group.properties()) {
                String key = prefix + property.getKey();
                if (property.getValue().isObject()) {
                    collect(key + ".", property.getValue(), numbers);
                } else {
                    numbers.put(key, property.getValue().numberValue());
                }
            }
        }

        private Map<String, Number> numbers(MeasureGroup group) {
            return groups.computeIfAbsent(group, each -> new LinkedHashMap<>());
        }

        private Builder add(String key, Object value) {
            put(key, value, entries);
            return this;
        }

        private static <T> void put(String key, T value, Map<String, T> into) {
            if (into.putIfAbsent(key, value) != null) {
                throw new IllegalArgumentException(key + " is told twice");
            }
        }

        /** All that was added so far. */
        public Measures build() {
            Map<MeasureGroup, Map<String, Number>> told = new EnumMap<>(MeasureGroup.class);
            groups.forEach((group, numbers) -> {
                if (!numbers.isEmpty()) {
                    entries.put(group.key(), group);
                    told.put(group, new LinkedHashMap<>(numbers));
                }
            });
            return new Measures(new LinkedHashMap<>(entries), told);
        }
    }
}
