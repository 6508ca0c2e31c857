package org.autophage.data;

import java.io.File;
import java.io.IOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/**
 * All files below a folder. Symbolic links are followed, but every folder is looked into once, by its own name rather than
 * by a link's, so that links in circles end and no file counts twice. A link to a file that is not there is a file too: whoever
 * reads it will say so.
 */
public final class FolderFiles {
    /** What is told of a file. */
    public interface Use {
        /** @param name path below the root, with slashes */
        void file(String name, BasicFileAttributes attributes);
    }

    private final Path root;
    private final Use use;
    private final Set<Path> visited = new HashSet<>();
    private final List<String> repeated = new ArrayList<>();

    /** Links to folders that are still to be looked into, by name. */
    private TreeMap<String, Path> links = new TreeMap<>();

    private FolderFiles(Path root, Use use) {
        this.root = root;
        this.use = use;
    }

    /**
     * Goes through all files, in no particular order; one look a file.
     *
     * @return names of links to folders that had been looked into by then, and were not again; in an order that is always
     *     the same
     */
    public static List<String> visit(Path root, Use use) throws IOException {
        FolderFiles files = new FolderFiles(root, use);
        files.visitAll();
        return files.repeated;
    }

    private void visitAll() throws IOException {
        walk("", root);
        while (!links.isEmpty()) {
            TreeMap<String, Path> round = links;
            links = new TreeMap<>();
            for (var link : round.entrySet()) {
                if (visited.contains(link.getValue())) {
                    repeated.add(link.getKey());
                } else {
                    walk(link.getKey() + "/", link.getValue());
                }
            }
        }
    }

    /** @param prefix of the names of what is in the folder */
    private void walk(String prefix, Path folder) throws IOException {
        Path real = folder.toRealPath();
        int start = real.toString().length() + (real.getNameCount() == 0 ? 0 : 1);
        Files.walkFileTree(real, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return visited.add(directory) ? FileVisitResult.CONTINUE : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = prefix + file.toString().substring(start).replace(File.separatorChar, '/');
                if (attributes.isSymbolicLink()) {
                    follow(name, file, attributes);
                } else {
                    use.file(name, attributes);
                }
                return FileVisitResult.CONTINUE;
            }
        });
    }

    private void follow(String name, Path link, BasicFileAttributes ofLink) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(link, BasicFileAttributes.class);
            if (attributes.isDirectory()) {
                links.put(name, link.toRealPath());
            } else {
                use.file(name, attributes);
            }
        } catch (IOException leadsNowhere) {
            use.file(name, ofLink);
        }
    }
}
