package org.autophage.report.records;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.JsonErrors;
import org.autophage.base.PlainFiles;
import org.autophage.base.Printable;
import org.autophage.collapse.Definition;
import org.autophage.collapse.StopNote;
import org.autophage.collapse.Thresholds;
import org.autophage.measure.Basis;
import org.autophage.run.GenerationFolder;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RecordLines;
import org.autophage.run.RunCheck;
import org.autophage.run.RunClasses;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * What a run folder holds, as far as its run has come. Files that are not there yet are empty here; files that are there
 * and cannot be understood are errors.
 *
 * @param folder that was read
 * @param seeds each seed's finished generations, in order; a seed that has begun and finished none has an empty list
 * @param specText {@code experiment.yaml} as it stands, or null
 * @param spec the same, parsed; a missing node where there is none
 * @param provenance {@code provenance.json}; a missing node where there is none
 * @param elsewhere folders of seeds that do not lie in this one
 */
public record RunReading(
        RunFolder folder,
        SortedMap<Long, List<GenerationRecord>> seeds,
        @Nullable String specText,
        JsonNode spec,
        JsonNode provenance,
        Map<Long, SeedFolder> elsewhere) {

    private static final JsonMapper JSON = new JsonMapper();
    private static final YAMLMapper YAML = new YAMLMapper();

    /** Reads a folder. */
    public static RunReading read(Path path) {
        if (!Files.isDirectory(path)) {
            throw AutophageException.usage(path + " is not a run folder: no such folder");
        }
        RunFolder run = new RunFolder(path);
        RunCheck.check(run);
        Path specFile = run.experiment();
        String specText = PlainFiles.isThere(specFile) ? text(specFile) : null;
        SortedMap<Long, List<GenerationRecord>> seeds = seeds(run);
        if (specText == null && seeds.isEmpty()) {
            throw AutophageException.usage("%s is not a run folder: it has neither %s nor a seed-0 with %s"
                    .formatted(
                            path,
                            specFile.getFileName(),
                            run.seed(0).generations().getFileName()));
        }
        return new RunReading(
                run,
                seeds,
                specText,
                specText == null ? MissingNode.getInstance() : parse(YAML, specFile, specText),
                provenance(run.provenance()),
                Map.of());
    }

    /** Runs of one setting that differ in their seeds, as one: what is not a seed's own is the first one's. */
    public static RunReading joined(List<RunReading> runs) {
        RunReading first = runs.get(0);
        SortedMap<Long, List<GenerationRecord>> seeds = new TreeMap<>();
        Map<Long, SeedFolder> folders = new HashMap<>();
        for (RunReading run : runs) {
            seeds.putAll(run.seeds());
            run.seeds().keySet().forEach(seed -> folders.put(seed, run.seedFolder(seed)));
        }
        return new RunReading(first.folder, seeds, first.specText, first.spec, first.provenance, folders);
    }

    /** The folder's name, which tells runs of one experiment with different overrides apart. */
    public String name() {
        return Printable.of(folder.name());
    }

    /** Where it was read. */
    public Path path() {
        return folder.root();
    }

    /** All finished generations, seed by seed. */
    public List<GenerationRecord> records() {
        return seeds.values().stream().flatMap(List::stream).toList();
    }

    /** Whether the samples are points rather than images. */
    public boolean isOfPoints() {
        return spec.path("dataset").path("kind").asString("").equals(Basis.POINTS)
                || records().stream().anyMatch(record -> record.features().equals(Basis.POINTS));
    }

    /** Whether its models are known to be fitted without steps of training, so that there are no curves of any. */
    public boolean isFitted() {
        JsonNode model = spec.path("model");
        return isOfPoints() || model.has("kind") && !model.has("steps");
    }

    /** Whether its samples are sequences of tokens, of which it has pages in place of pictures. */
    public boolean isOfTokens() {
        return seeds().entrySet().stream()
                .flatMap(seed ->
                        seed.getValue().stream().map(record -> generationFolder(seed.getKey(), record.generation())))
                .filter(folder -> PlainFiles.isThere(folder.shown()))
                .findFirst() // all show the same kind
                .filter(folder -> folder.shown().equals(folder.page()))
                .isPresent();
    }

    /** What the classes of its images are called, where the run says so. */
    public Optional<RunClasses> classes() {
        return RunClasses.read(folder.classes());
    }

    /** The folder of one generation. */
    public GenerationFolder generationFolder(long seed, int generation) {
        return seedFolder(seed).generation(generation);
    }

    /** The folder of a seed. */
    SeedFolder seedFolder(long seed) {
        return elsewhere.getOrDefault(seed, folder.seed(seed));
    }

    /** Why a seed's loop was ended before its last generation; empty where it was not. */
    public Optional<StopNote> stopOf(long seed) {
        return StopNote.read(seedFolder(seed).stopped());
    }

    /** From where on the run's spec calls its loop collapsed; the defaults where it does not say. */
    public Thresholds thresholds() {
        JsonNode given = spec.path("stop").path("thresholds");
        Thresholds thresholds = Thresholds.DEFAULTS;
        for (Definition definition : Definition.values()) {
            JsonNode value = given.path(definition.specName());
            thresholds = value.isNumber() ? thresholds.with(definition, value.asDouble()) : thresholds;
        }
        return thresholds;
    }

    /** The first generation, and the last that every seed with records has finished; empty before that. */
    public List<Integer> firstAndLastGeneration() {
        List<List<GenerationRecord>> begun =
                seeds.values().stream().filter(list -> !list.isEmpty()).toList();
        if (begun.isEmpty()) {
            return List.of();
        }
        int first =
                begun.stream().mapToInt(list -> list.get(0).generation()).max().orElseThrow();
        int last = begun.stream()
                .mapToInt(list -> list.get(list.size() - 1).generation())
                .min()
                .orElseThrow();
        return first < last ? List.of(first, last) : List.of(last);
    }

    private static SortedMap<Long, List<GenerationRecord>> seeds(RunFolder run) {
        SortedMap<Long, List<GenerationRecord>> seeds = new TreeMap<>();
        for (SeedFolder seed : run.seeds()) {
            seeds.put(
                    seed.seed(),
                    RecordLines.read(seed).stream()
                            .map(GenerationRecord::printable)
                            .toList());
        }
        return seeds;
    }

    private static JsonNode provenance(Path file) {
        return PlainFiles.isThere(file) ? parse(JSON, file, text(file)) : MissingNode.getInstance();
    }

    private static JsonNode parse(ObjectMapper mapper, Path file, String text) {
        try {
            return mapper.readTree(text);
        } catch (JacksonException e) {
            throw corrupt(file, e);
        }
    }

    /** The text of a UTF-8 file. */
    public static String text(Path file) {
        try {
            return PlainFiles.text(file).orElseThrow(() -> new NoSuchFileException(file.toString()));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    public static AutophageException corrupt(Path file, JacksonException e) {
        return AutophageException.usage(file + " is corrupt: " + JsonErrors.reason(e));
    }
}
