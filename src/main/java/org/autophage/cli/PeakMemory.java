package org.autophage.cli;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** The most memory that this process had at any time so far. */
final class PeakMemory {
    /** Where Linux keeps a line such as "VmHWM: 123456 kB", the largest resident size. */
    private static final Path STATUS = Path.of("/proc/self/status");

    private static final String RESIDENT = "VmHWM:";

    private PeakMemory() {}

    /** For a person: "heap 31 MB, resident 120 MB"; resident memory includes mapped pages, and Linux alone tells it. */
    static String describe() {
        long heap = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
        String resident = resident();
        return String.format(Locale.ROOT, "heap %.0f MB", heap / 1e6)
                + (resident.isEmpty()
                        ? ""
                        : String.format(Locale.ROOT, ", resident %.0f MB", kilobytes(resident) / 1e3));
    }

    private static String resident() {
        try {
            return Files.exists(STATUS)
                    ? Files.readAllLines(STATUS).stream()
                            .filter(line -> line.startsWith(RESIDENT))
                            .findFirst()
                            .orElse("")
                    : "";
        } catch (IOException e) {
            return "";
        }
    }

    /** A kilobyte of this file is 1,024 bytes. */
    private static double kilobytes(String line) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1.024;
    }
}
