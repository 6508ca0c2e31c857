package org.autophage.model.imported;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.run.RunFolder;

/**
 * Samples of another program's loop: a file or folder a generation, with the generation's number in its name, the last one that the name
 * has; for several seeds in folders seed-0, seed-1, … below.
 *
 * @param root the folder
 * @param first number of the first generation
 */
public record ImportedFolder(Path root, int first) {
    private static final Pattern NUMBERED = Pattern.compile("(?:.*\\D)?(\\d{1,9})\\D*");

    /** The seeds that have a folder of their own; seed 0 alone where none has. */
    public List<Long> seeds() {
        List<Long> seeds = new ArrayList<>();
        for (Path each : contents(root)) {
            RunFolder.seedOf(each.getFileName().toString()).ifPresent(seeds::add);
        }
        seeds.sort(null);
        return seeds.isEmpty() ? List.of(0L) : seeds;
    }

    /**
     * What there is of a seed, from generation 1 on without a gap.
     *
     * @throws AutophageException (usage) if there is none, a number comes twice, or one is missing
     */
    public List<Path> generations(long seed) {
        Path own = root.resolve("seed-" + seed);
        Path folder = Files.isDirectory(own) ? own : root;
        if (folder == root && seeds().size() > 1 || folder == root && !seeds().contains(seed)) {
            throw AutophageException.usage("%s has no folder seed-%d: it has seeds %s".formatted(root, seed, seeds()));
        }
        TreeMap<Integer, Path> numbered = new TreeMap<>();
        for (Path each : contents(folder)) {
            Matcher name = NUMBERED.matcher(stem(each));
            if (name.matches() && isOfSamples(each)) {
                int number = Integer.parseInt(name.group(1));
                Path other = numbered.put(number, each);
                if (other != null) {
                    throw AutophageException.usage(
                            "%s and %s are both generation %d: a name has its number, and each its own"
                                    .formatted(other, each, number));
                }
            }
        }
        if (numbered.isEmpty()) {
            throw AutophageException.usage(
                    "%s has no samples: must hold an .npz file, a zip or a folder of pictures a generation, with its number in the name, such as generation-001"
                            .formatted(folder));
        }
        int expected = first;
        for (int number : numbered.keySet()) {
            if (number != expected) {
                throw AutophageException.usage("%s has generation %d where %d comes: %s"
                        .formatted(
                                folder,
                                number,
                                expected,
                                expected == first
                                        ? "model.first says which number is the first, if it is not " + first
                                        : "none may be missing"));
            }
            expected++;
        }
        return List.copyOf(numbered.values());
    }

    private static String stem(Path path) {
        return path.getFileName().toString().replaceFirst("\\.(npz|zip)$", "");
    }

    private static boolean isOfSamples(Path path) {
        return Files.isDirectory(path) || path.getFileName().toString().matches(".*\\.(npz|zip)");
    }

    private static List<Path> contents(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw AutophageException.usage("%s is %s: must be a folder with the samples of every generation"
                    .formatted(folder, Files.exists(folder) ? "a file" : "missing"));
        }
        try (Stream<Path> all = Files.list(folder)) {
            return all.filter(each -> !each.getFileName().toString().startsWith("."))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(folder, e);
        }
    }
}
