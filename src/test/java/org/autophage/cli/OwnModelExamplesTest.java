package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.autophage.base.AtomicFiles;
import org.autophage.base.Sha256;
import org.autophage.command.Scripts;
import org.autophage.data.Images;
import org.autophage.data.SampleArchive;
import org.autophage.data.npy.Npz;
import org.autophage.model.PythonModule;
import org.autophage.run.RunFolder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs of experiments/own-models, in the loop. */
class OwnModelExamplesTest {
    private static final Path EXAMPLES = Path.of("experiments/own-models").toAbsolutePath();

    @TempDir
    private Path folder;

    private RunFolder run() {
        return new RunFolder(folder.resolve("runs").resolve("example"));
    }

    private CommandRun run(String example, String... more) {
        return CommandRun.of(words("run", example, more).toArray(String[]::new));
    }

    private List<String> words(String command, String example, String... more) {
        List<String> words = new ArrayList<>(List.of(
                command,
                EXAMPLES.resolve(example).toString(),
                "--trust",
                "--runs",
                folder.resolve("runs").toString(),
                "name=example",
                "device=cpu",
                "dataset.holdout=200"));
        words.addAll(List.of(more));
        return words;
    }

    /**
     * The Gaussian in NumPy has the mean of its training set, to within five standard errors of 500 samples in every one of 256 pixels
     * (and half a level of rounding and clipping), and λ = .25 halves how far samples are from it.
     */
    @Test
    void theGaussianHasTheMeanThatItLearnt() throws Exception {
        PythonModule.assume("numpy");
        CommandRun run = run(
                "gaussian.yaml",
                "dataset.size=16",
                "loop.generations=2",
                "loop.initial=500",
                "loop.synthetic=500",
                "sampling.chunk=500",
                "metrics.samples=200");
        assertThat(run.err()).isEmpty();
        double[] mean = Npz.read(run().seed(0).generation(2).path().resolve("model/gaussian.npz"), "mean")
                .toDoubles();
        Images learnt = SampleArchive.read(run().seed(0).generation(1).samples())
                .images()
                .orElseThrow();
        assertThat(learnt.count()).isEqualTo(500);
        double[] pixels = meanOf(learnt);
        for (int i = 0; i < mean.length; i++) {
            assertThat(mean[i]).isCloseTo(pixels[i], within(1e-12));
        }
        double wide = spread(learnt);
        CommandRun biased = run(
                "gaussian.yaml",
                "name=biased",
                "dataset.size=16",
                "loop.generations=1",
                "loop.initial=500",
                "loop.synthetic=500",
                "sampling.chunk=500",
                "sampling.bias=0.25",
                "metrics.samples=200");
        assertThat(biased.err()).isEmpty();
        Images narrow = SampleArchive.read(new RunFolder(folder.resolve("runs/biased"))
                        .seed(0)
                        .generation(1)
                        .samples())
                .images()
                .orElseThrow();
        assertThat(spread(narrow) / wide)
                .isBetween(0.45, 0.75); // .5 but for clipping at black, which narrows the wide one
    }

    private static double[] meanOf(Images images) {
        byte[] pixels = images.pixels();
        double[] mean = new double[images.imageBytes()];
        for (int i = 0; i < pixels.length; i++) {
            mean[i % mean.length] += (pixels[i] & 0xff) / 255.0 / images.count();
        }
        return mean;
    }

    private static double spread(Images images) {
        byte[] pixels = images.pixels();
        double[] mean = meanOf(images);
        double sum = 0;
        for (int i = 0; i < pixels.length; i++) {
            double from = (pixels[i] & 0xff) / 255.0 - mean[i % mean.length];
            sum += from * from;
        }
        return Math.sqrt(sum / pixels.length);
    }

    /** Rectified flow in PyTorch: killed with SIGKILL while it trains generation 2, and resumed to the bits of a run left alone. */
    @Test
    @Tag("slow")
    void theFlowIsKilledAndGoesOnToTheSameBits() throws Exception {
        PythonModule.assume("torch");
        String[] small = {
            "loop.initial=200",
            "loop.synthetic=200",
            "sampling.chunk=200",
            "metrics.samples=100",
            "model.options.steps=120",
            "model.options.batch=16",
            "model.options.width=16"
        };
        assertThat(run("flow.yaml", small).exitCode()).isZero();
        String whole = Sha256.of(run().seed(0).generation(3).samples());
        AtomicFiles.delete(run().root());

        Path state = run().seed(0).checkpoint().resolve("generation-002-train.work/checkpoint/state.pt");
        Process process = start(words("run", "flow.yaml", small));
        while (!Files.exists(state)) {
            assertThat(process.waitFor(20, TimeUnit.MILLISECONDS)).isFalse();
        }
        Thread.sleep(300);
        process.destroyForcibly().waitFor();
        assertThat(childrenGone(run().root())).isTrue();
        assertThat(run("flow.yaml", small).exitCode()).isZero();
        assertThat(Sha256.of(run().seed(0).generation(3).samples())).isEqualTo(whole);
        assertThat(run().report()).exists();
    }

