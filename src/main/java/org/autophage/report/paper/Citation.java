package org.autophage.report.paper;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.Printable;
import org.autophage.measure.Basis;
import org.autophage.measure.Composition;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.report.format.Prose;
import org.autophage.report.records.FlatTree;
import org.autophage.report.records.IntervalBasis;
import org.autophage.report.records.RunReading;
import org.autophage.report.records.Trajectories;
import org.autophage.run.GenerationRecord;
import tools.jackson.databind.JsonNode;

/**
 * What a paper says of how a run was made: a paragraph of methods from its spec, its provenance and its records, with
 * keys of references in brackets, and their BibTeX entries. What the run does not say, neither does the paragraph.
 */
public final class Citation {
    private static final String KIND = "kind";
    private static final String SELF = "autophage";

    private final RunReading run;
    private final References references;

    private Citation(RunReading run) {
        this.run = run;
        this.references = References.of(run);
    }

    /**
     * Paragraph and entries as text, a blank line between them.
     *
     * @throws AutophageException with USAGE where the run has no spec
     */
    public static String of(RunReading run) {
        if (run.specText() == null) {
            throw AutophageException.usage(
                    run.folder().experiment() + " is missing: nothing is known of how this run was made");
        }
        Citation citation = new Citation(run);
        List<String> parts = new ArrayList<>();
        parts.add(Printable.of(String.join(" ", citation.sentences())));
        parts.add(citation.self());
        parts.addAll(citation.references.entries());
        return String.join("\n\n", parts) + "\n";
    }

    private List<String> sentences() {
        List<String> sentences = new ArrayList<>();
        sentences.add(loop());
        sentences.add(section("dataset", "The data are "));
        sentences.add(section("model", "The model is of kind "));
        JsonNode sampling = run.spec().path("sampling");
        if (sampling.has("bias")) {
            sentences.add("Samples are drawn with a sampling bias of λ = "
                    + sampling.path("bias").asString("")
                    + settings(sampling, "sampling", Set.of("bias"))
                    + ".");
        }
        remedies(sentences);
        trainingSets(sentences);
        metrics(sentences);
        provenance(sentences);
        sentences.removeIf(String::isEmpty);
        return sentences;
    }

    private String loop() {
        JsonNode loop = run.spec().path("loop");
        String kind = loop.path(KIND).asString("");
        List<Long> seeds =
                run.spec().path("seeds").valueStream().map(JsonNode::asLong).toList();
        return "A loop of kind " + kind + references.of("loop.kind", loop.path(KIND))
                + settings(loop, "loop", Set.of(KIND)) + " is run by Autophage"
                + versions("autophage").map(version -> " " + version).orElse("") + " [" + SELF + "]"
                + (seeds.isEmpty() ? "" : " with " + (seeds.size() == 1 ? "seed " : "seeds ") + Prose.ranges(seeds))
                + ".";
    }

    /** A section of the spec: its kind, and its other keys in brackets. */
    private String section(String name, String before) {
        JsonNode section = run.spec().path(name);
        String kind = section.path(KIND).asString("");
        return kind.isEmpty()
                ? ""
                : before + kind + references.of(name + "." + KIND, section.path(KIND))
                        + settings(section, name, Set.of(KIND)) + ".";
    }

    /** " (steps 10, sampler heun [lu2022dpm])"; empty without keys. */
    private String settings(JsonNode section, String name, Set<String> without) {
        List<String> parts = new ArrayList<>();
        FlatTree.of(section).forEach((key, value) -> {
            if (!without.contains(key)) {
                JsonNode node = section.at("/" + key.replace('.', '/'));
                parts.add(key + " " + value + references.of(name + "." + key, node));
            }
        });
        return parts.isEmpty() ? "" : " (" + String.join(", ", parts) + ")";
    }

    private void remedies(List<String> sentences) {
        List<String> each = new ArrayList<>();
        for (JsonNode remedy : run.spec().path("remedies")) {
            String kind = remedy.path(KIND).asString("");
            each.add(kind + references.ofRemedy(kind) + settings(remedy, "remedies", Set.of(KIND)));
        }
        if (!each.isEmpty()) {
            sentences.add((each.size() == 1 ? "The remedy is " : "The remedies are ") + String.join("; ", each) + ".");
        }
    }

