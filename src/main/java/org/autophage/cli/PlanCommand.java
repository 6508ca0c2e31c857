package org.autophage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.data.SampleLabels;
import org.autophage.measure.Composition;
import org.autophage.planning.ExperimentPlan;
import org.autophage.planning.ExperimentPlan.Amount;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autophage plan SPEC}. */
@Command(
        name = "plan",
        description = {
            "Says what a run or a sweep would do, how long it would take and how much disk it would need.",
            "Time and disk are estimates from what training and sampling show on the device within half a minute."
        },
        mixinStandardHelpOptions = true)
final class PlanCommand implements Callable<Integer> {
    @Mixin
    private SpecArguments arguments;

    @Mixin
    private TrustOption trust;

    @Option(names = "--no-estimate", description = "Measures nothing: says what would run, not how long.")
    private boolean withoutEstimate;

    @Spec
    private CommandSpec command;

    private static final String UNKNOWN = "unknown";

    /** For measuring, so that Java, libtorch and the plan itself stay below half a minute with it. */
    private static final double SECONDS = 18;

    @Override
    public Integer call() {
        PrintWriter out = command.commandLine().getOut();
        if (arguments.isSweep()) {
            new SweepPlan(arguments.readSweep(), withoutEstimate ? 0 : SECONDS, trust.work()).print(out);
        } else {
            print(ExperimentPlan.of(arguments.open(trust), withoutEstimate ? 0 : SECONDS), out);
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    private static void print(ExperimentPlan plan, PrintWriter out) {
        out.printf(
                "%s: %s on %s, sampling bias %s%s, seeds %s%n%n",
                plan.spec().name(),
                plan.spec().loop().kind().specName(),
                plan.spec().device(),
                plan.spec().sampling().bias(),
                plan.spec().sampling().labels() == SampleLabels.BALANCED
                        ? ""
                        : ", labels " + plan.spec().sampling().labels(),
                plan.spec().seeds());
        out.print(Columns.leftAligned(generations(plan)));
        plan.remedies().forEach(cost -> out.printf("remedy: %s%n", cost.inSentence()));
        ExperimentPlan.Estimate estimate = plan.estimate();
        if (estimate != null) {
            out.printf(
                    "%nestimates for all %d seeds, on %s just now:%n",
                    plan.spec().seeds().size(), estimate.device());
            out.print(Columns.leftAligned(List.of(
                    List.of(
                            "training",
                            time(estimate.trainSeconds()),
                            estimate.trainSeconds().basis()),
                    List.of(
                            "sampling",
                            time(estimate.sampleSeconds()),
                            estimate.sampleSeconds().basis()),
                    List.of(
                            "disk",
                            megabytes(estimate.diskBytes()),
                            estimate.diskBytes().basis()))));
            out.println("Metrics and report come on top, and the feature extractor where this dataset has none yet.");
        } else if (!plan.spec().model().canBeTimed()) {
            out.printf("%nHow long that takes is its program's business: a few of its steps would not tell.%n");
        }
    }

    static String time(Amount seconds) {
        return seconds.isKnown() ? LineTask.clock(seconds.value()) : UNKNOWN;
    }

    static String megabytes(Amount bytes) {
        return bytes.isKnown() ? String.format(Locale.ROOT, "%.1f MB", bytes.value() / 1e6) : UNKNOWN;
    }

    private static List<List<String>> generations(ExperimentPlan plan) {
        String most = plan.spec().model().stopping().isPresent() ? "at most " : "";
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("generation", "fixed real", "fresh real", "synthetic", "images", "steps", "samples drawn"));
        int t = 1;
        for (Composition set : plan.trainingSets()) {
            rows.add(List.of(
                    String.valueOf(t++),
                    String.valueOf(set.fixedReal()),
                    String.valueOf(set.freshReal()),
                    String.valueOf(set.synthetic()),
                    String.valueOf(set.total()),
                    plan.spec()
                            .model()
                            .optimization()
                            .map(each -> most + each.steps())
                            .orElse("-"),
                    String.valueOf(plan.samplesPerGeneration())));
        }
        return rows;
    }
}
