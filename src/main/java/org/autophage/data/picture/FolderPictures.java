package org.autophage.data.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.autophage.data.FolderFiles;

/** The pictures in a folder; symbolic links are followed, hidden files do not count. */
final class FolderPictures extends NamedPictures {
    private final List<String> repeatedLinks;

    /** What else lies there and is not read, a line each. */
    private final List<String> besides;

    private FolderPictures(
            Path root, SortedMap<String, String> files, List<String> repeatedLinks, List<String> besides) {
        super(root, files);
        this.repeatedLinks = repeatedLinks;
        this.besides = besides;
    }

    static FolderPictures open(Path root, List<String> besides) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        List<String> repeatedLinks = FolderFiles.visit(root, (name, attributes) -> {
            if (!PictureNames.isHidden(name) && !attributes.isOther()) {
                files.put(name, name);
            }
        });
        return new FolderPictures(root, files, repeatedLinks, besides);
    }

    @Override
    InputStream open(String name) throws IOException {
        return Files.newInputStream(root().resolve(name));
    }

    @Override
    long size(String name) throws IOException {
        return Files.size(root().resolve(name));
    }

    @Override
    NamedPictures with(SortedMap<String, String> part) {
        return new FolderPictures(root(), part, repeatedLinks, besides);
    }

    @Override
    public String describeBeside(String name) {
        return root().resolve(name).toString();
    }

    @Override
    public List<String> notes(boolean withOthers) {
        List<String> notes = new ArrayList<>(super.notes(withOthers));
        notes.addAll(besides);
        if (!repeatedLinks.isEmpty()) {
            notes.add("%s: %d links to folders that were read already are not followed, such as %s"
                    .formatted(root(), repeatedLinks.size(), repeatedLinks.get(0)));
        }
        return notes;
    }

    @Override
    public void close() {
        // nothing is open
    }
}
