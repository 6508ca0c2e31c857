package org.autophage.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Reads event files without the classes that write them; the checksum is the bitwise definition of CRC-32C (RFC 3720). */
final class EventFiles {
    private EventFiles() {}

    /** The events of a file, whose checksums must be right. */
    static List<byte[]> events(Path file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file)).order(ByteOrder.LITTLE_ENDIAN);
        List<byte[]> events = new ArrayList<>();
        while (bytes.hasRemaining()) {
            byte[] length = new byte[8];
            bytes.get(length);
            assertThat(bytes.getInt()).isEqualTo(masked(length));
            byte[] event = new byte
                    [(int) ByteBuffer.wrap(length)
                            .order(ByteOrder.LITTLE_ENDIAN)
                            .getLong()];
            bytes.get(event);
            assertThat(bytes.getInt()).isEqualTo(masked(event));
            events.add(event);
        }
        return events;
    }

    private static int masked(byte[] bytes) {
        int checksum = ~0;
        for (byte each : bytes) {
            checksum ^= each & 0xff;
            for (int bit = 0; bit < 8; bit++) {
                checksum = (checksum & 1) == 0 ? checksum >>> 1 : checksum >>> 1 ^ 0x82f63b78;
            }
        }
        checksum = ~checksum;
        return (checksum >>> 15 | checksum << 17) + 0xa282ead8;
    }

    /** The values of a field of a message, as bytes: content of texts and messages, little endian numbers. */
    static List<byte[]> field(byte[] message, int wanted) {
        List<byte[]> found = new ArrayList<>();
        int[] at = {0};
        while (at[0] < message.length) {
            long tag = varint(message, at);
            int start = at[0];
            int size =
                    switch ((int) (tag & 7)) {
                        case 0 -> {
                            varint(message, at);
                            yield at[0] - start;
                        }
                        case 1 -> 8;
                        case 2 -> {
                            int length = (int) varint(message, at);
                            start = at[0];
                            yield length;
                        }
                        case 5 -> 4;
                        default -> throw new AssertionError("no such encoding: " + (tag & 7));
                    };
            at[0] = start + size;
            if (tag >>> 3 == wanted) {
                found.add(Arrays.copyOfRange(message, start, start + size));
            }
        }
        return found;
    }

    /** The value of an integer field. */
    static long number(byte[] message, int field) {
        return varint(field(message, field).get(0), new int[] {0});
    }

    private static long varint(byte[] bytes, int[] at) {
        long value = 0;
        for (int shift = 0; ; shift += 7) {
            byte next = bytes[at[0]++];
            value |= (long) (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
    }
}
