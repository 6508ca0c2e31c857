package org.autophage.cli;

import java.io.PrintWriter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.autophage.base.ExitCode;
import org.autophage.base.WrongValue;
import org.autophage.cluster.KubernetesJob;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code autophage manifest SPEC}. */
@Command(
        name = "manifest",
        description = {
            "Prints a Job of Kubernetes that runs a sweep, a pod a cell, for kubectl apply -f -; it asks no cluster.",
            "Applied again after kubectl delete job, it goes on with what is not finished."
        },
        mixinStandardHelpOptions = true)
final class ManifestCommand implements Callable<Integer> {
    private static final int MOST_CPUS = 10_000;

    @Mixin
    private SpecArguments arguments;

    @Option(
            names = "--image",
            required = true,
            paramLabel = "IMAGE",
            description = "An image built from docker/ that the cluster can pull.")
    private String image;

    @Option(
            names = "--claim",
            required = true,
            paramLabel = "NAME",
            description = "The PersistentVolumeClaim for run folders; several nodes write to it (ReadWriteMany).")
    private String claim;

    @Option(names = "--gpu", description = "Gives each cell a GPU (nvidia.com/gpu).")
    private boolean gpu;

    @Option(
            names = "--cpus",
            paramLabel = "N",
            description = "Limits each cell to N cores, and libtorch's threads with it.")
    private @Nullable Integer cpus;

    @Option(names = "--memory", paramLabel = "SIZE", description = "Limits each cell's memory, such as 16Gi.")
    private @Nullable String memory;

    @Option(
            names = "--jobs",
            paramLabel = "N",
            description = "How many cells run at a time (default: as many as the cluster has room for).")
    private @Nullable Integer jobs;

    @Mixin
    private TrustOption trust;

    @Spec
    private CommandSpec command;

    @Override
    public Integer call() {
        KubernetesJob job = new KubernetesJob(
                image,
                claim,
                gpu,
                count("--cpus", cpus, MOST_CPUS),
                Optional.ofNullable(memory),
                count("--jobs", jobs, Integer.MAX_VALUE),
                trust.trust().isAll());
        PrintWriter out = command.commandLine().getOut();
        out.print(job.manifest(arguments.readSweep()));
        out.flush();
        return ExitCode.DONE.code();
    }

    private static OptionalInt count(String option, @Nullable Integer value, int most) {
        if (value != null && (value < 1 || value > most)) {
            throw WrongValue.of(option, value, "must be from 1 to " + most);
        }
        return value == null ? OptionalInt.empty() : OptionalInt.of(value);
    }
}
