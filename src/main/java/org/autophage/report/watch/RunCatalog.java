package org.autophage.report.watch;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.autophage.base.DiskErrors;
import org.autophage.run.RunFolder;
import org.autophage.run.SweepFolder;

/**
 * All runs of a folder, those of its sweeps among them. One thread sweeps over it again and again; others read what it
 * found. Links that lead out of the folder are not followed.
 */
final class RunCatalog {
    private static final long PUBLISH_NANOS = 250_000_000;

    private final Path root;
    private final WatchedFolder watched;
    private final Map<String, WatchedRun> runs = new ConcurrentHashMap<>();
    private final Map<String, RunSummary> summaries = new ConcurrentHashMap<>();

    /**
     * What changed since the last sweep.
     *
     * @param changed summaries of runs that are new or different
     * @param removed ids of runs that are gone
     */
    record Changes(List<RunSummary> changed, List<String> removed) {
        boolean isEmpty() {
            return changed.isEmpty() && removed.isEmpty();
        }
    }

    /** @param root the folder of all runs, or a run's or a sweep's own */
    RunCatalog(Path root) {
        try {
            this.root = root.toRealPath();
            this.watched = new WatchedFolder(this.root);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(root, e);
        }
    }

    /**
     * Looks at every run once.
     *
     * @param publish gets what changed, in pieces where the sweep takes long, as the first one does
     */
    void sweep(Consumer<Changes> publish) {
        SortedMap<String, RunFolder> found = find();
        List<String> removed =
                runs.keySet().stream().filter(id -> !found.containsKey(id)).toList();
        removed.forEach(runs::remove);
        removed.forEach(summaries::remove);
        List<RunSummary> changed = new ArrayList<>();
        long published = System.nanoTime();
        for (Map.Entry<String, RunFolder> entry : found.entrySet()) {
            WatchedRun run = runs.computeIfAbsent(entry.getKey(), id -> new WatchedRun(id, entry.getValue(), watched));
            RunSummary now = run.look();
            if (!now.equals(summaries.put(entry.getKey(), now))) {
                changed.add(now);
            }
            if (!changed.isEmpty() && System.nanoTime() - published > PUBLISH_NANOS) {
                publish.accept(new Changes(List.copyOf(changed), List.of()));
                changed.clear();
                published = System.nanoTime();
            }
        }
        Changes rest = new Changes(List.copyOf(changed), removed);
        if (!rest.isEmpty()) {
            publish.accept(rest);
        }
    }

    /** What the last sweep found, by id. */
    List<RunSummary> summaries() {
        return List.copyOf(new TreeMap<>(summaries).values());
    }

    WatchedFolder watched() {
        return watched;
    }

    /** The folder of a run that the catalog lists. */
    Optional<RunFolder> run(String id) {
        return Optional.ofNullable(runs.get(id)).map(WatchedRun::folder);
    }

    private SortedMap<String, RunFolder> find() {
        SortedMap<String, RunFolder> found = new TreeMap<>();
        if (new RunFolder(root).exists()) {
            found.put(String.valueOf(root.getFileName()), new RunFolder(root));
            return found;
        }
        runsIn(root).forEach((name, folder) -> {
            if (new RunFolder(folder).exists()) {
                found.put(name, new RunFolder(folder));
            } else if (new SweepFolder(folder).exists()) {
                runsIn(folder).forEach((cell, inner) -> {
                    if (new RunFolder(inner).exists()) {
                        found.put(name + "/" + cell, new RunFolder(inner));
                    }
                });
            }
        });
        return found;
    }

    /** Folders inside a folder, by name; links count where they stay inside the root. */
    private Map<String, Path> runsIn(Path folder) {
        Map<String, Path> inside = new LinkedHashMap<>();
        try (DirectoryStream<Path> contents = Files.newDirectoryStream(folder)) {
            for (Path path : contents) {
                if (Files.isDirectory(path) && (!Files.isSymbolicLink(path) || watched.holds(path))) {
                    inside.put(path.getFileName().toString(), path);
                }
            }
        } catch (IOException | DirectoryIteratorException e) {
            // gone since it was listed, or not ours to read: what else there is can be shown
        }
        return inside;
    }
}
