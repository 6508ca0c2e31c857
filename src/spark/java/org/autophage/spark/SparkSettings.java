package org.autophage.spark;

import java.io.File;
import java.io.IOException;
import java.io.Reader;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.TreeMap;
import org.apache.spark.SparkConf;
import org.apache.spark.internal.config.ConfigEntry;
import org.apache.spark.internal.config.package$;
import org.autophage.base.AutophageException;
import org.autophage.base.CodeLocation;
import org.autophage.base.DiskErrors;
import org.autophage.sweep.CellCluster.Gpus;
import org.autophage.sweep.CellCluster.Wish;
import scala.util.Properties$;

/**
 * What Spark is told: its defaults, then spark-defaults.conf, then what the command line says.
 *
 * @param conf complete
 * @param gpus whether tasks ask for a GPU
 * @param perGpu how many tasks share one
 */
record SparkSettings(SparkConf conf, boolean gpus, int perGpu) {
    private static final String PREFIX = "spark.";
    private static final String MASTER = "spark.master";
    private static final String STANDALONE = "spark://";
    private static final String LOCAL_CLUSTER = "local-cluster[";
    private static final String GPU_AMOUNT = "spark.executor.resource.gpu.amount";
    private static final String CLASS_PATH = "spark.executor.extraClassPath";

    /** How long there may be no executor. */
    static final String PATIENCE = "scheduler.maxRegisteredResourcesWaitingTime";

    private static final String USUAL_PATIENCE = "300s";

    /** Settings that Spark itself does not check, because a part of it that may not be there reads them. */
    private static final List<String> UNCHECKED = List.of(
            "spark.master",
            "spark.app.",
            "spark.home",
            "spark.hadoop.",
            "spark.kubernetes.",
            "spark.yarn.",
            "spark.executorEnv.",
            "spark.executor.resource.",
            "spark.driver.resource.",
            "spark.task.resource.",
            "spark.worker.",
            "spark.ui.",
            "spark.eventLog.",
            "spark.metrics.",
            "spark.ssl.",
            "spark.rpc.",
            "spark.port.",
            "spark.authenticate",
            "spark.network.",
            "spark.shuffle.",
            "spark.log4j.");

    static SparkSettings of(Wish wish) {
        SparkConf conf = new SparkConf(true);
        defaults().forEach(conf::setIfMissing);
        wish.settings().forEach((name, value) -> conf.set(checked(name), value));
        if (!conf.contains(MASTER)) {
            throw AutophageException.usage(
                    "--on spark: no master: add --spark master=spark://HOST:7077 (or yarn, k8s://…, local[4]), or spark.master to spark-defaults.conf");
        }
        conf.setIfMissing("spark.app.name", "autophage");
        conf.setIfMissing("spark.ui.enabled", "false");
        conf.setIfMissing("spark.ui.showConsoleProgress", "false");
        Optional.ofNullable(System.getenv("SPARK_HOME")).ifPresent(home -> conf.setIfMissing("spark.home", home));
        if (conf.get(MASTER)
                .startsWith(LOCAL_CLUSTER)) { // whose executors are started without Spark's scripts, which say it
            conf.setIfMissing("spark.executorEnv.SPARK_SCALA_VERSION", Properties$.MODULE$.versionNumberString());
        }
        String own = CodeLocation.of(SparkSettings.class) + File.pathSeparator + wish.classPath();
        conf.set(CLASS_PATH, conf.contains(CLASS_PATH) ? own + File.pathSeparator + conf.get(CLASS_PATH) : own);
        boolean gpus = wish.gpus() == Gpus.ALWAYS || wish.gpus() == Gpus.WHERE_SET && conf.contains(GPU_AMOUNT);
        if (gpus) {
            refuseWithoutExecutors(conf.get(MASTER));
            conf.setIfMissing(GPU_AMOUNT, "1");
        }
        return new SparkSettings(conf, gpus, wish.perGpu());
    }

    private static void refuseWithoutExecutors(String master) {
        if (master.startsWith("local") && !master.startsWith(LOCAL_CLUSTER)) {
            throw AutophageException.usage(
                    "--on spark: master is %s, which gives tasks no GPU: leave --on out for the GPUs of this machine, or set device=cpu"
                            .formatted(master));
        }
    }

    /** A setting's whole name; it may be written without spark. in front. */
    private static String checked(String written) {
        String name = written.startsWith(PREFIX) ? written : PREFIX + written;
        package$.MODULE$.EXECUTOR_MEMORY(); // reading any of them registers all
        if (ConfigEntry.findEntry(name) == null && UNCHECKED.stream().noneMatch(name::startsWith)) {
            throw AutophageException.usage(
                    "--spark %s: Spark has no setting of this name; they are those of its page Configuration, with or without spark. in front"
                            .formatted(written));
        }
        return name;
    }

    /** What spark-defaults.conf says, as spark-submit would read it. */
    private static Map<String, String> defaults() {
        Path folder = Optional.ofNullable(System.getenv("SPARK_CONF_DIR"))
                .map(Path::of)
                .or(() -> Optional.ofNullable(System.getenv("SPARK_HOME")).map(home -> Path.of(home, "conf")))
                .orElse(Path.of(""));
        Path file = folder.resolve("spark-defaults.conf");
        Properties properties = new Properties();
        if (Files.isRegularFile(file)) {
            try (Reader reader = Files.newBufferedReader(file)) {
                properties.load(reader);
            } catch (IOException | IllegalArgumentException e) {
                throw DiskErrors.cannotRead(file, new IOException(e.getMessage(), e));
            }
        }
        Map<String, String> settings = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            if (name.startsWith(PREFIX)) {
                settings.put(name, properties.getProperty(name).strip());
            }
        }
        return settings;
    }

    String master() {
        return conf.get(MASTER);
    }

    /** Spark's own masters, where it is one; others are asked by Spark alone. */
    List<InetSocketAddress> masters() {
        if (!master().startsWith(STANDALONE)) {
            return List.of();
        }
        return Arrays.stream(master().substring(STANDALONE.length()).split(","))
                .map(SparkSettings::address)
                .toList();
    }

    private static InetSocketAddress address(String hostAndPort) {
        int colon = hostAndPort.lastIndexOf(':');
        try {
            return new InetSocketAddress(
                    hostAndPort.substring(0, Math.max(0, colon)), Integer.parseInt(hostAndPort.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            throw AutophageException.usage("--spark master: %s%s must be HOST:PORT, such as spark://head:7077"
                    .formatted(STANDALONE, hostAndPort));
        }
    }

    Duration patience() {
        return Duration.ofSeconds(conf.getTimeAsSeconds(PREFIX + PATIENCE, USUAL_PATIENCE));
    }

    /** What an executor has to have for a task. */
    String wanted() {
        String threads = cores() == 1 ? "a core" : cores() + " cores";
        return gpus ? threads + " and a GPU" : threads;
    }

    /** Cores of a task, which its cell computes with. */
    int cores() {
        return conf.getInt("spark.task.cpus", 1);
    }
}
