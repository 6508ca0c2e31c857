package org.autophage.data.picture;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;
import org.autophage.data.Images;
import org.jspecify.annotations.Nullable;

/** One pass over the pictures of a source: decodes chunks of them on all cores and brings them to one size and colour. */
final class PictureDecoding {
    /** A picture of the largest size, or any number of smaller ones that have no more pixels, is decoded at a time. */
    private static final int PIXELS_A_PERMIT = 1024;

    private static final int PERMITS = Math.toIntExact(Picture.MOST_PIXELS / PIXELS_A_PERMIT);

    private final Semaphore decoders = new Semaphore(PERMITS, true);
    private final PictureSource source;
    private final PictureLabels labels;
    private final PictureReading reading;
    private final Progress progress;

    /** Of the first good picture, and its name. */
    private final Picture.Header first;

    private final String firstName;
    private final int height;
    private final int width;
    private final int channels;
    private int skipped;

    private PictureDecoding(
            PictureSource source,
            PictureLabels labels,
            PictureReading reading,
            Progress progress,
            Picture.Header first,
            String firstName) {
        this.source = source;
        this.labels = labels;
        this.reading = reading;
        this.progress = progress;
        this.first = first;
        this.firstName = firstName;
        PictureFit fit = reading.fit();
        this.height = fit == null ? first.height() : fit.size();
        this.width = fit == null ? first.width() : fit.size();
        this.channels = switch (reading.colour()) {
            case RGB -> 3;
            case GREY -> 1;
            case AUTO -> first.grey() && allGrey() ? 1 : 3;
        };
    }

    /**
     * Looks for the first good picture, whose size all others must have unless they are brought to one.
     *
     * @throws AutophageException (usage) if it is bad and bad ones are not to be skipped, or if all are
     */
    static PictureDecoding begin(
            PictureSource source, PictureLabels labels, PictureReading reading, Progress progress) {
        for (String name : source.names()) {
            try {
                byte[] bytes = source.read(name);
                Picture.decode(bytes);
                return new PictureDecoding(source, labels, reading, progress, Picture.header(bytes), name);
            } catch (BadPictureException e) {
                if (!reading.skipBad()) {
                    throw bad(source, name, e, reading);
                }
            }
        }
        throw AutophageException.usage("%s has no good picture: all %d are bad"
                .formatted(source.root(), source.names().size()));
    }

    /** Bytes of one image. */
    int imageBytes() {
        return height * width * channels;
    }

    /** How many bad files were left out so far. */
    int skipped() {
        return skipped;
    }

    /** The images of the files from (inclusive) to to (exclusive), without bad ones. */
    Images chunk(int from, int to) {
        byte[] pixels = new byte[Math.multiplyExact(to - from, imageBytes())];
        @Nullable Exception[] failures = new Exception[to - from];
        IntStream.range(from, to).parallel().forEach(i -> {
            try {
                Picture picture = decoded(source.names().get(i));
                System.arraycopy(picture.pixels(), 0, pixels, (i - from) * imageBytes(), imageBytes());
            } catch (BadPictureException | AutophageException e) {
                failures[i - from] = e;
            }
        });
        int[] kept = new int[to - from];
        int count = 0;
        for (int i = 0; i < kept.length; i++) {
            Exception failure = failures[i];
            if (failure == null) {
                kept[count++] = i;
            } else if (failure instanceof BadPictureException bad) {
                skip(source.names().get(from + i), bad);
            } else {
                throw (AutophageException) failure; // here and not above: the first by name, whichever core came first
            }
        }
        int[] chunkLabels = Arrays.copyOfRange(labels.labels(), from, to);
        Images all = new Images(height, width, channels, labels.classNames(), pixels, chunkLabels);
        return count == kept.length ? all : all.select(Arrays.copyOf(kept, count));
    }

    private Picture decoded(String name) throws BadPictureException {
        byte[] bytes = source.read(name);
        Picture.Header header = Picture.header(bytes);
        check(name, header);
        int permits = Math.min(PERMITS, 1 + header.height() * header.width() / PIXELS_A_PERMIT);
        decoders.acquireUninterruptibly(permits);
        try {
            Picture picture = Picture.decode(bytes);
            Picture coloured = channels == 3 ? picture.inColour() : picture.inGrey();
            PictureFit fit = reading.fit();
            return fit == null ? coloured : fit.apply(coloured);
        } finally {
            decoders.release(permits);
        }
    }

    /** A size that does not fit is no bad file: leaving it out would change what is measured without anybody's asking. */
    private void check(String name, Picture.Header header) {
        PictureFit fit = reading.fit();
        if (fit != null) {
            fit.check(source.describe(name), header);
        } else if (header.height() != first.height() || header.width() != first.width()) {
            throw AutophageException.usage("%s is %d x %d pixels where %s is %d x %d: all must be of one size"
                    .formatted(
                            source.describe(name),
                            header.height(),
                            header.width(),
                            firstName,
                            first.height(),
                            first.width()));
        }
    }

    private void skip(String name, BadPictureException e) {
        if (!reading.skipBad()) {
            throw bad(source, name, e, reading);
        }
        skipped++;
        progress.message("skipped: %s: %s".formatted(source.describe(name), e.reason()));
    }

    private static AutophageException bad(
            PictureSource source, String name, BadPictureException e, PictureReading reading) {
        return AutophageException.usage(
                "%s: %s; %s leaves such files out".formatted(source.describe(name), e.reason(), reading.skipping()));
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
