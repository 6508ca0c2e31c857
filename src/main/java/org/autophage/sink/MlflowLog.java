package org.autophage.sink;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.ExitCode;
import org.autophage.base.PlainFiles;
import org.autophage.base.Printable;
import org.autophage.run.GenerationFolder;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.autophage.run.TrainingCurve;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/**
 * A run's seeds as runs of an MLflow server: one experiment a name, one run a seed, settings as parameters, records as
 * metrics by generation, training curves by steps since generation 1. Every call may take as long as the client lets it.
 */
final class MlflowLog {
    private static final YAMLMapper YAML = new YAMLMapper();

    /** What every version of MLflow takes. */
    private static final int LONGEST_PARAMETER = 500;

    private final String server;
    private final MlflowClient client;
    private final RunFolder run;
    private final Map<SeedFolder, MlflowRun> runs = new HashMap<>();

    MlflowLog(String server, MlflowClient client, RunFolder run) {
        this.server = server;
        this.client = client;
        this.run = run;
    }

    /** Logs the generations of a seed that the server does not have, each of them whole or not at all. */
    void catchUp(SeedFolder seed) throws IOException {
        List<GenerationRecord> records = seed.records();
        MlflowRun logged = begun(seed, records);
        try {
            for (GenerationRecord record : records.subList(logged.generation(), records.size())) {
                logged = logged(seed, record, logged);
                logged.write(seed);
                runs.put(seed, logged);
            }
        } catch (MlflowClient.Refused e) {
            if (e.isUnknown()) { // the server was set up anew: the next attempt makes a new run
                runs.remove(seed);
                new MlflowRun("", "", 0, 0).write(seed);
            }
            throw e;
        }
    }

    /** How many generations of a seed the server lacks. */
    int missing(SeedFolder seed) {
        return seed.nextGeneration()
                - 1
                - MlflowRun.read(seed, server).map(MlflowRun::generation).orElse(0);
    }

    /** Says how the session ended, of all seeds that it logged. */
    void end(ExitCode outcome) throws IOException {
        String status =
                switch (outcome) {
                    case DONE -> "FINISHED";
                    case INTERRUPTED -> "KILLED";
                    default -> "FAILED";
                };
        for (MlflowRun logged : runs.values()) {
            client.ended(logged.runId(), status, System.currentTimeMillis());
        }
    }

    /** The seed's run at the server, made or taken up again with the first call of this process. */
    private MlflowRun begun(SeedFolder seed, List<GenerationRecord> records) throws IOException {
        MlflowRun known = runs.get(seed);
        if (known != null) {
            return known;
        }
        Optional<MlflowRun> earlier =
                MlflowRun.read(seed, server).filter(found -> found.generation() <= records.size());
        MlflowRun begun = earlier.isPresent() ? earlier.get() : create(seed, records);
        if (earlier.isPresent()) {
            try {
                client.runs(begun.runId());
            } catch (MlflowClient.Refused e) {
                if (!e.isUnknown()) {
                    throw e;
                }
                begun = create(seed, records);
            }
        }
        begun.write(seed);
        runs.put(seed, begun);
        return begun;
    }

    private MlflowRun create(SeedFolder seed, List<GenerationRecord> records) throws IOException {
        JsonNode spec = YAML.readTree(PlainFiles.text(run.experiment()).orElse(""));
        String experiment = client.experiment(experimentName(spec));
        long start = records.isEmpty()
                ? System.currentTimeMillis()
                : seed.generation(1).finishedMillis()
                        - (long) (1e3 * records.get(0).seconds());
        String id = client.createRun(
                experiment,
                Printable.of(run.name()) + "/seed-" + seed.seed(),
                start,
                List.of(new MlflowClient.Text("mlflow.source.name", "autophage")));
        List<MlflowClient.Text> parameters = new ArrayList<>();
        collect("", spec, parameters);
        parameters.removeIf(parameter -> parameter.key().startsWith("seeds"));
        parameters.add(new MlflowClient.Text("seed", String.valueOf(seed.seed())));
        client.log(id, List.of(), parameters);
        return new MlflowRun(server, id, 0, 0);
    }

    /** The name without its overrides, so that the arms of a comparison stand in one table. */
    private static String experimentName(JsonNode spec) {
        return Printable.of(spec.path("name").asString("autophage").split(",", 2)[0]);
    }

    private MlflowRun logged(SeedFolder seed, GenerationRecord record, MlflowRun before) throws IOException {
        GenerationFolder files = seed.generation(record.generation());
        // Fixed by the folder, so that what is logged again after a lost answer is the same point, not a second one.
        long finished = files.finishedMillis();
        List<MlflowClient.Metric> metrics = new ArrayList<>();
        long steps = before.steps();
        Optional<TrainingCurve> curve = TrainingCurve.read(files.training());
        if (curve.isPresent()) {
            for (double[] row : curve.get().rows()) {
                long step = before.steps() + curve.get().step(row);
                for (String figure : curve.get().figures()) {
                    double value = curve.get().value(row, figure);
                    metrics.add(new MlflowClient.Metric(Scalars.name("training/" + figure), value, finished, step));
                }
            }
            steps += curve.get().lastStep();
        }
        Scalars.of(record)
                .forEach((key, value) ->
                        metrics.add(new MlflowClient.Metric(key, value, finished, record.generation())));
        client.log(before.runId(), metrics, List.of());
        return before.after(record.generation(), steps);
    }

    private static void collect(String prefix, JsonNode node, List<MlflowClient.Text> parameters) {
        if (node.isObject()) {
            node.properties()
                    .forEach(entry -> collect(
                            prefix.isEmpty() ? entry.getKey() : prefix + "." + entry.getKey(),
                            entry.getValue(),
                            parameters));
        } else {
            String text = Printable.of(node.isString() ? node.asString() : node.toString());
            parameters.add(new MlflowClient.Text(
                    Scalars.name(prefix), text.substring(0, Math.min(text.length(), LONGEST_PARAMETER))));
        }
    }
}
