import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.autophage.base.Phase;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.Tokens;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.model.ModelFamily;
import org.autophage.model.transformer.TransformerModel;
import org.autophage.program.Device;

/**
 * Draws from a saved transformer with its cache of keys and values and without, in turn: tokens a second of each.
 *
 * <pre>
 * java -cp target/launcher/autophage.jar:'target/lib/*' benchmarks/java/TokensPerSecond.java SPEC GENERATION SEQUENCES \
 *     sampling.chunk=512
 * </pre>
 *
 * <p>GENERATION is a folder such as runs/NAME/seed-0/generation-001; overrides of the spec may follow.
 */
public final class TokensPerSecond {
    private static final int PAIRS = 5;

    public static void main(String[] arguments) throws Exception {
        List<String> overrides = List.of(arguments).subList(3, arguments.length);
        ExperimentInputs inputs = ExperimentInputs.open(ExperimentSpec.read(Path.of(arguments[0]), overrides));
        int count = Integer.parseInt(arguments[2]);
        try (Device device = Device.of(inputs.spec().device());
                ModelFamily family = inputs.family(device);
                TransformerModel model = (TransformerModel) family.load(Path.of(arguments[1]))) {
            Seeds.Stream seeds = new Seeds(0).stream(1, Phase.SAMPLE);
            for (int pair = 0; pair <= PAIRS; pair++) {
                double cached = perSecond(() -> model.sample(count, 1, seeds, Work.UNATTENDED));
                double uncached = perSecond(() -> model.sampleUncached(count, 1, seeds, Work.UNATTENDED));
                if (pair > 0) { // the first call of each prepares the program
                    System.out.printf(
                            Locale.ROOT,
                            "%,.0f tokens/s with a cache, %,.0f without: %.2f%n",
                            cached,
                            uncached,
                            cached / uncached);
                }
            }
        }
    }

    private interface Drawing {
        Tokens draw();
    }

    private static double perSecond(Drawing drawing) {
        long start = System.nanoTime();
        Tokens drawn = drawing.draw();
        return drawn.values().length * 1e9 / (System.nanoTime() - start);
    }
}
