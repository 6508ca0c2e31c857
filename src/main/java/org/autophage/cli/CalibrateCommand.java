package org.autophage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.autophage.base.Checks;
import org.autophage.base.ExitCode;
import org.autophage.base.Range;
import org.autophage.collapse.EarlyWarning;
import org.autophage.collapse.Indicator;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentRunner;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.experiment.NoiseCalibration;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.Trainings;
import org.hipparchus.stat.descriptive.StreamingStatistics;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autophage calibrate SPEC}. */
@Command(
        name = "calibrate",
        description = {
            "Measures training noise: trains generation 1 of a spec with further seeds and says how far its figures vary.",
            "Runs of the same data, model, sampling and metrics then know it, whatever their loop: their early warnings stand on it."
        },
        mixinStandardHelpOptions = true)
final class CalibrateCommand implements Callable<Integer> {
    @Mixin
    private SpecArguments spec;

    @Option(
            names = "--seeds",
            paramLabel = "N",
            description = "How many trainings, at least 2 (default: ${DEFAULT-VALUE}).")
    private int seeds = EarlyWarning.TRAININGS;

    @Mixin
    private TrustOption trust;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Checks.within("--seeds", seeds, Range.atLeast(2));
        ExperimentSpec experiment = spec.read();
        ExperimentInputs inputs = ExperimentInputs.open(experiment, trust.work());
        RunFolder folder = NoiseCalibration.folder(inputs.spec(), inputs.dataset());
        ConsoleProgress progress = ConsoleProgress.standardError();
        new ExperimentRunner(
                        RunExecution.commandLine(command),
                        progress,
                        Shutdown.signalBeforeCheckpoint(),
                        trust.trust(),
                        run -> {},
                        Optional.empty())
                .run(NoiseCalibration.spec(experiment, seeds), folder);
        print(Trainings.of(folder).records());
        progress.message("kept in " + folder.root() + "; runs that begin from now on take it from there");
        return ExitCode.DONE.code();
    }

    private void print(List<GenerationRecord> records) {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("indicator", "mean", "over " + records.size() + " trainings", "by sampling", "times that"));
        for (Indicator indicator :
                Indicator.in(records.get(0).measures().values().keySet())) {
            StreamingStatistics values = new StreamingStatistics();
            StreamingStatistics errors = new StreamingStatistics();
            for (GenerationRecord record : records) {
                record.measures().value(indicator.metric()).ifPresent(values::addValue);
                record.measures().samplingError(indicator.metric()).ifPresent(errors::addValue);
            }
            boolean known = errors.getN() > 0;
            rows.add(List.of(
                    indicator.key(),
                    figure(values.getMean()),
                    figure(values.getStandardDeviation()),
                    known ? figure(errors.getMean()) : "-",
                    known ? figure(values.getStandardDeviation() / errors.getMean()) : "-"));
        }
        PrintWriter out = command.commandLine().getOut();
        out.print(Columns.leftAligned(rows));
        out.flush();
    }

    private static String figure(double value) {
        return String.format(Locale.ROOT, "%.3g", value);
    }
}
