package org.autophage.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.autophage.experiment.ExperimentInputs;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.sweep.SweepSpec;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** A spec on the command line: a file, and what overrides it. */
final class SpecArguments {
    @Parameters(index = "0", paramLabel = "SPEC", description = "The spec, such as experiments/quickstart.yaml.")
    private Path file;

    @Parameters(
            index = "1..*",
            paramLabel = "KEY=VALUE",
            description = "Overrides a key of the spec, such as sampling.bias=0.5 or seeds='[1,2]'.")
    private List<String> overrides = new ArrayList<>();

    @Mixin
    private SeedOption seeds;

    ExperimentSpec read() {
        return ExperimentSpec.read(file, allOverrides());
    }

    /** The spec with its dataset opened, told on standard error where that takes long. */
    ExperimentInputs open(TrustOption trust) {
        return ExperimentInputs.open(read(), trust.work());
    }

    /** Whether the file asks for many experiments. */
    boolean isSweep() {
        return SweepSpec.isIn(file);
    }

    SweepSpec readSweep() {
        return SweepSpec.read(file, allOverrides());
    }

    private List<String> allOverrides() {
        return seeds.after(overrides);
    }
}
