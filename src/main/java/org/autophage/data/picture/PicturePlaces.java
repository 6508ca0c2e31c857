package org.autophage.data.picture;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.data.FolderFiles;
import org.autophage.data.store.SourceFingerprint;

/**
 * What a path of a dataset stands for: a file, a folder, or where there is no such file several of one folder, such as
 * {@code shard-{000..009}.tar} or {@code train-*.parquet}.
 */
final class PicturePlaces {
    /** A range of numbers, as shells and WebDataset write it. */
    private static final Pattern RANGE = Pattern.compile("\\{([0-9]{1,9})\\.\\.([0-9]{1,9})}");

    private static final Pattern WILD = Pattern.compile(".*[*?\\[{].*", Pattern.DOTALL);
    private static final int MOST_FILES = 1_000_000;

    private PicturePlaces() {}

    /** Whether a path names several files of one folder. */
    static boolean isPattern(Path place) {
        return !Files.exists(place)
                && WILD.matcher(String.valueOf(place.getFileName())).matches();
    }

    static boolean exists(Path place) {
        return Files.exists(place) || isPattern(place);
    }

    /** What tells whether any of the files has changed. */
    static String fingerprint(Path place) {
        try {
            return isPattern(place) ? SourceFingerprint.ofFiles(matching(place)) : SourceFingerprint.of(place);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(place, e);
        }
    }

    /**
     * The files of a form that a place stands for, in alphabetical order: the file itself, those that are named together, or
     * those in a folder and below.
     *
     * @param form whether a file's name, in small letters, is one of the form
     */
    static List<Path> files(Path place, Predicate<String> form) throws IOException {
        if (Files.isDirectory(place)) {
            List<Path> found = new ArrayList<>();
            FolderFiles.visit(place, (name, attributes) -> {
                if (!PictureNames.isHidden(name) && form.test(name.toLowerCase(Locale.ROOT))) {
                    found.add(place.resolve(name));
                }
            });
            Collections.sort(found);
            return found;
        }
        List<Path> files = isPattern(place) ? matching(place) : List.of(place);
        return files.stream().filter(file -> is(file, form)).toList();
    }

    static boolean is(Path file, Predicate<String> form) {
        return form.test(String.valueOf(file.getFileName()).toLowerCase(Locale.ROOT));
    }

    /** A file of a name with ranges must be there; one that is merely like a pattern need not. */
    private static List<Path> matching(Path place) throws IOException {
        Path folder = Optional.ofNullable(place.getParent()).orElse(Path.of(""));
        String pattern = String.valueOf(place.getFileName());
        List<Path> files = new ArrayList<>();
        for (String name : ranges(pattern)) {
            if (!WILD.matcher(name).matches()) {
                if (!Files.isRegularFile(folder.resolve(name))) {
                    throw AutophageException.usage("%s is missing, one of %s".formatted(folder.resolve(name), place));
                }
                files.add(folder.resolve(name));
                continue;
            }
            try (DirectoryStream<Path> found = Files.newDirectoryStream(folder, name)) {
                found.forEach(file -> {
                    if (Files.isRegularFile(file) && !PictureNames.isHidden(String.valueOf(file.getFileName()))) {
                        files.add(file);
                    }
                });
            } catch (NotDirectoryException | java.nio.file.NoSuchFileException e) {
                throw AutophageException.usage("%s is missing: must be a folder with %s".formatted(folder, pattern));
            } catch (IllegalArgumentException e) {
                throw AutophageException.usage("%s is no pattern of names: %s".formatted(place, e.getMessage()));
            }
        }
        Collections.sort(files);
        if (files.isEmpty()) {
            throw AutophageException.usage("%s is missing: no file is called so".formatted(place));
        }
        return files;
    }

    /** A name with ranges as the names that it stands for. */
    private static List<String> ranges(String pattern) {
        Matcher range = RANGE.matcher(pattern);
        if (!range.find()) {
            return List.of(pattern);
        }
        int from = Integer.parseInt(range.group(1));
        int to = Integer.parseInt(range.group(2));
        if (to < from || to - from >= MOST_FILES) {
            throw AutophageException.usage("%s: a range must go from a number to a larger one, of at most %,d files"
                    .formatted(pattern, MOST_FILES));
        }
        int digits = range.group(1).length();
        List<String> names = new ArrayList<>();
        for (int i = from; i <= to; i++) {
            String number = String.valueOf(i);
            String padded = "0".repeat(Math.max(0, digits - number.length())) + number;
            names.addAll(ranges(pattern.substring(0, range.start()) + padded + pattern.substring(range.end())));
            if (names.size() > MOST_FILES) {
                throw AutophageException.usage("%s stands for more than %,d files".formatted(pattern, MOST_FILES));
            }
        }
        return names;
    }
}
