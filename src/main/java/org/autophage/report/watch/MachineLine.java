package org.autophage.report.watch;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/** How busy the machine is that the page is served from: its processors, and its NVIDIA GPUs where nvidia-smi tells. */
final class MachineLine {
    private static final List<String> COMMAND = List.of(
            "nvidia-smi",
            "--query-gpu=index,name,utilization.gpu,memory.used,memory.total",
            "--format=csv,noheader,nounits");
    private static final long INTERVAL_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final long LIMIT_SECONDS = 3;

    private boolean hasGpu = true;
    private long asked = System.nanoTime() - INTERVAL_NANOS;
    private String line = "";

    /** "2 cores, load 1.9 · GPU 0 NVIDIA H100: 97%, 12.1 of 80.0 GiB"; asked anew at most once in ten seconds. */
    String now() {
        if (System.nanoTime() - asked >= INTERVAL_NANOS) {
            asked = System.nanoTime();
            List<String> parts = new ArrayList<>(List.of(processors()));
            if (hasGpu) {
                parts.addAll(gpus());
            }
            line = String.join(" · ", parts);
        }
        return line;
    }

    private static String processors() {
        var system = ManagementFactory.getOperatingSystemMXBean();
        double load = system.getSystemLoadAverage();
        String cores = system.getAvailableProcessors() + " cores";
        return load < 0 ? cores : cores + String.format(Locale.ROOT, ", load %.1f", load);
    }

    private List<String> gpus() {
        try {
            Process process = new ProcessBuilder(COMMAND)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return List.of();
            }
            String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return text.lines().map(MachineLine::gpu).toList();
        } catch (IOException e) {
            hasGpu = false; // no nvidia-smi here
            return List.of();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return List.of();
        }
    }

    /** A line of nvidia-smi: index, name, percent, MiB used, MiB in all. */
    static String gpu(String csv) {
        String[] cells = csv.split(",\\s*");
        if (cells.length != 5) {
            return "GPU " + csv.strip();
        }
        return "GPU %s %s: %s%%, %s of %s GiB"
                .formatted(cells[0].strip(), cells[1], cells[2], gib(cells[3]), gib(cells[4]));
    }

    private static String gib(String mib) {
        try {
            return String.format(Locale.ROOT, "%.1f", Double.parseDouble(mib.strip()) / 1024);
        } catch (NumberFormatException e) {
            return "?";
        }
    }
}
