package org.autophage.cluster;

import java.io.IOException;
import java.nio.file.Path;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.DiskErrors;
import org.autophage.base.Sha256;

/**
 * What jobs of a sweep are called: by it a process that starts later, on whatever machine of the cluster, finds them again.
 *
 * @param stem the name of the sweep, and a hash of where its folder lies
 */
record SlurmName(String stem) {
    private static final int LONGEST = 60;
    private static final int DIGITS = 10;
    private static final Pattern OTHER = Pattern.compile("[^A-Za-z0-9._-]");
    private static final Pattern OFFSET = Pattern.compile("\\+(\\d{1,9})");

    /** @param folder the sweep's, which exists */
    static SlurmName of(String sweep, Path folder) {
        try {
            String hash = Sha256.of(folder.toRealPath().toString()).substring(0, DIGITS);
            String name = OTHER.matcher(sweep).replaceAll("-");
            return new SlurmName(name.substring(0, Math.min(name.length(), LONGEST)) + "-" + hash);
        } catch (IOException e) {
            throw DiskErrors.cannotRead(folder, e);
        }
    }

    /** The name of an array that counts its tasks from a cell. */
    String from(int offset) {
        return offset == 0 ? stem : stem + "+" + offset;
    }

    /** The cell that an array counts its tasks from; empty where the name is not of this sweep's. */
    OptionalInt offsetOf(String job) {
        if (job.equals(stem)) {
            return OptionalInt.of(0);
        }
        Matcher rest = OFFSET.matcher(job.startsWith(stem) ? job.substring(stem.length()) : "");
        return rest.matches() ? OptionalInt.of(Integer.parseInt(rest.group(1))) : OptionalInt.empty();
    }
}
