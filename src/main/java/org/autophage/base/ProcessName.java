package org.autophage.base;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A process, as files name it that others read: {@code process 832 on host}.
 *
 * @param id of the process
 * @param host where it runs
 */
public record ProcessName(long id, String host) {
    private static final Pattern TEXT = Pattern.compile("process (\\d{1,18}) on (\\S+)\\s*");

    public static ProcessName ofThis() {
        return new ProcessName(ProcessHandle.current().pid(), thisHost());
    }

    /** The name of the machine that this process runs on. */
    public static String thisHost() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** Reads what {@link #toString} wrote; empty where it is anything else. */
    public static Optional<ProcessName> of(String text) {
        Matcher matcher = TEXT.matcher(text);
        return matcher.matches()
                ? Optional.of(new ProcessName(Long.parseLong(matcher.group(1)), matcher.group(2)))
                : Optional.empty();
    }

    @Override
    public String toString() {
        return "process " + id + " on " + host;
    }
}
