package org.autophage.data.catalog;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.autophage.base.AutophageException;
import org.autophage.base.DiskErrors;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.data.DatasetDownload;
import org.autophage.data.DatasetFolders;

/**
 * The Inception network of 2015 as TorchScript, as stylegan2-ada, edm and clean-fid use it: the one whose 2,048 features
 * give the number that is called FID. It lies beside the datasets.
 */
public final class InceptionFile {
    /** What {@code ./autophage data fetch} calls it. */
    public static final String KIND = "inception";

    private static final String NAME = "inception-2015-12-05.pt";
    private static final String SHA256 = "f58cb9b6ec323ed63459aa4fb441fe750cfe39fafad6da5cb504a16f19e958f4";
    private static final long BYTES = 95_607_719;
    private static final List<URI> MIRRORS =
            List.of(URI.create("https://nvlabs-fi-cdn.nvidia.com/stylegan2-ada-pytorch/pretrained/metrics/"));

    private InceptionFile() {}

    /**
     * Where it lies on this machine.
     *
     * @throws AutophageException (usage) saying how to get it if it is not there, or is not it
     */
    public static Path find() {
        Path file = place(DatasetFolders.root());
        if (!Files.isRegularFile(file)) {
            throw AutophageException.usage(
                    "features inception need %s: `./autophage data fetch %s` gets it".formatted(file, KIND));
        }
        if (!is(file)) {
            throw AutophageException.usage("%s is not the network of that name (its SHA-256 differs):".formatted(file)
                    + " `./autophage data fetch %s` gets it again".formatted(KIND));
        }
        return file;
    }

    /** Whether a file is this network, by content. */
    public static boolean is(Path file) {
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == BYTES
                    && Sha256.of(file).equals(SHA256);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(file, e);
        }
    }

    static Path fetch(Path root, Progress progress) {
        Path file = place(root);
        if (!is(file)) {
            try (Progress.Task task = progress.begin("fetching " + NAME, BYTES, "bytes")) {
                new DatasetDownload(MIRRORS, DatasetDownload.Packing.NONE, DatasetDownload.PATIENCE)
                        .fetch(file, SHA256, bytes -> task.advanceTo(bytes, ""));
            }
        }
        return file;
    }

    static Path place(Path root) {
        return root.resolve(KIND).resolve(NAME);
    }
}
