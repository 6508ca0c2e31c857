package org.autophage.cli;

import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.ExitCode;
import org.autophage.base.Range;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.loop.LoopKind;
import org.autophage.loop.LoopSpec;
import org.autophage.loop.Memory;
import org.autophage.measure.Metrics;
import org.autophage.theory.RealQuota;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;

/** {@code autophage advise SPEC}. */
@Command(
        name = "advise",
        description = {
            "Says how many real samples every generation needs for a spec's loop to keep its variance in the long run.",
            "By the closed form for Gaussians: exact for them, a lower bound in practice for trained models."
        },
        mixinStandardHelpOptions = true)
final class AdviseCommand implements Callable<Integer> {
    @Mixin
    private SpecArguments arguments;

    @Option(
            names = "--loss",
            paramLabel = "SHARE",
            description = "The share of the variance that may be lost (default: ${DEFAULT-VALUE}).")
    private double loss = 0.05;

    @Option(names = "--json", description = "Prints one JSON object.")
    private boolean json;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        Checks.within("--loss", loss, Range.open(0, 1));
        if (arguments.isSweep()) {
            throw AutophageException.usage("a sweep has many loops: advise takes the spec of one");
        }
        ExperimentSpec spec = arguments.read();
        LoopSpec loop = spec.loop();
        check(loop);
        double bias = spec.sampling().bias();
        List<Advice> all = List.of(
                advice(new RealQuota(loop.synthetic(), bias, true)),
                advice(new RealQuota(loop.synthetic(), bias, false)));
        PrintWriter out = command.commandLine().getOut();
        if (json) {
            out.println(JsonMapper.shared().writeValueAsString(asMap(spec, all)));
        } else {
            print(spec, all, out);
        }
        out.flush();
        return ExitCode.DONE.code();
    }

    /** The loops whose training sets stay as they are from generation 2 on. */
    private static void check(LoopSpec loop) {
        boolean constant = loop.kind() == LoopKind.FULLY_SYNTHETIC
                || loop.kind() == LoopKind.SYNTHETIC_AUGMENTATION
                || loop.kind() == LoopKind.FRESH_DATA;
        if (!constant) {
            throw AutophageException.usage(
                    "loop.kind is %s: advise knows fully-synthetic, synthetic-augmentation and fresh-data, whose training sets do not grow"
                            .formatted(loop.kind().specName()));
        }
        Memory memory = loop.dataMix().memory();
        if (memory.generations() != 1) {
            throw AutophageException.usage(
                    "loop.memory is %s: advise knows loops that take samples of the last generation alone, memory 1"
                            .formatted(memory.specValue()));
        }
    }

    /**
     * What one way of giving real samples takes.
     *
     * @param quota the loop
     * @param real the fewest real samples a generation; empty where none are enough
     */
    private record Advice(RealQuota quota, OptionalLong real) {
        String kind() {
            return (quota.fresh() ? LoopKind.FRESH_DATA : LoopKind.SYNTHETIC_AUGMENTATION).specName();
        }
    }

    private Advice advice(RealQuota quota) {
        return new Advice(quota, quota.toLoseAtMost(loss));
    }

    private void print(ExperimentSpec spec, List<Advice> all, PrintWriter out) {
        LoopSpec loop = spec.loop();
        out.printf(
                Locale.ROOT,
                "%s: sampling bias %s, %d samples of the last generation in every training set%n%n",
                spec.name(),
                spec.sampling().bias(),
                loop.synthetic());
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of(
                "to lose at most %s of the variance".formatted(percent(loss)),
                "real samples",
                "share",
                "squared error of the mean"));
        for (Advice advice : all) {
            OptionalLong real = advice.real();
            rows.add(
                    real.isEmpty()
                            ? List.of(advice.kind(), "none are enough", "", "")
                            : List.of(
                                    advice.kind(),
                                    String.valueOf(real.getAsLong()),
                                    percent((double) real.getAsLong() / (real.getAsLong() + loop.synthetic())),
                                    number(advice.quota()
                                            .limit(real.getAsLong())
                                            .squaredMean())));
        }
        out.print(Columns.leftAligned(rows));
        int now = loop.real() == null ? 0 : loop.real();
        RealQuota own = new RealQuota(loop.synthetic(), spec.sampling().bias(), loop.kind() == LoopKind.FRESH_DATA);
        out.printf(
                "%nThe spec's loop, %s with %d real samples a generation, loses %s in the long run.%n",
                loop.kind().specName(), now, percent(1 - own.limit(now).variance()));
        out.println(
                "Exact for a Gaussian fitted by maximum likelihood, many generations on. A trained model errs by more than its"
                        + " samples' noise,");
        out.println("so take it as the least; and for images the bias guides, it does not scale a variance.");
    }

    private Map<String, Object> asMap(ExperimentSpec spec, List<Advice> all) {
        Map<String, Object> map = new LinkedHashMap<>();
        map.put("name", spec.name());
        map.put("bias", spec.sampling().bias());
        map.put("synthetic", spec.loop().synthetic());
        map.put("loss", loss);
        for (Advice advice : all) {
            Map<String, Object> one = new LinkedHashMap<>();
            advice.real().ifPresent(real -> {
                RealQuota.Limit limit = advice.quota().limit(real);
                one.put("real", real);
                one.put(Metrics.VARIANCE.key(), limit.variance());
                one.put("squaredMean", limit.squaredMean());
            });
            map.put(advice.kind(), one);
        }
        return map;
    }

    private static String percent(double share) {
        double percent = 100 * share;
        return (percent >= 10
                        ? String.format(Locale.ROOT, "%.1f", percent)
                        : String.format(Locale.ROOT, "%.2g", percent))
                + "%";
    }

    private static String number(double value) {
        return String.format(Locale.ROOT, "%.2g", value);
    }
}
