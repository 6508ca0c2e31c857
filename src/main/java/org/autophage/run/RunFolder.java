package org.autophage.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.FolderLock;
import org.autophage.base.PlainFiles;

/**
 * Where everything of a run lies. Plain files, each of them whole at every moment.
 *
 * <pre>
 * experiment.yaml     the spec with every default written out
 * provenance.json     versions, device, hashes, command and times of every session
 * classes.json        what the classes of its images are called, see {@link RunClasses}
 * extractor/          the feature extractor that this run used
 * remedies/           networks that remedies of this run used, if any
 * report.html         one file, opens offline
 * trainings.jsonl     what is known of training noise from a calibration, if there was one, see {@link Trainings}
 * run.lock            held while a process writes to the run
 * progress.json       how far that process is, see {@link RunProgress}; not there otherwise
 * seed-0/             one folder a seed, see {@link SeedFolder}
 * </pre>
 *
 * @param root the folder itself, such as runs/NAME
 */
public record RunFolder(Path root) {
    private static final Pattern SEED_NAME = Pattern.compile("seed-(-?\\d{1,18})");

    /**
     * A run folder that exists.
     *
     * @throws AutophageException with USAGE if there is no run at this place
     */
    public static RunFolder existing(Path root) {
        RunFolder run = new RunFolder(root);
        if (!run.exists()) {
            String remedy = run.seeds().isEmpty()
                    ? ""
                    : ", but seeds of one: put it back (provenance.json has what stood there), or run the spec that it was begun with again";
            throw AutophageException.usage(
                    root + " is not a run folder: it has no " + run.experiment().getFileName() + remedy);
        }
        return run;
    }

    /** Whether a run was begun here: it has a spec, be it one that cannot be read. */
    public boolean exists() {
        return PlainFiles.isThere(experiment());
    }

    /** The name of the run: its folder's name. */
    public String name() {
        Path name = root.toAbsolutePath().normalize().getFileName();
        return (name == null ? root : name).toString();
    }

    public Path experiment() {
        return root.resolve("experiment.yaml");
    }

    public Path provenance() {
        return root.resolve("provenance.json");
    }

    public Path classes() {
        return root.resolve("classes.json");
    }

    public Path extractor() {
        return root.resolve("extractor");
    }

    public Path remedies() {
        return root.resolve("remedies");
    }

    public Path report() {
        return root.resolve("report.html");
    }

    public Path trainings() {
        return root.resolve("trainings.jsonl");
    }

    public Path progress() {
        return root.resolve("progress.json");
    }

    /** Takes the run for this process, and removes what a killed one left half-written here; see {@link FolderLock}. */
    public FolderLock lock() {
        FolderLock lock = FolderLock.acquire(root);
        try {
            AtomicFiles.deleteAbandoned(root);
            AtomicFiles.delete(root.resolve(extractor().getFileName() + AtomicFiles.TEMPORARY_SUFFIX));
            AtomicFiles.delete(root.resolve(remedies().getFileName() + AtomicFiles.TEMPORARY_SUFFIX));
            return lock;
        } catch (AutophageException e) {
            lock.close();
            throw e;
        }
    }

    /** The folder of a seed, whether it exists or not. */
    public SeedFolder seed(long seed) {
        return new SeedFolder(seed, root.resolve("seed-" + seed));
    }

    /** The seed whose folder has this name; empty where it is no seed's. */
    public static OptionalLong seedOf(String name) {
        Matcher seed = SEED_NAME.matcher(name);
        return seed.matches() ? OptionalLong.of(Long.parseLong(seed.group(1))) : OptionalLong.empty();
    }

    /** The folders of all seeds that have begun, by seed; none where no run was begun. */
    public List<SeedFolder> seeds() {
        if (!Files.isDirectory(root)) {
            return List.of();
        }
        try (Stream<Path> contents = Files.list(root)) {
            return contents.map(path -> path.getFileName().toString())
                    .flatMap(name -> seedOf(name).stream().mapToObj(this::seed))
                    .sorted(Comparator.comparingLong(SeedFolder::seed))
                    .toList();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(root, e);
        }
    }
}
