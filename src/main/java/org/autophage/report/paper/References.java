package org.autophage.report.paper;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.autophage.measure.Metrics;
import org.autophage.report.records.FlatTree;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** The papers behind what a run uses by name, from {@code references.yaml}, which says when each is cited. */
final class References {
    private static final String METRIC = "metric";
    private static final String REMEDY = "remedy";
    private static final List<Reference> ALL = all();

    private final List<Reference> cited;

    private References(List<Reference> cited) {
        this.cited = cited;
    }

    /**
     * A paper.
     *
     * @param key in BibTeX
     * @param when what a run has to hold
     * @param entry the BibTeX entry, without a final newline
     */
    private record Reference(String key, Map<String, List<String>> when, String entry) {
        boolean speaksOf(String condition, String value) {
            return when.getOrDefault(condition, List.of()).contains(value);
        }
    }

    /** Those of a run, in the order of the file. */
    static References of(RunReading run) {
        Map<String, String> spec = FlatTree.of(run.spec());
        Set<String> metrics = new TreeSet<>();
        Trajectories.of(run).metrics().forEach(metric -> metrics.add(Metrics.onFirstFeatures(metric.key())));
        Set<String> remedies = new TreeSet<>();
        run.spec()
                .path("remedies")
                .forEach(remedy -> remedies.add(remedy.path("kind").asString("")));
        return new References(ALL.stream()
                .filter(reference -> reference.when().entrySet().stream()
                        .allMatch(condition -> switch (condition.getKey()) {
                            case METRIC -> condition.getValue().stream().anyMatch(metrics::contains);
                            case REMEDY -> condition.getValue().stream().anyMatch(remedies::contains);
                            default -> condition.getValue().contains(spec.getOrDefault(condition.getKey(), ""));
                        }))
                .toList());
    }

    /** The keys of those that a value of the spec calls for, after a space and in brackets; empty for none. */
    String of(String specKey, JsonNode value) {
        return keys(specKey, value.asString(""));
    }

    String ofMetric(String key) {
        return keys(METRIC, key);
    }

    String ofRemedy(String kind) {
        return keys(REMEDY, kind);
    }

    private String keys(String condition, String value) {
        String keys = cited.stream()
                .filter(reference -> reference.speaksOf(condition, value))
                .map(Reference::key)
                .collect(Collectors.joining(", "));
        return keys.isEmpty() ? "" : " [" + keys + "]";
    }

    /** The entries. */
    List<String> entries() {
        return cited.stream().map(Reference::entry).toList();
    }

    private static List<Reference> all() {
        List<Reference> references = new ArrayList<>();
        try (InputStream stream = Objects.requireNonNull(References.class.getResourceAsStream("references.yaml"))) {
            for (JsonNode node : new YAMLMapper().readTree(stream.readAllBytes())) {
                Map<String, List<String>> when = node.path("when")
                        .propertyStream()
                        .collect(Collectors.toMap(Map.Entry::getKey, condition -> condition
                                .getValue()
                                .valueStream()
                                .map(value -> value.asString(""))
                                .toList()));
                String key = node.path("key").asString("");
                references.add(new Reference(key, when, entry(key, node)));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return List.copyOf(references);
    }

    private static String entry(String key, JsonNode node) {
        List<String> lines = new ArrayList<>();
        lines.add("@misc{" + key + ",");
        for (String field : List.of("author", "title", "year", "venue", "eprint")) {
            String value = node.path(field).asString("");
            if (!value.isEmpty()) {
                lines.add("  " + (field.equals("venue") ? "howpublished" : field) + " = {" + value + "},");
            }
        }
        if (node.has("eprint")) {
            lines.add("  archivePrefix = {arXiv},");
        }
        return String.join("\n", lines) + "\n}";
    }
}
