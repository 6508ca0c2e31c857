package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class Crc32Test {
    /** The check value of CRC-32/ISO-HDLC, and Python's {@code zlib.crc32('ü'.encode())}. */
    @Test
    void theChecksumIsZlibs() {
        assertThat(Crc32.of("123456789")).isEqualTo("cbf43926");
        assertThat(Crc32.of("")).isEqualTo("00000000");
        assertThat(Crc32.of("ü")).isEqualTo("63d969d5");
        assertThat(Crc32.of(Stream.of(
                        ByteBuffer.wrap(new byte[] {'1', '2', '3', '4'}),
                        ByteBuffer.wrap("56789".getBytes(java.nio.charset.StandardCharsets.UTF_8)))))
                .isEqualTo("cbf43926");
    }
}
