package org.autophage.data;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;

/** One pass over the pictures of a source: decodes chunks of them on all cores and sees that they agree. */
final class PictureDecoding {
    private final PictureSource source;
    private final PictureLabels labels;
    private final boolean skipBad;
    private final Progress progress;

    /** Of the first good picture, and its name. */
    private final Picture.Header first;

    private final String firstName;
    private final int channels;
    private int skipped;

    private PictureDecoding(
            PictureSource source,
            PictureLabels labels,
            boolean skipBad,
            Progress progress,
            Picture.Header first,
            String firstName) {
        this.source = source;
        this.labels = labels;
        this.skipBad = skipBad;
        this.progress = progress;
        this.first = first;
        this.firstName = firstName;
        this.channels = first.grey() && allGrey() ? 1 : 3;
    }

    /**
     * Looks for the first good picture, whose size all others must have.
     *
     * @throws AutophageException (usage) if it is bad and bad ones are not to be skipped, or if all are
     */
    static PictureDecoding begin(PictureSource source, PictureLabels labels, boolean skipBad, Progress progress) {
        for (String name : source.names()) {
            try {
                byte[] bytes = source.read(name);
                Picture.decode(bytes);
                return new PictureDecoding(source, labels, skipBad, progress, Picture.header(bytes), name);
            } catch (BadPictureException e) {
                if (!skipBad) {
                    throw bad(source, name, e);
                }
            }
        }
        throw AutophageException.usage("%s has no good picture: all %d are bad"
                .formatted(source.root(), source.names().size()));
    }

    /** Bytes of one image. */
    int imageBytes() {
        return first.height() * first.width() * channels;
    }

    /** How many bad files were left out so far. */
    int skipped() {
        return skipped;
    }

    /** The images of the files from (inclusive) to to (exclusive), without bad ones. */
    Images chunk(int from, int to) {
        Object[] results = new Object[to - from]; // a Picture, or what is wrong with it
        IntStream.range(from, to).parallel().forEach(i -> {
            try {
                results[i - from] = decoded(source.names().get(i));
            } catch (BadPictureException | AutophageException e) {
                results[i - from] = e;
            }
        });
        byte[] pixels = new byte[Math.multiplyExact(results.length, imageBytes())];
        int[] kept = new int[results.length];
        int count = 0;
        for (int i = 0; i < results.length; i++) {
            if (results[i] instanceof Picture picture) {
                System.arraycopy(picture.pixels(), 0, pixels, count * imageBytes(), imageBytes());
                kept[count++] = labels.labels()[from + i];
            } else if (results[i] instanceof AutophageException refused) {
                throw refused; // here and not above: the first by name, whichever core came first
            } else {
                skip(source.names().get(from + i), (BadPictureException) results[i]);
            }
        }
        return new Images(
                first.height(),
                first.width(),
                channels,
                labels.classes(),
                Arrays.copyOf(pixels, count * imageBytes()),
                Arrays.copyOf(kept, count));
    }

    private Picture decoded(String name) throws BadPictureException {
        byte[] bytes = source.read(name);
        Picture.Header header = Picture.header(bytes);
        if (header.height() != first.height() || header.width() != first.width()) {
            // Not a bad file: leaving it out would change what is measured without anybody having asked for it.
            throw AutophageException.usage("%s is %d x %d pixels where %s is %d x %d: all must be of one size"
                    .formatted(
                            source.describe(name),
                            header.height(),
                            header.width(),
                            firstName,
                            first.height(),
                            first.width()));
        }
        Picture picture = Picture.decode(bytes);
        return channels == 3 ? picture.inColour() : picture;
    }

    private void skip(String name, BadPictureException e) {
        if (!skipBad) {
            throw bad(source, name, e);
        }
        skipped++;
        progress.message("skipped: %s: %s".formatted(source.describe(name), e.reason()));
    }

    private static AutophageException bad(PictureSource source, String name, BadPictureException e) {
        return AutophageException.usage(
                "%s: %s; --skip-bad leaves such files out".formatted(source.describe(name), e.reason()));
    }

    /** Whether no file is in colour; headers are read until one is. */
    private boolean allGrey() {
        return source.names().stream().parallel().allMatch(name -> {
            try {
                return Picture.header(source.read(name)).grey();
            } catch (BadPictureException told) {
                return true;
            }
        });
    }
}
