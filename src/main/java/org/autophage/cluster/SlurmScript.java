package org.autophage.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.PlainFiles;
import org.autophage.base.Trust;
import org.autophage.run.SweepFolder;

/**
 * What Slurm is given of a sweep, in the sweep's folder {@code slurm}: the script that each task runs, the options that
 * were chosen, for whoever goes on with the sweep, and the logs that tasks leave.
 */
final class SlurmScript {
    /** In front of what is recorded of this program's own option; none of sbatch's begins so there. */
    private static final String JOBS = "--jobs=";

    private final SweepFolder folder;
    private final List<String> launcher;
    private final boolean trusting;

    /**
     * @param launcher what runs Autophage on a node, a word each
     * @param trusting whether cells may run any program that their specs name
     */
    SlurmScript(SweepFolder folder, List<String> launcher, boolean trusting) {
        this.folder = folder;
        this.launcher = launcher;
        this.trusting = trusting;
        if (folder.slurm().toString().matches(".*[\\\\\\p{Cntrl}].*")) {
            throw AutophageException.usage(
                    "%s: Slurm cannot write logs into a folder with a backslash or a control character in its name; give another with --runs"
                            .formatted(folder.root()));
        }
    }

    /** Whether Slurm was given cells of this sweep. */
    static boolean isIn(SweepFolder folder) {
        return PlainFiles.isThere(optionsFile(folder));
    }

    private static Path optionsFile(SweepFolder folder) {
        return folder.slurm().resolve("options");
    }

    /** The options that the sweep was last submitted with. */
    SlurmOptions recordedOptions() {
        return SlurmOptions.parse(
                recorded().filter(line -> !line.startsWith(JOBS)).toList());
    }

    /** How many tasks might run at a time then. */
    OptionalInt recordedJobs() {
        try {
            return recorded()
                    .filter(line -> line.startsWith(JOBS))
                    .mapToInt(line -> Integer.parseInt(line.substring(JOBS.length())))
                    .filter(jobs -> jobs > 0)
                    .findFirst();
        } catch (NumberFormatException e) {
            throw AutophageException.usage("%s: %sN: must be a whole number".formatted(optionsFile(folder), JOBS));
        }
    }

    private Stream<String> recorded() {
        try {
            return PlainFiles.text(optionsFile(folder)).stream().flatMap(String::lines);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(optionsFile(folder), e);
        }
    }

    /**
     * Records options, one a line.
     *
     * @param most how many tasks may run at a time
     */
    void record(SlurmOptions options, OptionalInt most) {
        StringBuilder text = new StringBuilder();
        most.ifPresent(jobs -> text.append(JOBS).append(jobs).append('\n'));
        options.values().forEach((name, value) -> text.append(name)
                .append(value.isEmpty() ? "" : "=" + value)
                .append('\n'));
        AtomicFiles.writeText(optionsFile(folder), text.toString());
    }

    /**
     * Writes the script and says how to submit it.
     *
     * @param most how many tasks may run at a time
     * @return sbatch and its arguments
     */
    List<String> write(SlurmArray array, SlurmName name, SlurmOptions options, OptionalInt most) {
        Path script = folder.slurm().resolve("job.sh").toAbsolutePath();
        List<String> words = new ArrayList<>(List.of("sbatch", "--parsable"));
        words.addAll(options.words());
        words.add("--job-name=" + name.from(array.offset()));
        words.add("--array=" + array.ranges() + (most.isPresent() ? "%" + most.getAsInt() : ""));
        words.add("--output=" + log("").toString().replace("%", "%%").replaceFirst("\\.log$", "%A_%a.log"));
        words.add("--open-mode=append");
        words.add("--requeue");
        words.add(script.toString());
        words.add(String.valueOf(array.offset()));
        AtomicFiles.writeText(script, text(words));
        return words;
    }

    private String text(List<String> submitted) {
        List<String> cell = new ArrayList<>(launcher);
        cell.addAll(List.of("run", "--plan", folder.root().toAbsolutePath().toString()));
        if (trusting) {
            cell.add(Trust.OPTION);
        }
        return """
                #!/bin/sh
                # A cell of a sweep, as a task of an array of Slurm. Submitted by `autophage sweep --on slurm` with
                #   %s
                if [ -n "${SLURM_CPUS_PER_TASK:-}" ]; then
                    OMP_NUM_THREADS=$SLURM_CPUS_PER_TASK
                fi
                export OMP_NUM_THREADS="${OMP_NUM_THREADS:-${SLURM_CPUS_ON_NODE:-1}}"
                # Slurm's signal before the end of the task's time reaches the process that stands in for this shell, and no other.
                exec %s --index "$((${1:-0} + SLURM_ARRAY_TASK_ID))" >/dev/null
                """
                .formatted(ShellWords.quote(submitted), ShellWords.quote(cell));
    }

    /** Where a task leaves what it says, such as 1234_5.log. */
    Path log(String task) {
        return folder.slurm().resolve(task + ".log").toAbsolutePath();
    }
}
