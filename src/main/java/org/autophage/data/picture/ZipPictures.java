package org.autophage.data.picture;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.autophage.base.AutophageException;
import org.autophage.data.npy.ZipFiles;

/**
 * The pictures in a zip, of which nothing is ever unpacked onto the disk. Backslashes in its names, as some tools of
 * Windows write them, are slashes.
 */
final class ZipPictures extends NamedPictures {
    private final ZipFile zip;

    private ZipPictures(Path root, ZipFile zip, SortedMap<String, String> files) {
        super(root, files);
        this.zip = zip;
    }

    static ZipPictures open(Path root) throws IOException {
        ZipFile zip = ZipFiles.open(root, "zip");
        try {
            SortedMap<String, String> files = new TreeMap<>();
            for (ZipEntry entry : Collections.list(zip.entries())) {
                String name = PictureNames.plain(entry.getName());
                if (entry.isDirectory() || PictureNames.isHidden(name)) {
                    continue;
                }
                if (files.put(name, entry.getName()) != null) {
                    throw AutophageException.usage(
                            "%s has two entries of the name %s: each must have its own".formatted(root, name));
                }
            }
            return new ZipPictures(root, zip, files);
        } catch (RuntimeException e) {
            zip.close();
            throw e;
        }
    }

    @Override
    InputStream open(String ownName) throws IOException {
        return zip.getInputStream(zip.getEntry(ownName));
    }

    @Override
    long size(String ownName) {
        return zip.getEntry(ownName).getSize();
    }

    @Override
    NamedPictures with(SortedMap<String, String> part) {
        return new ZipPictures(root(), zip, part);
    }

    @Override
    public String describeBeside(String name) {
        return root() + ":" + name;
    }

    @Override
    public void close() {
        try {
            zip.close();
        } catch (IOException readOnly) {
            // nothing of it is needed any more
        }
    }
}
