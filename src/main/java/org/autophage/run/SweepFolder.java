package org.autophage.run;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.FolderLock;
import org.autophage.base.PlainFiles;
import org.jspecify.annotations.Nullable;

/**
 * Where everything of a sweep lies.
 *
 * <pre>
 * sweep.yaml            what was asked for
 * report.html           one file, opens offline
 * comparison.html       loops side by side, where each was run with several seeds
 * run.lock              held while a process runs the sweep
 * first-generations/    models of generation 1, each shared by the cells that would train the same
 * classifiers/          that all cells measure with
 * slurm/                the job script, sbatch's options and a log a task, where Slurm ran cells
 * KEY=VALUE,…/          one run folder a cell, see {@link RunFolder}; its sweep.log has what its processes said
 * </pre>
 *
 * @param root the folder itself, such as runs/NAME
 */
public record SweepFolder(Path root) {
    /** Whether a sweep was begun here: its file is the first that a sweep writes. */
    public boolean exists() {
        return PlainFiles.isThere(sweep());
    }

    public Path sweep() {
        return root.resolve("sweep.yaml");
    }

    public Path report() {
        return root.resolve("report.html");
    }

    public Path comparison() {
        return root.resolve("comparison.html");
    }

    /** Where cells leave models of generation 1 for each other. */
    public Path firstGenerations() {
        return root.resolve("first-generations");
    }

    /** Where cells find the classifiers that they all measure with. */
    public Path classifiers() {
        return root.resolve("classifiers");
    }

    /** Where Slurm finds the script that it runs, and leaves what its tasks said. */
    public Path slurm() {
        return root.resolve("slurm");
    }

    /** What the processes of a cell said. */
    public Path log(String cell) {
        return cell(cell).root().resolve("sweep.log");
    }

    /**
     * Makes the folder that of a sweep and takes it for this process.
     *
     * @param text of {@code sweep.yaml}
     * @return the lock, or null where another live process runs the same sweep, whose cells both then share out
     * @throws AutophageException with FAILED if another live process runs a sweep with other values in this folder
     */
    public @Nullable FolderLock begin(String text) {
        Optional<FolderLock> lock = FolderLock.tryAcquire(root);
        if (holds(text)) {
            return lock.orElse(null);
        }
        FolderLock taken = lock.orElseThrow(() -> AutophageException.failed(
                "%s is locked by %s, which runs a sweep over other values there; wait for it to end or stop it"
                        .formatted(root, FolderLock.holderOf(root).orElse("a process that has just ended"))));
        AtomicFiles.writeText(sweep(), text);
        return taken;
    }

    private boolean holds(String text) {
        try {
            return PlainFiles.text(sweep()).filter(text::equals).isPresent();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(sweep(), e);
        }
    }

    /** The run folder of a cell, whether it exists or not. */
    public RunFolder cell(String name) {
        return new RunFolder(root.resolve(name));
    }
}
