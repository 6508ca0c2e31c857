package org.autophage.experiment;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.CacheFolder;
import org.autophage.base.DiskErrors;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.data.Dataset;
import org.autophage.loop.Keep;
import org.autophage.loop.LoopSpec;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RecordedSpec;
import org.autophage.run.RunFolder;
import org.autophage.run.Trainings;
import org.autophage.sink.SinksSpec;
import tools.jackson.databind.JsonNode;

/**
 * Generation 1 of several seeds of an experiment, kept in the cache by all that its figures depend on: data, model, how it is sampled
 * and measured. Runs of any loop over these take their training noise from there. It is a run folder like any other, of one
 * generation: killed, it goes on; asked for more seeds, it trains those it lacks.
 */
public final class NoiseCalibration {
    private static final int LETTERS_OF_HASH = 16;
    private static final String NAME = "calibration";

    /** So many records of a sweep's cells are known, cells of one seed counted each: a sweep may have thousands. */
    private static final int ENOUGH = 50;

    private NoiseCalibration() {}

    /** Where the calibration of an experiment lies, whether there is one or not. */
    public static RunFolder folder(ExperimentSpec spec, Dataset dataset) {
        String hash = Sha256.of(dataset.hash() + key(RecordedSpec.parse(spec.toYaml())))
                .substring(0, LETTERS_OF_HASH);
        return new RunFolder(CacheFolder.standard().resolve("calibrations").resolve(hash));
    }

    /** What the figures of generation 1 depend on in a spec that has every default written out, but for the seed. */
    private static String key(JsonNode spec) {
        Map<String, String> all = new TreeMap<>();
        for (String key : List.of("dataset", "model", "sampling", "remedies", "metrics")) {
            all.put(key, spec.path(key).toString());
        }
        all.put("initial", spec.path("loop").path("initial").toString());
        return all.toString();
    }

    /**
     * What is run for it: generation 1 of as many seeds, none of them the experiment's own.
     *
     * @param seeds how many
     */
    public static ExperimentSpec spec(ExperimentSpec experiment, int seeds) {
        int initial = experiment.loop().initial();
        long from = Collections.max(experiment.seeds()) + 1;
        return experiment
                .with("name", NAME)
                .with("seeds", LongStream.range(from, from + seeds).boxed().toList())
                .with("keep", Keep.NONE)
                .with("loop", LoopSpec.fullySynthetic(1, initial, initial))
                .with("stop.when", "never")
                .with("sinks", SinksSpec.DEFAULTS);
    }

    /**
     * Gives a run that has none what is known of its experiment: by a calibration, and by the cells of its sweep that have come to
     * generation 1 so far. What cannot be read is said, and left out. Replicas are their own yardstick: nothing is looked for beside
     * them, in sweeps of a thousand small cells least of all.
     *
     * @param sweep the folder of the sweep that the run is a cell of
     */
    static void adopt(ExperimentInputs inputs, RunFolder run, Optional<Path> sweep, Progress progress) {
        boolean hasReplicas = inputs.shape()
                .ofPoints()
                .filter(points -> points.replicas() > 1)
                .isPresent();
        if (hasReplicas || Files.exists(run.trainings())) {
            return;
        }
        try {
            Trainings known = Trainings.of(folder(inputs.spec(), inputs.dataset()));
            if (sweep.isPresent()) {
                known = known.with(ofCells(
                        sweep.get(), run, key(RecordedSpec.parse(inputs.spec().toYaml()))));
            }
            if (!known.records().isEmpty()) {
                known.write(run.trainings());
                progress.message("training noise is known from %d trainings, see %s"
                        .formatted(known.records().size(), run.trainings()));
            }
        } catch (AutophageException e) {
            progress.message("what is known of training noise is left out: " + e.getMessage());
        }
    }

    /** Generation 1 of a sweep's other cells that differ from a run in nothing that it depends on but the seed. */
    private static List<GenerationRecord> ofCells(Path sweep, RunFolder run, String key) {
        List<GenerationRecord> records = new ArrayList<>();
        for (Path path : folders(sweep)) {
            RunFolder cell = new RunFolder(path);
            if (records.size() < ENOUGH && !cell.name().equals(run.name()) && cell.exists()) {
                try {
                    if (key(RecordedSpec.read(cell)).equals(key)) {
                        records.addAll(Trainings.of(cell).records());
                    }
                } catch (AutophageException e) {
                    continue; // which another process writes to just now, or its own will refuse
                }
            }
        }
        return records;
    }

    private static List<Path> folders(Path sweep) {
        try (Stream<Path> all = Files.list(sweep)) {
            return all.filter(Files::isDirectory).sorted().toList();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(sweep, e);
        }
    }
}
