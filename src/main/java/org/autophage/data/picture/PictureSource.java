package org.autophage.data.picture;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Pictures in files of some form, in an order that is always the same: their names, and their bytes in passes. What can be
 * read from its beginning only, such as a packed archive, is a source too, so that nothing is asked for twice that could be
 * asked for once.
 */
public interface PictureSource extends AutoCloseable {
    /** Largest picture file, bytes: what unpacks to more is a mistake or an attack. */
    int LARGEST = 64 << 20;

    /** The bytes of a picture. */
    interface Content {
        /** @throws BadPictureException if they cannot be read, are none, or too many */
        byte[] bytes() throws BadPictureException;
    }

    /** Takes pictures, on several threads at once. */
    interface Use {
        void picture(int index, Content content);
    }

    /** The file or folder that was named. */
    Path root();

    /** Names of the pictures in their order; at least one. */
    List<String> names();

    /** Where a picture is, for messages. */
    String describe(int picture);

    /** Hands out the pictures from (inclusive) to to (exclusive), in any order; returns when all are done with. */
    void read(int from, int to, Use use);

    /** Names of the pictures of other formats, which cannot be read, in alphabetical order. */
    default List<String> others() {
        return List.of();
    }

    /**
     * What has been passed over, a line each.
     *
     * @param withOthers whether pictures of other formats are told
     */
    List<String> notes(boolean withOthers);

    /**
     * Classes that the form has a place for; empty if it has none, or nothing is there.
     *
     * @param keys what a person said of labels
     */
    default Optional<PictureLabels> ownLabels(LabelKeys keys) {
        return Optional.empty();
    }

    /** Names of all files that are called so, in whatever folder, in alphabetical order. */
    default List<String> filesCalled(String fileName) {
        return List.of();
    }

    /**
     * Where a file that is not read as a picture is, for messages.
     *
     * @param name one of {@link #others} or {@link #filesCalled}
     */
    default String describeBeside(String name) {
        throw new IllegalArgumentException(name);
    }

    /**
     * The bytes of a file that is not a picture, such as a list of labels.
     *
     * @param name one of {@link #filesCalled}
     * @throws org.autophage.base.AutophageException (usage) if it has too many
     */
    default byte[] readBeside(String name) throws IOException {
        throw new IllegalArgumentException(name);
    }

    @Override
    void close();

    /** One picture's bytes, for those who need them at once. */
    default byte[] bytes(int picture) throws BadPictureException {
        byte[][] found = new byte[1][];
        BadPictureException[] failure = new BadPictureException[1];
        read(picture, picture + 1, (index, content) -> {
            try {
                found[0] = content.bytes();
            } catch (BadPictureException e) {
                failure[0] = e;
            }
        });
        if (failure[0] != null) {
            throw failure[0];
        }
        return found[0];
    }
}
