package org.autophage.data.picture;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/** Small files that other programs wrote, in a zip beside the tests. */
final class ZippedFixtures {
    private ZippedFixtures() {}

    static Map<String, byte[]> of(String zip) throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (InputStream in = Objects.requireNonNull(ZippedFixtures.class.getResourceAsStream(zip), zip);
                ZipInputStream entries = new ZipInputStream(in)) {
            for (ZipEntry entry = entries.getNextEntry(); entry != null; entry = entries.getNextEntry()) {
                files.put(entry.getName(), entries.readAllBytes());
            }
        }
        return files;
    }
}
