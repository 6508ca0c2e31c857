package org.autophage.export;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.Printable;
import org.autophage.base.Progress;
import org.autophage.data.Points;
import org.autophage.data.SampleKind;
import org.autophage.data.Samples;
import org.autophage.data.Tokens;
import org.autophage.data.picture.PictureWriting;
import org.jspecify.annotations.Nullable;

/** How samples are written; a constant's name in small letters is what a person asks for. */
public enum SampleForm {
    /** A folder of PNG files and {@code dataset.json}, the labels. */
    PNG("", Set.of(SampleKind.IMAGES)) {
        @Override
        void write(Samples samples, Path target, Progress progress) throws IOException {
            PictureWriting.folder(samples.images().orElseThrow(), target, progress);
        }
    },
    /** A folder of one folder of PNG files a class. */
    CLASSES("", Set.of(SampleKind.IMAGES)) {
        @Override
        void write(Samples samples, Path target, Progress progress) throws IOException {
            PictureWriting.folderOfClasses(samples.images().orElseThrow(), target, progress);
        }
    },
    /** A zip of PNG files and {@code dataset.json}, as edm and StyleGAN have them. */
    EDM(".zip", Set.of(SampleKind.IMAGES)) {
        @Override
        void write(Samples samples, Path target, Progress progress) throws IOException {
            PictureWriting.zip(samples.images().orElseThrow(), target, progress);
        }
    },
    /** The arrays of a run's own files of samples. */
    NPZ(".npz", Set.of(SampleKind.values())) {
        @Override
        void write(Samples samples, Path target, Progress progress) {
            samples.write(target);
        }
    },
    /** Points, one a line, under a line of names. */
    CSV(".csv", Set.of(SampleKind.POINTS)) {
        @Override
        void write(Samples samples, Path target, Progress progress) throws IOException {
            writeTable(samples.points().orElseThrow(), target);
        }
    },
    /** Sequences of tokens as text, one a line, those of the first replica. */
    TXT(".txt", Set.of(SampleKind.TOKENS)) {
        @Override
        void write(Samples samples, Path target, Progress progress) throws IOException {
            writeText(samples.tokens().orElseThrow(), target);
        }
    };

    private final String suffix;
    private final Set<SampleKind> kinds;

    /**
     * @param suffix what the names of its files end with; empty where it is a folder
     * @param kinds of samples that can be written so
     */
    SampleForm(String suffix, Set<SampleKind> kinds) {
        this.suffix = suffix;
        this.kinds = kinds;
    }

    /** As a person writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What the names of its files end with; empty where it is a folder. */
    String suffix() {
        return suffix;
    }

    boolean isFolder() {
        return suffix.isEmpty();
    }

    /**
     * Writes samples.
     *
     * @param target a folder that exists and is empty, or a file that does not exist
     */
    abstract void write(Samples samples, Path target, Progress progress) throws IOException;

    /**
     * The form that is meant.
     *
     * @param asked null where the target's name says it, which is a folder where nothing else does
     * @throws AutophageException (usage) if the two say different things
     */
    static SampleForm of(Path target, @Nullable SampleForm asked) {
        String name = String.valueOf(target.getFileName()).toLowerCase(Locale.ROOT);
        Optional<SampleForm> told = Arrays.stream(values())
                .filter(form -> !form.isFolder() && name.endsWith(form.suffix))
                .findFirst();
        SampleForm form = asked == null ? told.orElse(PNG) : asked;
        if (form != told.orElse(form) || !form.isFolder() && told.isEmpty()) {
            throw AutophageException.usage("--out is %s: %s is written into %s"
                    .formatted(
                            target, form, form.isFolder() ? "a folder" : "a file whose name ends in " + form.suffix));
        }
        return form;
    }

    /**
     * Refuses samples that cannot be written so.
     *
     * @throws AutophageException (usage) saying what can
     */
    void check(SampleKind kind) {
        if (!kinds.contains(kind)) {
            throw AutophageException.usage("%s is no form of %s: must be %s"
                    .formatted(
                            this,
                            kind.name().toLowerCase(Locale.ROOT),
                            Arrays.stream(values())
                                    .filter(form -> form.kinds.contains(kind))
                                    .map(form ->
                                            form.isFolder() ? form + ", a folder" : form + ", a file " + form.suffix)
                                    .collect(Collectors.joining("; "))));
        }
    }

    private static void writeTable(Points points, Path file) throws IOException {
        int d = points.dimensions();
        boolean many = points.replicas() > 1;
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            StringBuilder line = new StringBuilder(many ? "replica," : "");
            for (int k = 0; k < d; k++) {
                line.append(k == 0 ? "" : ",").append('x').append(k);
            }
            out.append(line).append('\n');
            double[] values = points.values();
            for (int row = 0; row < values.length / d; row++) {
                Interruptible.proceed();
                line.setLength(0);
                if (many) {
                    line.append(row / points.count()).append(',');
                }
                for (int k = 0; k < d; k++) {
                    line.append(k == 0 ? "" : ",").append(values[row * d + k]);
                }
                out.append(line).append('\n');
            }
        }
    }

    private static void writeText(Tokens tokens, Path file) throws IOException {
        try (BufferedWriter out = Files.newBufferedWriter(file)) {
            for (int i = 0; i < tokens.count(); i++) {
                Interruptible.proceed();
                out.append(Printable.of(tokens.vocabulary().text(tokens.sequence(0, i))))
                        .append('\n');
            }
        }
    }
}
