package org.autophage.metrics.features;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.autophage.base.AutophageException;
import org.autophage.base.CacheFolder;
import org.autophage.base.Progress;
import org.autophage.base.Sha256;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.jspecify.annotations.Nullable;

/**
 * Features that were extracted before, one .npz file each in {@code features} of the cache folder. Its name is the hash of
 * all that determines them: the images' content, the extractor (whose name has its weights' hash) and the preprocessing.
 */
public final class FeatureCache {
    private static final String ARRAY = "features";
    private static final int KEY_DIGITS = 32;

    /** Keeps nothing and has nothing. */
    public static final FeatureCache NONE = new FeatureCache(null);

    private final @Nullable Path folder;

    private FeatureCache(@Nullable Path folder) {
        this.folder = folder;
    }

    /** The cache of this user, see {@link CacheFolder}. */
    public static FeatureCache standard() {
        return in(CacheFolder.standard());
    }

    /** A cache in a folder, which is made when something is put there. */
    public static FeatureCache in(Path folder) {
        return new FeatureCache(folder.resolve("features"));
    }

    /** The features of a content, if they are there and whole. */
    public Optional<Features> get(String content, FeatureExtractor extractor, Progress progress) {
        Path file = file(content, extractor);
        if (file == null || !Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(Npz.read(file, ARRAY, array -> Features.ofRows(array.shape()[1], array.floats())));
        } catch (AutophageException e) {
            progress.message("cached features are extracted again: " + e.getMessage());
            return Optional.empty();
        }
    }

    /** Keeps features; a disk that refuses is told and nothing more, since the features are at hand. */
    public void put(String content, FeatureExtractor extractor, Features features, Progress progress) {
        Path file = file(content, extractor);
        if (file == null) {
            return;
        }
        try {
            Npz.write(file, Map.of(ARRAY, NpyArray.ofFloats(features.toFloats(), features.count(), features.width())));
        } catch (AutophageException e) {
            progress.message("features are not cached: " + e.getMessage());
        }
    }

    private @Nullable Path file(String content, FeatureExtractor extractor) {
        String key = Sha256.of("%s|%s|%s".formatted(content, extractor.name(), extractor.preprocessing()));
        return folder == null ? null : folder.resolve(key.substring(0, KEY_DIGITS) + ".npz");
    }
}
