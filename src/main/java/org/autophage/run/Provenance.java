package org.autophage.run;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.ExitCode;
import org.autophage.base.JsonErrors;
import org.autophage.base.PlainFiles;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * provenance.json: under which circumstances a run's results came to be. One session for the start and one for each
 * resumption, oldest first, since a run may go on with another version, on another machine.
 *
 * @param sessions all sessions so far
 */
public record Provenance(List<Session> sessions) {
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(SerializationFeature.INDENT_OUTPUT)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    /**
     * One process that worked on the run.
     *
     * @param command the command line, as a person would type it
     * @param started when, in UTC
     * @param ended when, in UTC; null while the process works, and for ever if it was killed
     * @param outcome "done", "interrupted", "failed", …; null like {@code ended}
     * @param device what the models were trained on, such as "cpu" or "gpu:0 NVIDIA H100"
     * @param versions of this program and what it is built on, by name
     * @param machine the machine, see {@link Machine#describe}
     * @param hashes SHA-256 in hexadecimal of what went in, by name: "dataset", "features", "experiment"
     * @param experiment what the process wrote into experiment.yaml; null in sessions of versions before 0.2
     */
    public record Session(
            String command,
            String started,
            @Nullable String ended,
            @Nullable String outcome,
            String device,
            Map<String, String> versions,
            Map<String, String> machine,
            Map<String, String> hashes,
            @Nullable ObjectNode experiment) {
        /** Refuses nothing: files of other versions, and damaged ones, may lack any of it. */
        public Session {
            versions = versions == null ? Map.of() : versions;
            machine = machine == null ? Map.of() : machine;
            hashes = hashes == null ? Map.of() : hashes;
        }

        /** A session that begins now, on this machine. */
        public static Session begin(
                String command, String device, Map<String, String> versions, Map<String, String> hashes) {
            return new Session(command, now(), null, null, device, versions, Machine.describe(), hashes, null);
        }

        /** The session with one more hash, for what is known only after the work began. */
        public Session withHash(String name, String hash) {
            Map<String, String> more = new LinkedHashMap<>(hashes);
            more.put(name, hash);
            return new Session(command, started, ended, outcome, device, versions, machine, more, experiment);
        }

        /** The session, with the spec that it works by. */
        Session withExperiment(ObjectNode spec) {
            return new Session(command, started, ended, outcome, device, versions, machine, hashes, spec);
        }

        /** The session, over. */
        public Session end(ExitCode code) {
            String outcome = code.name().toLowerCase(Locale.ROOT);
            return new Session(command, started, now(), outcome, device, versions, machine, hashes, experiment);
        }

        private static String now() {
            return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
        }
    }

    public Provenance {
        sessions = List.copyOf(sessions);
    }

    /** Reads the file; a file that does not exist has no sessions. */
    public static Provenance read(Path file) {
        try {
            Optional<String> text = PlainFiles.text(file);
            if (text.isEmpty()) {
                return new Provenance(List.of());
            }
            JsonNode tree = JSON.readTree(text.get());
            if (!tree.path("sessions").valueStream().allMatch(JsonNode::isObject)
                    || !tree.path("sessions").isArray()) {
                throw AutophageException.usage(file + " is not the provenance of a run: it has no list of sessions");
            }
            return JSON.treeToValue(tree, Provenance.class);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        } catch (JacksonException e) {
            throw new AutophageException(
                    ExitCode.USAGE, file + " is not the provenance of a run: " + JsonErrors.reason(e), e);
        }
    }

    /** The specs that processes wrote into experiment.yaml, oldest first. */
    public List<ObjectNode> specs() {
        return sessions.stream()
                .map(Session::experiment)
                .filter(Objects::nonNull)
                .toList();
    }

    /** The newest hash of a name; empty where no session has one. */
    public Optional<String> hash(String name) {
        return sessions.stream()
                .map(session -> session.hashes().get(name))
                .filter(Objects::nonNull)
                .reduce((earlier, later) -> later);
    }

    /**
     * Refuses what is another than at the newest session that says what it was.
     *
     * @param name of a hash, such as dataset
     * @param now its hash
     * @param run the folder, for the message
     * @param consequence why that matters, a clause
     * @throws AutophageException (usage) naming both hashes
     */
    public void requireSame(String name, String now, Path run, String consequence) {
        hash(name).filter(before -> !before.equals(now)).ifPresent(before -> {
            throw AutophageException.usage("%s: the %s of this run had the hash %s, and now %s: %s"
                    .formatted(run, name, before, now, consequence));
        });
    }

    /** With a session added. */
    public Provenance plus(Session session) {
        List<Session> more = new ArrayList<>(sessions);
        more.add(session);
        return new Provenance(more);
    }

    /** Writes the file whole. */
    public void write(Path file) {
        AtomicFiles.writeText(file, JSON.writeValueAsString(this) + "\n");
    }
}
