package org.autophage.data.picture;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.Progress;
import org.autophage.data.Images;
import org.jspecify.annotations.Nullable;

/** One pass over the pictures of a source: decodes chunks of them on all cores and brings them to one size and colour. */
final class PictureDecoding {
    /** A picture of the largest size, or any number of smaller ones that have no more pixels, is decoded at a time. */
    private static final int PIXELS_A_PERMIT = 1024;

    /** Pictures whose headers are looked at before it is asked again whether one is in colour. */
    private static final int HEADERS = 512;

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
        for (int i = 0; i < source.names().size(); i++) {
            Interruptible.proceed();
            try {
                checkLabel(labels, i);
                byte[] bytes = source.bytes(i);
                Picture.decode(bytes);
                return new PictureDecoding(
                        source,
                        labels,
                        reading,
                        progress,
                        Picture.header(bytes),
                        source.names().get(i));
            } catch (BadPictureException e) {
                if (!reading.skipBad()) {
                    throw bad(source, i, e, reading);
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
        source.read(from, to, (i, content) -> {
            try {
                checkLabel(labels, i);
                Picture picture = decoded(i, content.bytes());
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
                skip(from + i, bad);
            } else {
                throw (AutophageException) failure; // here and not above: the first by name, whichever core came first
            }
        }
        int[] chunkLabels = Arrays.copyOfRange(labels.labels(), from, to);
        Images all = new Images(height, width, channels, labels.classNames(), pixels, chunkLabels);
        return count == kept.length ? all : all.select(Arrays.copyOf(kept, count));
    }

    /** A picture without a class, where others have one, is as bad as one that cannot be read. */
    private static void checkLabel(PictureLabels labels, int picture) throws BadPictureException {
        String reason = labels.bad().get(picture);
        if (reason != null) {
            throw new BadPictureException(reason);
        }
    }

    private Picture decoded(int index, byte[] bytes) throws BadPictureException {
        Picture.Header header = Picture.header(bytes);
        check(index, header);
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
    private void check(int index, Picture.Header header) {
        PictureFit fit = reading.fit();
        if (fit != null) {
            fit.check(source.describe(index), header);
        } else if (header.height() != first.height() || header.width() != first.width()) {
            throw AutophageException.usage("%s is %d x %d pixels where %s is %d x %d: all must be of one size"
                    .formatted(
                            source.describe(index),
                            header.height(),
                            header.width(),
                            firstName,
                            first.height(),
                            first.width()));
        }
    }

    private void skip(int index, BadPictureException e) {
        if (!reading.skipBad()) {
            throw bad(source, index, e, reading);
        }
        skipped++;
        progress.message("skipped: %s: %s".formatted(source.describe(index), e.reason()));
    }

    private static AutophageException bad(
            PictureSource source, int index, BadPictureException e, PictureReading reading) {
        return AutophageException.usage(
                "%s: %s; %s leaves such files out".formatted(source.describe(index), e.reason(), reading.skipping()));
    }

    /** Whether no file is in colour; headers are read until one is. */
    private boolean allGrey() {
        AtomicBoolean colour = new AtomicBoolean();
        int count = source.names().size();
        for (int from = 0; from < count && !colour.get(); from += HEADERS) {
            Interruptible.proceed();
            source.read(from, Math.min(count, from + HEADERS), (i, content) -> {
                try {
                    if (!colour.get() && !Picture.header(content.bytes()).grey()) {
                        colour.set(true);
                    }
                } catch (BadPictureException toldLater) {
                    // no colour is known of it
                }
            });
        }
        return !colour.get();
    }
}
