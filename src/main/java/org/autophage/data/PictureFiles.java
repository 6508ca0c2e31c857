package org.autophage.data;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;

/**
 * Images in a folder or a zip of PNG and JPEG files of one size, with classes from {@link PictureLabels}. They are read
 * in alphabetical order, a chunk at a time, so that a set may be larger than the memory.
 */
public final class PictureFiles implements AutoCloseable {
    /** Bytes of a chunk: enough to keep all cores decoding. */
    private static final int CHUNK_BYTES = 64 << 20;

    private static final int CHUNK_PICTURES = 1024;

    private final PictureSource source;
    private final PictureLabels labels;

    private PictureFiles(PictureSource source) {
        this.source = source;
        this.labels = PictureLabels.of(source);
    }

    /**
     * Opens a folder or a zip; looks at names, not into pictures.
     *
     * @throws AutophageException (usage) if there is none, or it has no pictures
     */
    public static PictureFiles open(Path folderOrZip) {
        return new PictureFiles(PictureSource.open(folderOrZip));
    }

    /** Number of picture files, good or bad. */
    public int count() {
        return source.names().size();
    }

    /** Number of classes; 1 where nothing tells them. */
    public int classes() {
        return labels.classes();
    }

    /** The class of each file in their order, good or bad; not to be written to. */
    public int[] labels() {
        return labels.labels();
    }

    /** Identifies the content: SHA-256 over the names and bytes of all files, which are not decoded for it. */
    public String hash() {
        MessageDigest digest = Sha256.digest();
        for (String name : source.names()) {
            digest.update(name.getBytes(StandardCharsets.UTF_8));
            try {
                digest.update(Sha256.of(source.read(name)).getBytes(StandardCharsets.US_ASCII));
            } catch (BadPictureException unreadable) {
                digest.update(unreadable.reason().getBytes(StandardCharsets.UTF_8));
            }
        }
        return Sha256.hex(digest);
    }

    /**
     * Reads all pictures.
     *
     * @param skipBad whether to leave out files that cannot be read, telling each, instead of stopping at the first
     * @param chunks gets the images, in order
     * @return how many files were left out
     * @throws AutophageException (usage) naming the first file that is bad (unless skipped) or of another size than the
     *     first, or if none is left
     */
    public int read(boolean skipBad, Progress progress, Consumer<Images> chunks) {
        PictureDecoding decoding = PictureDecoding.begin(source, labels, skipBad, progress);
        int step = (int) Math.max(1, Math.min(CHUNK_PICTURES, CHUNK_BYTES / decoding.imageBytes()));
        try (Progress.Task task = progress.begin("reading " + source.root(), count(), "pictures")) {
            for (int from = 0; from < count(); from += step) {
                int to = Math.min(count(), from + step);
                Images chunk = decoding.chunk(from, to);
                if (chunk.count() > 0) {
                    chunks.accept(chunk);
                }
                task.advanceTo(to, "");
            }
        }
        return decoding.skipped();
    }

    /** All images at once, for sets that fit into 2 GiB. */
    public Images readAll(boolean skipBad, Progress progress) {
        List<Images> chunks = new ArrayList<>();
        read(skipBad, progress, chunks::add);
        long bytes = chunks.stream().mapToLong(chunk -> chunk.pixels().length).sum();
        if (bytes > Integer.MAX_VALUE - Long.BYTES) {
            throw AutophageException.usage("%s has %d bytes of pixels: more than 2 GiB cannot be held at once"
                    .formatted(source.root(), bytes));
        }
        return chunks.get(0).joined(chunks);
    }

    @Override
    public void close() {
        source.close();
    }
}
