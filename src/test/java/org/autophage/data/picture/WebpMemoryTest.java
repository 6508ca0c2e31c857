package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A WebP picture of some hundred bytes that says it has 64 million pixels, in a process that has no memory for them. */
class WebpMemoryTest {
    private static final int SIDE = 8192;

    @TempDir
    private Path folder;

    /** A part of a WebP file, with nothing but zeros behind its header. */
    private static byte[] webp(String part) {
        byte[] header = part.equals("VP8L")
                // the signature, and each side less one in 14 bits
                ? new byte[] {0x2f, (byte) 0xff, (byte) 0xdf, (byte) 0xff, 0x07}
                // a frame that is shown, with 256 bytes of modes; then its signature and sides
                : new byte[] {0x10, 0x20, 0, (byte) 0x9d, 0x01, 0x2a, 0, SIDE >> 8, 0, SIDE >> 8};
        int length = 500;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("RIFF".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {(byte) (length + 12), (byte) (length + 12 >> 8), 0, 0});
        out.writeBytes(("WEBP" + part).getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {(byte) length, (byte) (length >> 8), 0, 0});
        out.writeBytes(header);
        if (part.equals("VP8L")) {
            // no transform, cache or parts; five codes of one symbol each, 0
            out.writeBytes(new byte[] {(byte) 0x88, (byte) 0x88, 0x08});
        }
        out.writeBytes(new byte[length - (out.size() - 20)]);
        return out.toByteArray();
    }

    @ParameterizedTest
    @ValueSource(strings = {"VP8 ", "VP8L"})
    void whatNeedsMoreMemoryThanThereIsIsABadPicture(String part) throws Exception {
        assertThat(Picture.header(webp(part))).isEqualTo(new Picture.Header(SIDE, SIDE, false));
        Path file = Files.write(folder.resolve("x.webp"), webp(part));
        Process child = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Child.class.getName(),
                        file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(child.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(child.waitFor(1, TimeUnit.MINUTES)).isTrue();
        assertThat(said.strip()).isEqualTo("it asks for more memory than there is");
    }

    /** Decodes a file and says why it cannot. */
    static final class Child {
        private Child() {}

        /** @param words the file */
        public static void main(String[] words) throws Exception {
            try {
                System.out.println(Picture.decode(Files.readAllBytes(Path.of(words[0]))));
            } catch (BadPictureException e) {
                System.out.println(e.reason());
            }
        }
    }
}
