import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.stream.IntStream;
import org.autophage.data.npy.Npz;
import org.autophage.metrics.distance.FrechetDistance;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.Ball;
import org.autophage.metrics.neighbours.PrecisionRecall;
import org.autophage.program.Device;

/**
 * Times Autophage's metrics of the arrays real and fake of an .npz file and prints one JSON line; see compare_metrics.sh.
 * DEVICE is that of a spec and auto where it is left out. On a GPU a call with a part of the rows, which loads the kernels,
 * comes before the one that is timed, as in metrics_on_device.py.
 *
 * <pre>java -cp target/launcher/autophage.jar:'target/lib/*' benchmarks/java/MetricsTiming.java prdc|frechet FILE K [DEVICE]</pre>
 */
public final class MetricsTiming {
    /** More than there are features, where another computation would come. */
    private static final int WARM_UP_ROWS = 4096;

    public static void main(String[] arguments) throws Exception {
        Features real = features(Path.of(arguments[1]), "real");
        Features fake = features(Path.of(arguments[1]), "fake");
        int neighbours = Integer.parseInt(arguments[2]);
        try (Device device = Device.of(arguments.length > 3 ? arguments[3] : "auto")) {
            boolean balls = arguments[0].equals("prdc");
            if (device.isGpu()) {
                values(device, balls, first(real), first(fake), neighbours);
            }
            long start = System.nanoTime();
            String values = values(device, balls, real, fake, neighbours);
            System.out.printf(
                    Locale.ROOT,
                    "{\"peer\": \"Autophage\", \"seconds\": %.2f, \"peakMiB\": %d, %s}%n",
                    (System.nanoTime() - start) / 1e9,
                    peakMiB(),
                    values);
        }
    }

    /** Precision, recall, density and coverage, or the Fréchet distance, as a part of a JSON object. */
    private static String values(Device device, boolean ofBalls, Features real, Features fake, int neighbours) {
        if (ofBalls) {
            try (PrecisionRecall balls = new PrecisionRecall(device, neighbours, Ball.STRICT)) {
                PrecisionRecall.Result result = balls.between(balls.neighbourhoods(real), balls.neighbourhoods(fake));
                return String.format(
                        Locale.ROOT,
                        "\"precision\": %s, \"recall\": %s, \"density\": %s, \"coverage\": %s",
                        result.precision(),
                        result.recall(),
                        result.density(),
                        result.coverage());
            }
        }
        try (FrechetDistance frechet = new FrechetDistance(device)) {
            return "\"frechetDistance\": " + frechet.between(frechet.statistics(real), frechet.statistics(fake));
        }
    }

    private static Features first(Features features) {
        return features.select(
                IntStream.range(0, Math.min(WARM_UP_ROWS, features.count())).toArray());
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
