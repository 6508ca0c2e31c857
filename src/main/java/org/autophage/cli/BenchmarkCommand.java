package org.autophage.cli;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.ExitCode;
import org.autophage.base.Range;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.planning.Throughput;
import org.autophage.planning.Throughput.Part;
import org.autophage.planning.ThroughputMeter;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code autophage benchmark SPEC}. */
@Command(
        name = "benchmark",
        description = "Times training steps and sampling of a spec's model on its device, or a whole generation.",
        mixinStandardHelpOptions = true)
final class BenchmarkCommand implements Callable<Integer> {
    private static final Pattern SHAPE = Pattern.compile("(\\d{1,4})x\\1x([13])");
    private static final Pattern SEQUENCES = Pattern.compile("([1-9]\\d{0,5})x([1-9]\\d{0,5})");

    @Mixin
    private SpecArguments arguments;

    @Mixin
    private TrustOption trust;

    @Option(
            names = "--of",
            split = ",",
            paramLabel = "PART",
            description = "What to time: training, sampling, generation (default: training,sampling).")
    private Set<Part> parts = EnumSet.of(Part.TRAINING, Part.SAMPLING);

    @Option(names = "--steps", paramLabel = "N", description = "Training steps to time (default: ${DEFAULT-VALUE}).")
    private int steps = 20;

    @Option(names = "--samples", paramLabel = "N", description = "Samples to draw (default: one sampling.chunk).")
    private @Nullable Integer samples;

    @Option(
            names = "--random-images",
            paramLabel = "SHAPE",
            description = "Takes random images of a shape, such as 28x28x1, instead of the spec's dataset.")
    private @Nullable String randomImages;

    @Option(
            names = "--random-tokens",
            paramLabel = "SHAPE",
            description =
                    "Takes random sequences of tokens, such as 119x64 of 119 words and length 64, instead of the dataset.")
    private @Nullable String randomTokens;

    @Option(
            names = "--paced",
            description = "Measures once for every line on standard input, until it ends: for comparisons in turns.")
    private boolean paced;

    @Option(names = "--json", description = "Prints one JSON object a measurement.")
    private boolean json;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Checks.within("--steps", steps, Range.atLeast(1));
        Checks.within("--samples", samples, Range.atLeast(1));
        try (ThroughputMeter meter =
                new ThroughputMeter(inputs(), parts, steps, samples == null ? 0 : samples, trust.trust())) {
            if (paced) {
                measureByLine(meter);
            } else {
                print(meter.measure());
            }
        }
        return ExitCode.DONE.code();
    }

    private ExperimentInputs inputs() {
        if (randomImages != null) {
            Matcher shape = shape(
                    "--random-images",
                    randomImages,
                    SHAPE,
                    "rows x columns x channels, square and of 1 or 3 channels, such as 28x28x1");
            return ExperimentInputs.ofRandomImages(
                    arguments.read(), Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
        }
        if (randomTokens != null) {
            Matcher shape = shape(
                    "--random-tokens", randomTokens, SEQUENCES, "vocabulary x length of a sequence, such as 119x64");
            return ExperimentInputs.ofRandomTokens(
                    arguments.read(), Integer.parseInt(shape.group(1)), Integer.parseInt(shape.group(2)));
        }
        return arguments.open(trust);
    }

    private Matcher shape(String option, String given, Pattern pattern, String right) {
        Matcher shape = pattern.matcher(given);
        if (!shape.matches()) {
            throw AutophageException.usage("%s is %s: must be %s".formatted(option, given, right));
        }
        if (parts.contains(Part.GENERATION)) {
            throw AutophageException.usage(
                    "%s is %s: --of generation measures samples against the spec's dataset; leave it out"
                            .formatted(option, given));
        }
        return shape;
    }

    private void measureByLine(ThroughputMeter meter) {
        try {
            BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (lines.readLine() != null) {
                print(meter.measure());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void print(Throughput measured) {
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.builder().build().writeValueAsString(measured));
        } else {
            out.printf(
                    "%s on %s, %d threads, %s, batch %d%n",
                    measured.framework(), measured.device(), measured.threads(), measured.samples(), measured.batch());
            out.print(Columns.leftAligned(rows(measured)));
        }
        out.flush();
    }

    private List<List<String>> rows(Throughput measured) {
        List<List<String>> rows = new ArrayList<>();
        if (measured.millisecondsPerStep() != null && measured.imagesPerSecond() != null) {
            rows.add(List.of(
                    "training step",
                    text(measured.millisecondsPerStep())
                            + " ms (%s of %d)".formatted(measured.device().equals("cpu") ? "median" : "mean", steps)));
            rows.add(List.of("training", text(measured.imagesPerSecond()) + " samples/s"));
        }
        if (measured.samplesPerSecond() != null) {
            rows.add(List.of("sampling", text(measured.samplesPerSecond()) + " samples/s"));
        }
        Throughput.Generation whole = measured.generation();
        if (whole != null) {
            rows.add(List.of(
                    "generation",
                    "%s s: training %s, sampling %s, metrics %s"
                            .formatted(
                                    text(whole.seconds()),
                                    text(whole.trainSeconds()),
                                    text(whole.sampleSeconds()),
                                    text(whole.metricSeconds()))));
        }
        return rows;
    }

    private static String text(double number) {
        return String.format(Locale.ROOT, "%.1f", number);
    }
}
