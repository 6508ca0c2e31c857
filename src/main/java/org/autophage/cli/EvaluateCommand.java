package org.autophage.cli;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.autophage.base.CheckpointStore;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.base.Work;
import org.autophage.evaluation.Evaluation;
import org.autophage.evaluation.EvaluationRequest;
import org.autophage.evaluation.EvaluationResult;
import org.autophage.metrics.neighbours.Ball;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code autophage evaluate --real A --fake B}. */
@Command(
        name = "evaluate",
        description = {
            "Compares any two sets of images or features: Fréchet and kernel distance, precision, recall, density,"
                    + " coverage, Vendi score, authenticity.",
            "A set is a run (runs/NAME, runs/NAME:3 for generation 3, or the folder of a generation), pictures (a folder,"
                    + " a zip, .tar or .parquet files; x.parquet:image names one column), an .npz or .npy file of images or features (sets.npz:real names one array),"
                    + " an .npz file of statistics (mu and sigma), a store of converted images (*.images), or a dataset"
                    + " (mnist or strokes: its holdout; mnist:train).",
            "Beside a run of one's own pictures, folders and zips become images as the run's did: by its crop, size,"
                    + " resize and colour."
        },
        mixinStandardHelpOptions = true)
final class EvaluateCommand implements Callable<Integer> {
    @Option(names = "--real", required = true, paramLabel = "SET", description = "What is compared with.")
    private String real;

    @Option(names = "--fake", required = true, paramLabel = "SET", description = "The generated samples.")
    private String fake;

    @Option(
            names = "--test",
            paramLabel = "SET",
            description =
                    "Real samples that the generator never saw; --real is then what it was trained on, and the test"
                            + " of copying C_T is made.")
    private @Nullable String test;

    @Option(
            names = "--features",
            paramLabel = "FEATURES",
            description = "lenet (of the dataset), pixels, inception, or a TorchScript file with options, such as"
                    + " \"dinov2.pt size=224 resize=bicubic mean=imagenet std=imagenet\", a program that needs --trust,"
                    + " or a command, \"command:python3 features.py\", which needs it too"
                    + " (default: lenet where a dataset or a run is named, otherwise inception).")
    private @Nullable String features;

    @Option(names = "--neighbours", paramLabel = "K", description = "k of the balls (default: ${DEFAULT-VALUE}).")
    private int neighbours = 5;

    @Option(
            names = "--ball",
            paramLabel = "strict|inclusive",
            description = "Whether a point at just the radius is outside, as in prdc, or inside, as in torch-fidelity"
                    + " (default: ${DEFAULT-VALUE}).")
    private Ball ball = Ball.STRICT;

    @Option(
            names = "--bootstrap",
            paramLabel = "N",
            description =
                    "Adds 95%% intervals of precision, recall, density, coverage and authenticity, from N resamples of"
                            + " the samples; 1000 is usual (default: none).")
    private @Nullable Integer bootstrap;

    @Option(
            names = "--also",
            split = ",",
            paramLabel = "METRIC",
            description =
                    "Metrics that take long and are reported only where they are asked for, such as those that train a"
                            + " model; the names of metrics.also of a spec, separated by commas.")
    private List<String> also = List.of();

    @Option(names = "--skip-bad", description = "Leaves out picture files that cannot be read, and names them.")
    private boolean skipBad;

    @Option(
            names = "--save-statistics",
            paramLabel = "FILE",
            description =
                    "Keeps mean and covariance of the real features (mu and sigma, .npz), for later use as --real.")
    private @Nullable Path saveStatistics;

    @Option(names = "--device", description = "auto, cpu, gpu or gpu:N (default: ${DEFAULT-VALUE}).")
    private String device = "auto";

    @Option(names = "--json", description = "Prints one JSON object instead of a table.")
    private boolean json;

    @Mixin
    private RunsOption runs;

    @Mixin
    private TrustOption trust;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() {
        ConsoleProgress progress = ConsoleProgress.standardError();
        EvaluationRequest request = new EvaluationRequest(
                real,
                fake,
                test,
                features,
                neighbours,
                ball,
                bootstrap,
                skipBad,
                saveStatistics,
                also,
                device,
                runs.folder());
        EvaluationResult result =
                Evaluation.run(request, new Work(progress, CheckpointStore.NONE, Shutdown.signal(), trust.trust()));
        PrintWriter out = spec.commandLine().getOut();
        if (json) {
            out.println(Printable.of(JsonMapper.shared().writeValueAsString(result.values())));
        } else {
            out.print(Columns.leftAligned(table(result)));
        }
        out.flush();
        result.notes().forEach(progress::message);
        return ExitCode.DONE.code();
    }

    private static List<List<String>> table(EvaluationResult result) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("metric", "value", "of", "convention"));
        for (EvaluationResult.Row row : result.rows()) {
            rows.add(List.of(row.metric(), row.value(), row.of(), row.convention()));
        }
        return rows;
    }
}
