import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.MeasuredGeneration;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.metrics.suite.ImageMetrics;
import org.autophage.model.GenerativeModel;
import org.autophage.program.Device;

/**
 * Draws from one saved model with several samplers and measures each: what a faster one costs in quality.
 *
 * <pre>
 * java -cp target/launcher/autophage.jar:'target/lib/*' benchmarks/java/SamplerQuality.java SPEC GENERATION IMAGES \
 *     ddim:50:1000 heun:18:125 dpm:12:125
 * </pre>
 *
 * <p>GENERATION is a folder such as runs/NAME/seed-0/generation-001; a sampler is its name, steps and chunk.
 */
public final class SamplerQuality {
    /** Draws of one sampler, so that the spread of its figures is seen. */
    private static final int DRAWS = 3;

    public static void main(String[] arguments) throws Exception {
        Path file = Path.of(arguments[0]);
        Path folder = Path.of(arguments[1]);
        int images = Integer.parseInt(arguments[2]);
        ExperimentInputs first = ExperimentInputs.open(ExperimentSpec.read(file, List.of("metrics.samples=" + images)));
        try (Device device = Device.of(first.spec().device());
                ImageMetrics metrics = ImageMetrics.open(
                        first.spec().metrics(), first.dataset(), device, ClassifierCache.standard(), Work.UNATTENDED)) {
            for (String sampler : List.of(arguments).subList(3, arguments.length)) {
                String[] parts = sampler.split(":");
                ExperimentSpec spec = ExperimentSpec.read(
                        file,
                        List.of(
                                "sampling.sampler=" + parts[0],
                                "sampling.steps=" + parts[1],
                                "sampling.chunk=" + parts[2]));
                try (GenerativeModel model = spec.model()
                        .family(device, first.shape(), spec.sampling())
                        .load(folder)) {
                    for (int draw = 0; draw < DRAWS; draw++) {
                        measure(sampler, model, images, new Seeds(draw), metrics);
                    }
                }
            }
        }
    }

    private static void measure(String sampler, GenerativeModel model, int images, Seeds seeds, ImageMetrics metrics) {
        long start = System.nanoTime();
        Samples drawn = model.sample(images, 1.0, seeds.stream(1, Phase.SAMPLE), Work.UNATTENDED);
        double seconds = (System.nanoTime() - start) / 1e9;
        Measures values = metrics.of(MeasuredGeneration.of(drawn, drawn, seeds.stream(1, Phase.METRICS)));
        System.out.printf(
                Locale.ROOT,
                "%-14s %6.1f images/s   frechetDistance %.3f   precision %.3f   recall %.3f   labelAccuracy %.3f%n",
                sampler,
                images / seconds,
                values.value(Metrics.FRECHET_DISTANCE).orElse(Double.NaN),
                values.value(Metrics.PRECISION).orElse(Double.NaN),
                values.value(Metrics.RECALL).orElse(Double.NaN),
                values.value(Metrics.LABEL_ACCURACY).orElse(Double.NaN));
    }
}
