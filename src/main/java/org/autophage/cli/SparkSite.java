package org.autophage.cli;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.CodeLocation;
import org.autophage.run.SweepFolder;
import org.autophage.sweep.CellCluster;
import org.autophage.sweep.CellCluster.Gpus;
import org.autophage.sweep.CellCluster.Session;
import org.autophage.sweep.CellCluster.Wish;
import org.autophage.sweep.CellProgram;
import org.autophage.sweep.CellWorker;
import org.autophage.sweep.SweepRunner.Result;
import org.autophage.sweep.SweepSpec;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** {@code --on spark}: a task a cell, as many at a time as the cluster has room for. */
final class SparkSite implements SweepSite {
    private static final String NAME = "spark";

    /** Between settings, but not inside a value such as local-cluster[2,1,1024]. */
    private static final Pattern BETWEEN = Pattern.compile(",(?=[A-Za-z][\\w.-]*=)");

    private static final String NOT_THERE =
            "--on spark: Spark's part is not there: build it once with `mvn -Pspark -DskipTests package`, which puts it into"
                    + " target/spark, and start ./autophage again";

    @Option(
            names = "--spark",
            paramLabel = "NAME=VALUE",
            description =
                    "With --on spark: Spark's settings, such as master=spark://HOST:7077,task.cpus=4; may be given"
                            + " several times. What it does not say comes from spark-defaults.conf below SPARK_HOME.")
    private @Nullable List<String> settings;

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public boolean sharesGpus() {
        return true;
    }

    @Override
    public Optional<List<Result>> run(SweepWork work) {
        int perGpu = work.perGpu() == null ? 1 : work.perGpu();
        Gpus gpus = gpus(work.sweep(), work.perGpu() != null);
        int most = work.jobs() == null ? Integer.MAX_VALUE : work.jobs();
        try (Session session = open(new Wish(parse(), gpus, perGpu, classPath(), work.progress()))) {
            CellWorker worker = (index, cell, place, stop) -> {
                SweepFolder folder = new SweepFolder(work.folder().root().toAbsolutePath());
                CellProgram program = new CellProgram(
                        CellProcess.launcher(),
                        CellProcess.arguments(folder, index, work.trust()),
                        environment(),
                        Path.of("").toAbsolutePath().toString(),
                        folder.log(cell.name()).toString());
                return session.run(folder.cell(cell.name()).root().toString(), program, stop);
            };
            return Optional.of(work.shareOut(worker, () -> Math.min(most, session.slots())));
        }
    }

    private static Session open(Wish wish) {
        try {
            return ServiceLoader.load(CellCluster.class).stream()
                    .map(ServiceLoader.Provider::get)
                    .filter(each -> each.name().equals(NAME))
                    .findFirst()
                    .orElseThrow(() -> AutophageException.usage(NOT_THERE))
                    .open(wish);
        } catch (LinkageError | ServiceConfigurationError e) {
            throw AutophageException.usage(
                    "--on spark: target/spark and the libraries of SPARK_HOME (%s) do not go together (%s): they must be of Spark 4, and target/spark made by `mvn -Pspark -DskipTests package` of this version"
                            .formatted(System.getenv("SPARK_HOME"), e.getMessage()));
        }
    }

    /** Of cells whose specs leave it open; a GPU by its number means nothing on machines that nobody has chosen yet. */
    private static Gpus gpus(SweepSpec sweep, boolean shared) {
        List<String> devices = sweep.cells().stream()
                .map(cell -> cell.spec().device())
                .distinct()
                .toList();
        if (devices.size() > 1 || !devices.get(0).matches("auto|cpu|gpu")) {
            throw AutophageException.usage(
                    "--on spark: device is %s: must be auto, cpu or gpu for all cells, since Spark gives each its GPU"
                            .formatted(String.join(" or ", devices)));
        }
        return switch (devices.get(0)) {
            case "gpu" -> Gpus.ALWAYS;
            case "auto" -> shared ? Gpus.ALWAYS : Gpus.WHERE_SET;
            default -> {
                if (shared) {
                    throw AutophageException.usage("--per-gpu: the cells' device is cpu; it must be auto or gpu");
                }
                yield Gpus.NONE;
            }
        };
    }

    /** What people set for this program, which the machines do not know. */
    private static Map<String, String> environment() {
        return System.getenv().entrySet().stream()
                .filter(each ->
                        each.getKey().startsWith("AUTOPHAGE_") || each.getKey().equals(CellProgram.THREADS))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    /** What machines need of this program in order to start a cell: nothing of its libraries. */
    private static String classPath() {
        return CodeLocation.of(SparkSite.class).toString();
    }

    private Map<String, String> parse() {
        Map<String, String> all = new LinkedHashMap<>();
        for (String several : settings == null ? List.<String>of() : settings) {
            for (String each : BETWEEN.split(several)) {
                int equals = each.indexOf('=');
                if (equals < 1) {
                    throw AutophageException.usage(
                            "--spark %s: must be NAME=VALUE, such as master=local[4]".formatted(each));
                }
                all.put(each.substring(0, equals), each.substring(equals + 1));
            }
        }
        return all;
    }
}
