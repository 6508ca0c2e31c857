import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.autophage.data.Npz;
import org.autophage.metrics.Ball;
import org.autophage.metrics.Features;
import org.autophage.metrics.FrechetDistance;
import org.autophage.metrics.PrecisionRecall;
import org.autophage.program.Device;

/**
 * Times Autophage's metrics of the arrays real and fake of an .npz file and prints one JSON line; see compare_metrics.sh.
 *
 * <pre>java -cp target/launcher/autophage.jar:'target/lib/*' benchmarks/java/MetricsTiming.java prdc|frechet FILE K</pre>
 */
public final class MetricsTiming {
    public static void main(String[] arguments) throws Exception {
        Features real = features(Path.of(arguments[1]), "real");
        Features fake = features(Path.of(arguments[1]), "fake");
        int neighbours = Integer.parseInt(arguments[2]);
        try (Device device = Device.of("auto")) {
            long start = System.nanoTime();
            String values;
            if (arguments[0].equals("prdc")) {
                try (PrecisionRecall balls = new PrecisionRecall(device, neighbours, Ball.STRICT)) {
                    PrecisionRecall.Result result =
                            balls.between(balls.neighbourhoods(real), balls.neighbourhoods(fake));
                    values = String.format(
                            Locale.ROOT,
                            "\"precision\": %s, \"recall\": %s, \"density\": %s, \"coverage\": %s",
                            result.precision(),
                            result.recall(),
                            result.density(),
                            result.coverage());
                }
            } else {
                try (FrechetDistance frechet = new FrechetDistance(device)) {
                    values = "\"frechetDistance\": "
                            + frechet.between(frechet.statistics(real), frechet.statistics(fake));
                }
            }
            System.out.printf(
                    Locale.ROOT,
                    "{\"peer\": \"Autophage\", \"seconds\": %.2f, \"peakMiB\": %d, %s}%n",
                    (System.nanoTime() - start) / 1e9,
                    peakMiB(),
                    values);
        }
    }

    private static Features features(Path file, String name) {
        return Npz.read(file, name, array -> Features.ofRows(array.shape()[1], array.floats()));
    }

    /** The most memory that the process has had, on Linux; 0 elsewhere. */
    private static long peakMiB() throws Exception {
        Path status = Path.of("/proc/self/status");
        if (!Files.exists(status)) {
            return 0;
        }
        return Files.readAllLines(status).stream()
                .filter(line -> line.startsWith("VmHWM:"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                .findFirst()
                .orElse(0);
    }
}
