package org.autophage.run;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.autophage.base.AutophageException;
import org.autophage.base.JsonErrors;
import org.autophage.base.Sha256;
import org.autophage.run.Provenance.Session;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * The spec of a run as its processes wrote it, which provenance.json keeps beside experiment.yaml, so that a spec that was
 * edited, cut or lost is noticed. Comments and the layout of the file may change.
 */
public final class RecordedSpec {
    private static final int LETTERS_OF_HASH = 16;
    private static final YAMLMapper YAML = new YAMLMapper();

    private RecordedSpec() {}

    /** The tree of a spec's text. */
    public static JsonNode parse(String yaml) {
        return YAML.readTree(yaml);
    }

    /**
     * What identifies an experiment in its records: a hash of all keys but those that are {@linkplain Identity open}.
     *
     * @param spec complete
     */
    public static String hash(JsonNode spec) {
        Map<String, String> identity = new TreeMap<>();
        collect("", spec, identity);
        return Sha256.of(identity.toString()).substring(0, LETTERS_OF_HASH);
    }

    private static void collect(String key, JsonNode value, Map<String, String> identity) {
        if (Identity.isOpen(key)) {
            return;
        }
        if (value.isObject()) {
            value.properties()
                    .forEach(entry -> collect(
                            key.isEmpty() ? entry.getKey() : key + "." + entry.getKey(), entry.getValue(), identity));
        } else {
            identity.put(key, value.toString());
        }
    }

    /**
     * Refuses an experiment.yaml that no process wrote.
     *
     * @throws AutophageException with USAGE, naming the keys that differ; nothing is known of runs of versions before 0.2
     */
    public static void check(RunFolder run, Provenance provenance) {
        List<ObjectNode> written = provenance.specs();
        if (written.isEmpty()) {
            return;
        }
        JsonNode found = read(run);
        if (written.stream()
                .anyMatch(spec -> SpecDifference.all(spec, found, Set.of()).isEmpty())) {
            return;
        }
        List<SpecDifference> differences = SpecDifference.all(written.get(written.size() - 1), found, Set.of());
        throw AutophageException.usage(
                "%s is not what the run was begun with: %s; put these back (provenance.json has them too), and change %s with `autophage resume %s KEY=VALUE`"
                        .formatted(
                                run.experiment(),
                                SpecDifference.inSentence(differences, "%1$s is %3$s, was %2$s"),
                                Identity.OPEN_IN_WORDS,
                                run.root()));
    }

    /** The tree of a run's experiment.yaml. */
    public static JsonNode read(RunFolder run) {
        try {
            JsonNode spec = parse(RecordLines.text(run.experiment()));
            return spec.isObject() ? spec : YAML.createObjectNode();
        } catch (JacksonException e) {
            throw AutophageException.usage("%s is corrupt: %s; provenance.json has what stood there"
                    .formatted(run.experiment(), JsonErrors.reason(e)));
        }
    }

    /**
     * A session with the spec that its process works by.
     *
     * @param yaml what experiment.yaml is to hold
     */
    public static Session in(Session session, String yaml) {
        JsonNode spec = parse(yaml);
        return session.withHash("experiment", hash(spec)).withExperiment((ObjectNode) spec);
    }
}
