package org.autophage.data.cifar;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.Progress;
import org.autophage.data.Images;
import org.autophage.data.picture.AreaResampling;
import org.autophage.data.store.SourceFingerprint;
import org.autophage.data.store.StoreSource;

/**
 * Batches of CIFAR-10's binary version, to be converted.
 *
 * @param place the folder of the batches, or the .tar.gz that has them
 * @param files which of them, in order
 * @param size rows and columns of an image, at most 32; below, each pixel is the mean over the area it covers
 * @param checksums SHA-256 of each file
 */
record CifarBatches(Path place, List<CifarFile> files, int size, Map<CifarFile, String> checksums)
        implements StoreSource {
    /** Twice what a batch has. */
    private static final int LARGEST = 64_000_000;

    @Override
    public String settings() {
        return "cifar10 %s size %d".formatted(files, size);
    }

    @Override
    public String fingerprint() {
        try {
            return SourceFingerprint.ofFiles(isArchive() ? List.of(place) : paths());
        } catch (IOException e) {
            throw DiskErrors.cannotRead(place, e);
        }
    }

    private boolean isArchive() {
        return !Files.isDirectory(place);
    }

    private List<Path> paths() {
        return files.stream().map(file -> place.resolve(file.fileName())).toList();
    }

    @Override
    public int countAtMost() {
        return files.size() * CifarFile.BATCH_IMAGES;
    }

    @Override
    public int read(Progress progress, Consumer<Images> chunks) {
        try (Progress.Task task = progress.begin("reading " + place, files.size(), "batches")) {
            for (int i = 0; i < files.size(); i++) {
                CifarFile file = files.get(i);
                String where = isArchive()
                        ? place + ":" + file.fileName()
                        : place.resolve(file.fileName()).toString();
                Images images = CifarFile.images(bytes(file), where, checksums.getOrDefault(file, ""));
                chunks.accept(AreaResampling.shrink(images, size));
                task.advanceTo(i + 1, "");
            }
        }
        return 0;
    }

    private byte[] bytes(CifarFile file) {
        try {
            return isArchive() ? unpacked(file) : Files.readAllBytes(place.resolve(file.fileName()));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(isArchive() ? place : place.resolve(file.fileName()), e);
        }
    }

    /** Goes through the archive for each batch: all at once would be 150 MB, and nobody promises their order. */
    private byte[] unpacked(CifarFile file) throws IOException {
        try (InputStream in = new BufferedInputStream(Files.newInputStream(place));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(in, 1 << 16))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
                if (entry.isFile() && name.equals(file.fileName())) {
                    return tar.readNBytes(LARGEST);
                }
            }
        } catch (IOException e) {
            throw AutophageException.usage("%s is truncated or no .tar.gz file: %s".formatted(place, e.getMessage()));
        }
        throw AutophageException.usage(
                "%s has no %s: must be CIFAR-10's binary version".formatted(place, file.fileName()));
    }
}
