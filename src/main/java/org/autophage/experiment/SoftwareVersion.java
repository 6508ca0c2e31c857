package org.autophage.experiment;

import org.jspecify.annotations.Nullable;

/** The version of this program. */
public final class SoftwareVersion {
    private SoftwareVersion() {}

    /** The version that the build wrote into the jar, or "development" outside a jar. */
    public static String current() {
        @Nullable String version = SoftwareVersion.class.getPackage().getImplementationVersion();
        return version == null ? "development" : version;
    }
}
