package org.autophage.data.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;

/** Pictures that can be opened by their names at any time, in alphabetical order; folders below count too. */
abstract class NamedPictures implements PictureSource {
    private final Path root;

    /** All files that are not hidden, by their names as {@link #names} has them; the form's own names of them. */
    private final SortedMap<String, String> files;

    private final List<String> names;
    private final List<String> others;

    NamedPictures(Path root, SortedMap<String, String> files) {
        this.root = root;
        this.files = files;
        this.names = PictureNames.readable(files.keySet());
        this.others = PictureNames.others(files.keySet());
        if (names.isEmpty()) {
            throw none();
        }
    }

    private AutophageException none() {
        return AutophageException.usage(
                others.isEmpty()
                        ? "%s has no pictures: must hold %s files, alone or in one folder a class, or archives of them"
                                .formatted(root, PictureNames.FORMATS)
                        : "%s has no %s pictures, only %s: convert them"
                                .formatted(root, PictureNames.FORMATS, PictureNames.describe(others)));
    }

    /** Opens a file by its own name. */
    abstract InputStream open(String ownName) throws IOException;

    /** Bytes of a file; what an archive says of it need not be true. */
    abstract long size(String ownName) throws IOException;

    /**
     * The part of it that is below a folder of some name, at any depth.
     *
     * @throws AutophageException (usage) if no picture is
     */
    final NamedPictures below(String folder) {
        SortedMap<String, String> part = new TreeMap<>(files);
        part.keySet().removeIf(name -> !("/" + name).contains("/" + folder + "/"));
        if (PictureNames.readable(part.keySet()).isEmpty()) {
            throw AutophageException.usage("%s has no pictures in a folder %s".formatted(root, folder));
        }
        return with(part);
    }

    /** The same with some of its files. */
    abstract NamedPictures with(SortedMap<String, String> part);

    @Override
    public final Path root() {
        return root;
    }

    @Override
    public final List<String> names() {
        return names;
    }

    @Override
    public final List<String> others() {
        return others;
    }

    @Override
    public List<String> notes(boolean withOthers) {
        List<String> notes = new ArrayList<>();
        if (withOthers && !others.isEmpty()) {
            notes.add(PictureNames.leftOut(root, others));
        }
        return notes;
    }

    @Override
    public final String describe(int picture) {
        return describeBeside(names.get(picture));
    }

    @Override
    public final List<String> filesCalled(String fileName) {
        return files.keySet().stream()
                .filter(name -> name.equals(fileName) || name.endsWith("/" + fileName))
                .toList();
    }

    @Override
    public final byte[] readBeside(String name) throws IOException {
        byte[] bytes = bounded(name);
        if (bytes.length > LARGEST) {
            throw AutophageException.usage("%s has more than %d bytes".formatted(describeBeside(name), LARGEST));
        }
        return bytes;
    }

    @Override
    public final void read(int from, int to, Use use) {
        IntStream.range(from, to).parallel().forEach(i -> use.picture(i, () -> read(names.get(i))));
    }

    private byte[] read(String name) throws BadPictureException {
        try {
            if (size(ownName(name)) > LARGEST) {
                throw BadPictureException.tooLarge();
            }
            return BadPictureException.unlessRight(bounded(name));
        } catch (NoSuchFileException e) {
            throw new BadPictureException("it is a link to a file that is not there");
        } catch (IOException e) {
            throw new BadPictureException("it cannot be read: " + e.getMessage());
        }
    }

    private String ownName(String name) {
        return Objects.requireNonNull(files.get(name), name);
    }

    private byte[] bounded(String name) throws IOException {
        try (InputStream stream = open(ownName(name))) {
            return stream.readNBytes(LARGEST + 1);
        }
    }
}
