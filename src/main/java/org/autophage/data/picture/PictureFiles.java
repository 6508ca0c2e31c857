package org.autophage.data.picture;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.autophage.base.AutophageException;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.data.ClassNames;
import org.autophage.data.Images;
import org.jspecify.annotations.Nullable;

/**
 * Images in whatever form {@link PictureSources} opens, with classes from {@link PictureLabels}. They are read in
 * an order that is always the same, a chunk at a time, so that a set may be larger than the memory.
 */
public final class PictureFiles implements AutoCloseable {
    /** Bytes of a chunk: enough to keep all cores decoding, and little beside the smallest heap. */
    private static final int CHUNK_BYTES = 16 << 20;

    private static final int CHUNK_PICTURES = 1024;

    /** Pictures whose bytes are hashed at a time. */
    private static final int HASHED = 1024;

    /** What a person would write to have bad pictures left out. */
    private static final String SKIPPING = "--skip-bad";

    private final PictureSource source;
    private final PictureLabels labels;
    private final @Nullable ImagesSpec like;

    /** With those classes only that there are pictures of. */
    PictureFiles(PictureSource source, LabelKeys labels) {
        this(source, PictureLabels.of(source, labels).withoutGaps(), null);
    }

    private PictureFiles(PictureSource source, PictureLabels labels, @Nullable ImagesSpec like) {
        this.source = source;
        this.labels = labels;
        this.like = like;
    }

    /**
     * Opens whatever {@link PictureSources} knows; looks at names and labels, not into pictures. Classes that are numbers keep them, also where there are
     * no pictures of some, so that sets can be compared class by class.
     *
     * @throws AutophageException (usage) if there is none, or it has no pictures
     */
    public static PictureFiles open(Path place) {
        return open(place, null);
    }

    /**
     * The same for pictures that become images as those of a dataset do: by its crop, size, resize and colour.
     *
     * @param like the dataset; null for pictures as they are
     */
    public static PictureFiles open(Path place, @Nullable ImagesSpec like) {
        return open(place, like, null);
    }

    /**
     * The same.
     *
     * @param column which column, or which part of samples, has the pictures; null where there is one choice
     */
    public static PictureFiles open(Path place, @Nullable ImagesSpec like, @Nullable String column) {
        PictureSource source = PictureSources.open(place, column);
        try {
            return new PictureFiles(source, PictureLabels.of(source, LabelKeys.NONE_GIVEN), like);
        } catch (RuntimeException e) {
            source.close();
            throw e;
        }
    }

    /** A file among the pictures, or in a folder among them, that is called like one of these; empty if there is none. */
    public Optional<String> fileCalled(List<String> fileNames) {
        return fileNames.stream()
                .flatMap(name -> source.filesCalled(name).stream())
                .findFirst();
    }

    /** Number of picture files, good or bad. */
    public int count() {
        return source.names().size();
    }

    /** What the classes are called. */
    public ClassNames classNames() {
        return labels.classNames();
    }

    /** Number of classes; 1 where nothing tells them. */
    public int classes() {
        return labels.classNames().count();
    }

    /** Whether there are no classes, as is usual where nothing looks like them. */
    boolean hasNothingLikeClasses() {
        return classes() == 1
                && labels.classNames().given() == null
                && labels.reason().isEmpty();
    }

    /**
     * What there is to know besides the pictures, a line each: what was passed over, and why there are no classes where
     * there might be.
     *
     * @param withOthers whether pictures of other formats are told; reading tells each where bad files are left out
     */
    public List<String> notes(boolean withOthers) {
        List<String> notes = new ArrayList<>(source.notes(withOthers));
        if (!labels.reason().isEmpty()) {
            notes.add("%s has no classes: %s".formatted(source.root(), labels.reason()));
        }
        notes.addAll(labels.remarks());
        return notes;
    }

    /** The class of each file in their order, good or bad; not to be written to. */
    public int[] labels() {
        return labels.labels();
    }

    /** Identifies the content: SHA-256 over the names and bytes of all files, which are not decoded for it. */
    public String hash() {
        MessageDigest digest = Sha256.digest();
        digest.update(Picture.MANNER.getBytes(StandardCharsets.UTF_8));
        List<String> names = source.names();
        @Nullable String[] contents = new String[HASHED];
        for (int from = 0; from < names.size(); from += HASHED) {
            int first = from;
            int to = Math.min(names.size(), from + HASHED);
            source.read(from, to, (i, content) -> {
                try {
                    contents[i - first] = Sha256.of(content.bytes());
                } catch (BadPictureException unreadable) {
                    contents[i - first] = unreadable.reason();
                }
            });
            for (int i = from; i < to; i++) {
                digest.update(names.get(i).getBytes(StandardCharsets.UTF_8));
                digest.update(String.valueOf(contents[i - from]).getBytes(StandardCharsets.UTF_8));
            }
        }
        String hash = Sha256.hex(digest);
        return like == null ? hash : Sha256.of(hash + " " + like.describeFit());
    }

    /**
     * Reads all pictures, as they are, when they must be of one size, or like a dataset's.
     *
     * @param skipBad whether to leave out files that cannot be read, telling each, instead of stopping at the first
     * @param chunks gets the images, in order
     * @return how many files were left out
     * @throws AutophageException (usage) naming the first file that is bad (unless skipped) or of another size than the
     *     first, or if none is left
     */
    public int read(boolean skipBad, Progress progress, Consumer<Images> chunks) {
        PictureReading reading =
                like == null ? PictureReading.asTheyAre(skipBad, SKIPPING) : like.reading(skipBad, SKIPPING);
        return read(reading, progress, chunks);
    }

    /** Reads all pictures. */
    int read(PictureReading reading, Progress progress, Consumer<Images> chunks) {
        PictureDecoding decoding = PictureDecoding.begin(source, labels, reading, progress);
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
        return decoding.skipped() + (reading.skipBad() ? skipOthers(progress) : 0);
    }

    /** Where bad files are left out, those of other formats are told like them. */
    private int skipOthers(Progress progress) {
        for (String name : source.others()) {
            String reason = PictureNames.otherFormat(name).reason();
            progress.message("skipped: %s: %s".formatted(source.describeBeside(name), reason));
        }
        return source.others().size();
    }

    /**
     * Decodes every picture and keeps none; they may be of any size.
     *
     * @throws AutophageException (usage) if some are bad, each of which is told
     */
    public void check(Progress progress) {
        notes(true).forEach(progress::message);
        AtomicInteger bad = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        try (Progress.Task task = progress.begin("checking " + source.root(), count(), "pictures")) {
            source.read(0, count(), (picture, content) -> {
                try {
                    Picture.decode(content.bytes());
                } catch (BadPictureException e) {
                    bad.incrementAndGet();
                    progress.message("%s: %s".formatted(source.describe(picture), e.reason()));
                }
                task.advanceTo(done.incrementAndGet(), "");
            });
        }
        if (bad.get() > 0) {
            throw AutophageException.usage("%s has %d bad pictures among %d: dataset.skipBad: true would leave them out"
                    .formatted(source.root(), bad.get(), count()));
        }
    }

    /** All images at once, in the heap. */
    public Images readAll(boolean skipBad, Progress progress) {
        List<Images> chunks = new ArrayList<>();
        read(skipBad, progress, chunks::add);
        return chunks.get(0).joined(chunks);
    }

    @Override
    public void close() {
        source.close();
    }
}
