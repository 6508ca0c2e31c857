package org.autophage.sink;

import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.autophage.base.AtomicFiles;
import org.autophage.base.ExitCode;
import org.autophage.base.Progress;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;

/**
 * The newest record of every seed in Prometheus' text format, for a node exporter that collects the {@code .prom} files of a folder:
 *
 * <pre>
 * FOLDER/autophage-RUN-seed-0.prom
 *
 * autophage_generation{run="mnist",seed="0"} 3
 * autophage{run="mnist",seed="0",name="metrics/recall"} 0.61
 * </pre>
 *
 * The file is replaced whole, so that no half of it is ever collected; it stays when the run has ended.
 */
final class PrometheusSink implements Sink {
    private final Path folder;
    private final String run;

    PrometheusSink(Path folder, RunFolder run) {
        this.folder = folder;
        this.run = String.valueOf(run.root().getFileName());
    }

    static final class Opening implements Opener<String> {
        @Override
        public Sink open(String folder, RunFolder run, Progress progress) {
            return new PrometheusSink(Path.of(folder), run);
        }
    }

    @Override
    public void catchUp(SeedFolder seed) {
        List<GenerationRecord> records = seed.records();
        if (records.isEmpty()) {
            return;
        }
        GenerationRecord newest = records.get(records.size() - 1);
        String labels = "run=\"%s\",seed=\"%d\"".formatted(run, newest.seed()); // a run's name holds neither " nor \
        StringBuilder text = new StringBuilder()
                .append("# HELP autophage_generation Newest finished generation.\n# TYPE autophage_generation gauge\n")
                .append("autophage_generation{%s} %d%n".formatted(labels, newest.generation()))
                .append("# HELP autophage Numbers of its record.\n# TYPE autophage gauge\n");
        for (Map.Entry<String, Double> scalar : Scalars.of(newest).entrySet()) {
            text.append(String.format(
                    Locale.ROOT, "autophage{%s,name=\"%s\"} %s%n", labels, scalar.getKey(), scalar.getValue()));
        }
        AtomicFiles.makeFolder(folder);
        AtomicFiles.writeText(
                folder.resolve("autophage-%s-seed-%d.prom".formatted(run, newest.seed())), text.toString());
    }

    @Override
    public void end(ExitCode outcome) {
        // every file is whole after catchUp
    }
}
