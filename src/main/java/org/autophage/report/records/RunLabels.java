package org.autophage.report.records;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.Printable;

/** Short names for several runs, no two alike. */
public final class RunLabels {
    private RunLabels() {}

    /**
     * The folders' names; where two are alike, as much of the paths as tells them apart.
     *
     * @throws AutophageException where one folder is given twice
     */
    public static List<String> of(List<Path> folders) {
        List<Path> paths =
                folders.stream().map(path -> path.toAbsolutePath().normalize()).toList();
        for (int i = 0; i < paths.size(); i++) {
            if (paths.indexOf(paths.get(i)) < i) {
                throw AutophageException.usage(folders.get(i) + " is given twice: compare different runs");
            }
        }
        int names = 1;
        List<String> labels = lastNames(paths, names);
        while (new HashSet<>(labels).size() < labels.size()) {
            names++;
            labels = lastNames(paths, names);
        }
        return labels;
    }

    private static List<String> lastNames(List<Path> paths, int names) {
        List<String> labels = new ArrayList<>();
        for (Path path : paths) {
            int count = path.getNameCount();
            labels.add(Printable.of((count == 0 ? path : path.subpath(Math.max(0, count - names), count)).toString()));
        }
        return labels;
    }
}
