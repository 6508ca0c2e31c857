package org.autophage.run;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.autophage.base.AutophageException;
import org.autophage.base.Crc32;

/**
 * The checksum at the end of a record's line: {@code "checksum":"1a2b3c4d"}, the CRC-32 (as of zlib) of the line without
 * it, as UTF-8, in eight hexadecimal digits. A digit of a figure that was changed by hand or by a disk is noticed by it.
 */
public final class RecordChecksum {
    public static final String KEY = "checksum";

    private static final Pattern SEALED = Pattern.compile("(.*),\"" + KEY + "\":\"([0-9a-f]{8})\"}");

    private RecordChecksum() {}

    /**
     * With its checksum as the last key.
     *
     * @param object the JSON text of an object that has keys
     */
    public static String seal(String object) {
        String open = object.substring(0, object.length() - 1);
        return open + ",\"" + KEY + "\":\"" + Crc32.of(object) + "\"}";
    }

    /**
     * Refuses a line that says one checksum and has another.
     *
     * @param place file and line number, for the message
     * @throws AutophageException with USAGE
     */
    public static void check(String line, String place) {
        Matcher sealed = SEALED.matcher(line);
        if (!sealed.matches()) {
            throw AutophageException.usage(place + " is corrupt: its checksum is not the eight digits at its end");
        }
        String found = Crc32.of(sealed.group(1) + "}");
        if (!found.equals(sealed.group(2))) {
            throw AutophageException.usage(
                    "%s is corrupt: its checksum is %s, and what stands there has %s; put the file back from a copy"
                            .formatted(place, sealed.group(2), found));
        }
    }
}
