package org.autophage.data.picture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.data.FolderFiles;
import org.jspecify.annotations.Nullable;

/** Finds out in which form pictures lie: a folder, a zip, tars, Parquet files. */
public final class PictureSources {
    /** What a dataset's path may be, in words for messages. */
    public static final String PLACES =
            "a folder or a zip of pictures, a .tar or a .parquet file, or a folder or pattern of these";

    private static final String ZIP = ".zip";

    /**
     * A form of several files, each with many pictures.
     *
     * @param what it is, for messages
     * @param isNamedSo whether a file's name, in small letters, is one of it
     * @param opener opens files of it
     */
    private record Archives(String what, Predicate<String> isNamedSo, Opener opener) {}

    private interface Opener {
        PictureSource open(Path root, List<Path> files, @Nullable String pictureColumn);
    }

    /** They are asked in this order. */
    private static final List<Archives> ARCHIVES = List.of(
            new Archives("tars", TarPictures::isNamedSo, TarPictures::new),
            new Archives("Parquet files", ParquetPictures::isNamedSo, ParquetPictures::new));

    private PictureSources() {}

    /** Whether a name on the command line is one of pictures, which may be several files. */
    public static boolean isOne(Path place) {
        return Files.isDirectory(place)
                || PicturePlaces.isPattern(place)
                || PicturePlaces.is(place, name -> name.endsWith(ZIP))
                || ARCHIVES.stream().anyMatch(archives -> PicturePlaces.is(place, archives.isNamedSo()));
    }

    /** The same, and it is there. */
    public static boolean exists(Path place) {
        return PicturePlaces.exists(place);
    }

    /** The same where there is one choice of pictures. */
    public static PictureSource open(Path place) {
        return open(place, null);
    }

    /**
     * Opens whatever there is.
     *
     * @param pictureColumn which column, or which part of samples, has the pictures; null where there is one choice
     * @throws AutophageException (usage) if there is nothing, or it has no pictures
     */
    static PictureSource open(Path place, @Nullable String pictureColumn) {
        if (!PicturePlaces.exists(place)) {
            throw missing(place);
        }
        try {
            List<Archives> found = new ArrayList<>();
            for (Archives archives : ARCHIVES) {
                if (!PicturePlaces.files(place, archives.isNamedSo()).isEmpty()) {
                    found.add(archives);
                }
            }
            if (Files.isDirectory(place) && hasPictures(place)) {
                return FolderPictures.open(place, besides(place, found));
            }
            if (found.size() > 1) {
                throw AutophageException.usage("%s has %s: must have one kind, or dataset.path must name the files"
                        .formatted(place, found.stream().map(Archives::what).collect(Collectors.joining(" and "))));
            }
            if (found.size() == 1) {
                Archives archives = found.get(0);
                return archives.opener().open(place, PicturePlaces.files(place, archives.isNamedSo()), pictureColumn);
            }
            if (PicturePlaces.isPattern(place)) {
                throw AutophageException.usage(
                        "%s stands for files that are neither tars nor Parquet files".formatted(place));
            }
            return Files.isDirectory(place) ? FolderPictures.open(place, List.of()) : ZipPictures.open(place);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(place, e);
        }
    }

    /** What lies beside pictures is not read, and told. */
    private static List<String> besides(Path place, List<Archives> found) throws IOException {
        List<String> notes = new ArrayList<>();
        for (Archives archives : found) {
            List<Path> files = PicturePlaces.files(place, archives.isNamedSo());
            notes.add("%s has pictures, and %d %s besides, left out, such as %s: dataset.path must name them to be read"
                    .formatted(
                            place, files.size(), archives.what(), files.get(0).getFileName()));
        }
        return notes;
    }

    private static boolean hasPictures(Path place) throws IOException {
        boolean[] any = new boolean[1];
        FolderFiles.visit(place, (name, attributes) -> {
            if (!PictureNames.isHidden(name) && !attributes.isOther() && PictureNames.isReadable(name)) {
                any[0] = true;
            }
        });
        return any[0];
    }

    static AutophageException missing(Path root) {
        return AutophageException.usage("%s is missing: must be %s".formatted(root, PLACES));
    }
}
