package org.autophage.data.picture;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Pictures that are read in their order only: a part of them is loaded, as many as fit into a few MiB, and then worked on by
 * all cores. Whoever goes on where the last call ended reads nothing twice.
 */
abstract class SequentialPictures implements PictureSource {
    /** Bytes of pictures that are loaded at a time, unless one alone has more. */
    private static final int LOADED = 16 << 20;

    private final Path root;

    SequentialPictures(Path root) {
        this.root = root;
    }

    @Override
    public final Path root() {
        return root;
    }

    /** Takes the next picture's bytes, which may be too many, or null for none; says whether to go on. */
    interface Take {
        boolean picture(int index, byte @Nullable [] bytes);
    }

    /** Hands over pictures from (inclusive) to to (exclusive) in their order until nobody wants more. */
    abstract void load(int from, int to, Take take);

    @SuppressWarnings("ArrayRecordComponent") // handed on at once, compared nowhere
    private record Loaded(int index, byte @Nullable [] bytes) {
        byte[] right() throws BadPictureException {
            if (bytes == null) {
                throw new BadPictureException("its row has no picture");
            }
            return BadPictureException.unlessRight(bytes);
        }
    }

    @Override
    public final void read(int from, int to, Use use) {
        for (int at = from; at < to; ) {
            List<Loaded> loaded = new ArrayList<>();
            long[] sum = new long[1];
            load(at, to, (index, bytes) -> {
                loaded.add(new Loaded(index, bytes));
                sum[0] += bytes == null ? 0 : bytes.length;
                return sum[0] < LOADED;
            });
            at += loaded.size();
            loaded.stream().parallel().forEach(picture -> use.picture(picture.index(), picture::right));
        }
    }
}