    /** Whether within two seconds no process is left that was started for a run. */
    private static boolean childrenGone(Path run) throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            boolean any = ProcessHandle.allProcesses()
                    .anyMatch(each -> each.info().commandLine().orElse("").contains(run + "/seed-0/checkpoint"));
            if (!any) {
                return true;
            }
            Thread.sleep(20);
        }
        return false;
    }

    private Process start(List<String> arguments) throws IOException {
        List<String> words = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dai.djl.offline=true",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
        words.addAll(arguments);
        return new ProcessBuilder(words)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log").toFile())
                .start();
    }

    /** A stand-in for StyleGAN with its command line: its snapshot is a tar of its training set, of which it draws the pictures in turn. */
    @Test
    void aCommandLineLikeStyleGansIsDriven() throws IOException {
        Path gan = Scripts.of(
                folder,
                "gan.sh",
                """
                verb=$1; shift
                for word in "$@"; do
                    case $word in
                    --data=*) data=${word#*=} ;;
                    --outdir=*) out=${word#*=} ;;
                    --network=*) network=${word#*=} ;;
                    --seeds=*) seeds=${word#*=} ;;
                    --trunc=*) echo "truncated at ${word#*=}" >>"$0.said" ;;
                    --resume=*) echo "resumed" >>"$0.said" ;;
                    esac
                done
                if [ "$verb" = train ]; then
                    mkdir -p "$out/00000-run"
                    cp "$data/dataset.json" "$0.json"
                    echo bad >"$out/00000-run/network-snapshot-000200.pkl"
                    tar -cf "$out/00000-run/network-snapshot-001000.pkl" -C "$data" .
                else
                    mkdir "$out.all"
                    tar -xf "$network" -C "$out.all"
                    seed=${seeds%-*}
                    for picture in "$out.all"/*.png; do
                        [ "$seed" -le "${seeds#*-}" ] || break
                        cp "$picture" "$out/seed$seed.png"
                        seed=$((seed + 1))
                    done
                fi
                """);
        CommandRun run = run(
                "stylegan.yaml",
                "dataset={kind: strokes, size: 16, holdout: 200}",
                "model.options.train=" + gan + " train",
                "model.options.generate=" + gan + " generate",
                "loop.generations=2",
                "loop.initial=30",
                "loop.synthetic=30",
                "sampling.chunk=30",
                "metrics={features: pixels, samples: 30}");
        assertThat(run.err()).isEmpty();
        Images first = SampleArchive.read(run().seed(0).generation(1).samples())
                .images()
                .orElseThrow();
        Images second = SampleArchive.read(run().seed(0).generation(2).samples())
                .images()
                .orElseThrow();
        assertThat(second.pixels()).isEqualTo(first.pixels());
        assertThat(Files.readString(folder.resolve("gan.sh.said"), StandardCharsets.UTF_8))
                .isEqualTo("truncated at 0.7\ntruncated at 0.7\n");
        assertThat(folder.resolve("gan.sh.json")).content().contains("\"labels\"");
    }

    /** Cells of a grid of 4 × 4, of which the mean is that of the pixels. */
    @Test
    void featuresOfOnesOwnMeasureARun() throws Exception {
        PythonModule.assume("numpy");
        String features = "command:python3 " + EXAMPLES.resolve("features.py");
        assertThat(run(
                                "gaussian.yaml",
                                "loop.generations=1",
                                "loop.initial=100",
                                "loop.synthetic=100",
                                "sampling.chunk=100",
                                "dataset.size=16",
                                "metrics.features=" + features,
                                "metrics.samples=100")
                        .err())
                .isEmpty();
        assertThat(run().seed(0).records().get(0).features()).startsWith("command-features@");
        CommandRun evaluated = CommandRun.of(
                "evaluate",
                "--real",
                run().root().toString(),
                "--fake",
                run().root().toString(),
                "--features",
                features,
                "--json",
                "--trust");
        assertThat(evaluated.err()).isEmpty();
        assertThat(evaluated.out()).contains("command-features@");
        CommandRun untrusted = CommandRun.of(
                "evaluate",
                "--real",
                run().root().toString(),
                "--fake",
                run().root().toString(),
                "--features",
                features);
        assertThat(untrusted.exitCode()).isEqualTo(2);
        assertThat(untrusted.err()).contains("can do whatever you can").hasLineCount(1);
    }
}