    /** What the first and the last generation were really trained on. */
    private void trainingSets(List<String> sentences) {
        List<String> clauses = new ArrayList<>();
        for (int generation : run.firstAndLastGeneration()) {
            run.records().stream()
                    .filter(record -> record.generation() == generation)
                    .findFirst()
                    .map(GenerationRecord::trainingSet)
                    .map(Citation::counts)
                    .filter(text -> !text.isEmpty())
                    .ifPresent(text -> clauses.add("generation " + generation + " learns from " + text));
        }
        if (!clauses.isEmpty()) {
            sentences.add(Prose.sentence(String.join(", ", clauses)) + ".");
        }
    }

    private static String counts(Composition set) {
        List<String> counts = new ArrayList<>();
        count(set.fixedReal(), "real", counts);
        count(set.freshReal(), "fresh real", counts);
        count(set.synthetic(), "synthetic", counts);
        return counts.isEmpty() ? "" : String.join(" and ", counts) + " samples";
    }

    private static void count(int number, String what, List<String> counts) {
        if (number > 0) {
            counts.add(Prose.count(number) + " " + what);
        }
    }

    private void metrics(List<String> sentences) {
        Trajectories loop = Trajectories.of(run);
        List<Metric> measured = loop.metrics().stream()
                .filter(metric -> !metric.isCost() && !Metrics.isAccuracy(metric))
                .toList();
        if (measured.isEmpty()) {
            return;
        }
        Set<String> features = new TreeSet<>();
        Set<String> samples = new TreeSet<>();
        run.records().forEach(record -> {
            features.add(record.features());
            record.samples().ifPresent(count -> samples.add(Prose.count(count)));
        });
        boolean points = features.remove(Basis.POINTS);
        features.remove(Basis.TOKENS);
        features.remove("");
        String of = samples.isEmpty() ? "" : "of " + String.join(" or ", samples) + " samples ";
        String on = features.isEmpty()
                ? ""
                : " on features " + String.join(", ", features)
                        + (points
                                ? ""
                                : settings(run.spec().path("metrics"), "metrics", Set.of("features", "samples")));
        sentences.add("Measured " + of + "are "
                + measured.stream()
                        .map(metric -> metric.inSentence() + references.ofMetric(Metrics.onFirstFeatures(metric.key())))
                        .collect(Collectors.joining(", "))
                + on + ".");
        IntervalBasis intervals = IntervalBasis.of(List.of(loop));
        if (intervals.isThere()) {
            sentences.add("Intervals are " + intervals.inWords().replace("interval ", "intervals ") + ".");
        }
    }

    private void provenance(List<String> sentences) {
        List<String> parts = new ArrayList<>();
        Map<String, String> machine = FlatTree.of(newest().path("machine"));
        join("device").ifPresent(device -> parts.add("on " + device));
        if (machine.containsKey("cpu")) {
            parts.add("CPU " + machine.get("cpu"));
        }
        if (machine.containsKey("java")) {
            parts.add("Java " + machine.get("java"));
        }
        FlatTree.of(newest().path("versions")).forEach((name, version) -> {
            if (!name.equals(SELF)) {
                parts.add(name + " " + version);
            }
        });
        if (!parts.isEmpty()) {
            sentences.add("It ran " + String.join(", ", parts) + ".");
        }
        Map<String, String> hashes = FlatTree.of(newest().path("hashes"));
        if (!hashes.isEmpty()) {
            sentences.add("Hashes: "
                    + hashes.entrySet().stream()
                            .map(each -> each.getKey() + " " + each.getValue())
                            .collect(Collectors.joining(", "))
                    + ".");
        }
    }

    private JsonNode newest() {
        JsonNode sessions = run.provenance().path("sessions");
        return sessions.path(sessions.size() - 1);
    }

    /** What sessions say of something; several values where they differ. */
    private Optional<String> join(String... path) {
        Set<String> values = new LinkedHashSet<>();
        for (JsonNode session : run.provenance().path("sessions")) {
            values.add(session.at("/" + String.join("/", path)).asString(""));
        }
        values.remove("");
        return values.isEmpty() ? Optional.empty() : Optional.of(String.join(" and ", values));
    }

    private Optional<String> versions(String name) {
        return join("versions", name);
    }

    /** The program's own entry, in the version and the year that the run was made with and in. */
    private String self() {
        List<String> lines = new ArrayList<>();
        lines.add("@misc{" + SELF + ",");
        lines.add("  title = {{Autophage}: Experiments on Self-Consuming Generative Models},");
        lines.add("  howpublished = {Computer program, Apache License 2.0},");
        versions(SELF).ifPresent(version -> lines.add("  note = {Version " + version + "},"));
        String started = newest().path("started").asString("");
        if (started.length() >= 4) {
            lines.add("  year = {" + started.substring(0, 4) + "},");
        }
        return String.join("\n", lines) + "\n}";
    }
}
