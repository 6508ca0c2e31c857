package org.autophage.export;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.Interruptible;
import org.autophage.base.PlainFiles;
import org.autophage.base.Work;
import org.autophage.data.SampleKind;
import org.autophage.data.Samples;
import org.jspecify.annotations.Nullable;

/**
 * Where samples go, and in which form: a place where nothing is yet, which is there whole afterwards, or not at all.
 *
 * @param path a file, or a folder
 * @param form how they are written
 */
public record ExportTarget(Path path, SampleForm form) {
    /**
     * A target as a person writes it.
     *
     * @param asked null where the name of the path says it
     * @throws AutophageException (usage) if something is there already, or the name does not fit the form
     */
    public static ExportTarget of(Path path, @Nullable SampleForm asked) {
        SampleForm form = SampleForm.of(path, asked);
        requireFree(path);
        return new ExportTarget(path, form);
    }

    /**
     * A folder that is to hold any number of targets.
     *
     * @param path the folder
     * @param asked the form of each; null for folders of PNG files
     * @throws AutophageException (usage) if something is there already, or it is called like a file
     */
    public static ExportTarget folderOfAll(Path path, @Nullable SampleForm asked) {
        SampleForm.of(path, SampleForm.PNG); // whose target is a folder too
        requireFree(path);
        return new ExportTarget(path, asked == null ? SampleForm.PNG : asked);
    }

    /** Refuses a path where there is something already; an empty folder is nothing. */
    private static void requireFree(Path path) {
        if (PlainFiles.isThere(path) && !isEmptyFolder(path)) {
            throw AutophageException.usage(
                    "--out is %s, which is there already: give another name, or delete it first".formatted(path));
        }
        AtomicFiles.deleteAbandoned(path.toAbsolutePath().getParent());
    }

    private static boolean isEmptyFolder(Path path) {
        if (!Files.isDirectory(path)) {
            return false;
        }
        try (Stream<Path> contents = Files.list(path)) {
            return contents.findAny().isEmpty();
        } catch (IOException e) {
            throw DiskErrors.cannotRead(path, e);
        }
    }

    /** Refuses samples that cannot be written in this form. */
    void check(SampleKind kind) {
        form.check(kind);
    }

    /** Writes samples, whole or not at all; what has come there since it was free is not touched. */
    void write(Samples samples, Work work) {
        AtomicFiles.Filler filler = temporary -> Interruptible.until(work.stop(), () -> {
            fill(samples, temporary, work);
            return samples;
        });
        if (form.isFolder()) {
            AtomicFiles.writeNewFolder(path, filler);
        } else {
            AtomicFiles.writeNew(path, filler);
        }
    }

    private void fill(Samples samples, Path temporary, Work work) {
        try {
            form.write(samples, temporary, work.progress());
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(path, e);
        }
    }
}
