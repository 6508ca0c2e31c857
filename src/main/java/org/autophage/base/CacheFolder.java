package org.autophage.base;

import java.nio.file.Path;

/** Where this user's caches lie: what costs minutes to make and can always be made again. */
public final class CacheFolder {
    /** The environment variable that names another folder. */
    public static final String VARIABLE = "AUTOPHAGE_CACHE";

    private CacheFolder() {}

    /** {@code $AUTOPHAGE_CACHE}, or autophage in {@code $XDG_CACHE_HOME}, or {@code ~/.cache/autophage}. */
    public static Path standard() {
        String own = System.getenv(VARIABLE);
        if (own != null && !own.isBlank()) {
            return Path.of(own);
        }
        String xdg = System.getenv("XDG_CACHE_HOME");
        Path caches = xdg != null && !xdg.isBlank() ? Path.of(xdg) : Path.of(System.getProperty("user.home"), ".cache");
        return caches.resolve("autophage");
    }
}
