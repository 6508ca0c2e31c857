package org.autophage.data.picture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.autophage.base.Sha256;
import org.junit.jupiter.api.Test;

/**
 * Pictures that Pillow 12.3 wrote in every format, read to the values that it reads: pillow-exact.zip has the SHA-256 of
 * what its {@code tobytes()} gave after {@code ImageOps.exif_transpose} and {@code convert("L")} or {@code convert("RGB")}
 * (the upper bytes for 16 bits); lossy WebP, all eight orientations of four formats, palettes, four inks.
 */
class PillowFormatsTest {
    /** Of values from 0 to 255: what Little CMS of the JDK and of Pillow differ by. */
    private static final int MANAGED = 2;

    @Test
    void valuesArePillows() throws IOException, BadPictureException {
        Map<String, byte[]> files = ZippedFixtures.of("pillow-exact.zip");
        List<String> lines = new String(files.remove("hashes.txt"), StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(lines).hasSize(files.size()).hasSizeGreaterThan(50);
        List<String> found = new ArrayList<>();
        for (String line : lines) {
            String name = line.substring(0, line.indexOf(' '));
            byte[] bytes = Objects.requireNonNull(files.get(name));
            Picture picture = Picture.decode(bytes);
            assertThat(Picture.header(bytes))
                    .isEqualTo(new Picture.Header(picture.height(), picture.width(), picture.channels() == 1));
            found.add("%s %d %d %d %s"
                    .formatted(
                            name, picture.height(), picture.width(), picture.channels(), Sha256.of(picture.pixels())));
        }
        assertThat(found).isEqualTo(lines);
    }

    /** Adobe's RGB and a grey profile, by {@code ImageCms.profileToProfile} to Pillow's sRGB; sRGB and nonsense change nothing. */
    @Test
    void profilesAreApplied() throws IOException, BadPictureException {
        Map<String, byte[]> files = ZippedFixtures.of("pillow-managed.zip");
        for (Map.Entry<String, byte[]> file : files.entrySet()) {
            byte[] expected = files.get(file.getKey() + ".raw");
            if (expected == null) {
                continue;
            }
            byte[] found = Picture.decode(file.getValue()).pixels();
            assertThat(found).as(file.getKey()).hasSameSizeAs(expected);
            int most = 0;
            for (int i = 0; i < found.length; i++) {
                most = Math.max(most, Math.abs((found[i] & 0xff) - (expected[i] & 0xff)));
            }
            boolean untouched =
                    file.getKey().startsWith("srgb") || file.getKey().startsWith("broken");
            assertThat(most).as(file.getKey()).isLessThanOrEqualTo(untouched ? 0 : MANAGED);
        }
    }

    /** Whatever is changed or cut, there is a picture or a reason. */
    @Test
    void damageOfAnyKindIsOneReason() throws IOException {
        java.util.Random random = new java.util.Random(1);
        for (Map.Entry<String, byte[]> file :
                ZippedFixtures.of("pillow-exact.zip").entrySet()) {
            if (file.getKey().endsWith(".txt") || file.getKey().startsWith("exif")) {
                continue;
            }
            for (int i = 0; i < 60; i++) {
                byte[] damaged = file.getValue().clone();
                damaged[random.nextInt(i % 2 == 0 ? Math.min(200, damaged.length) : damaged.length)] ^=
                        (byte) (1 << random.nextInt(8));
                if (i % 3 == 0) {
                    damaged = java.util.Arrays.copyOf(damaged, random.nextInt(damaged.length));
                }
                try {
                    Picture picture = Picture.decode(damaged);
                    assertThat(picture.pixels()).hasSize(picture.height() * picture.width() * picture.channels());
                } catch (BadPictureException e) {
                    assertThat(e.reason()).startsWith("it ").doesNotContain("\n");
                }
            }
        }
    }
}
