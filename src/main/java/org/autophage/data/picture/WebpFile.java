package org.autophage.data.picture;

import java.io.IOException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.autophage.data.webp.LosslessWebp;
import org.autophage.data.webp.LossyWebp;
import org.jspecify.annotations.Nullable;

/** A WebP file. Transparency is left aside. */
final class WebpFile {
    private static final int ANIMATED = 0x02;
    private static final String LOSSY = "VP8 ";

    private final @Nullable LossyWebp lossy;
    private final @Nullable LosslessWebp lossless;

    private final Picture.Header header;

    private WebpFile(byte[] bytes, WebpChunk pixels) throws IOException {
        if (pixels.type().equals(LOSSY)) {
            lossy = new LossyWebp(bytes, pixels.start(), pixels.end());
            lossless = null;
            header = new Picture.Header(lossy.height(), lossy.width(), false);
        } else {
            lossy = null;
            lossless = new LosslessWebp(bytes, pixels.start(), pixels.end());
            header = new Picture.Header(lossless.height(), lossless.width(), false);
        }
    }

    static WebpFile of(byte[] bytes) throws BadPictureException {
        List<WebpChunk> chunks = WebpChunk.of(bytes);
        if (chunks.stream()
                        .anyMatch(chunk ->
                                chunk.type().startsWith("ANI") || chunk.type().equals("ANMF"))
                || chunks.stream()
                        .anyMatch(chunk -> chunk.type().equals("VP8X")
                                && chunk.end() > chunk.start()
                                && (bytes[chunk.start()] & ANIMATED) != 0)) {
            throw new BadPictureException("it is animated: must be one picture");
        }
        Optional<WebpChunk> pixels = chunks.stream()
                .filter(chunk -> chunk.type().equals(LOSSY) || chunk.type().equals("VP8L"))
                .findFirst();
        if (pixels.isEmpty() || !pixels.get().whole()) {
            throw new BadPictureException("it is truncated");
        }
        try {
            return new WebpFile(bytes, pixels.get());
        } catch (IOException e) {
            throw new BadPictureException("it is corrupt: " + e.getMessage());
        }
    }

    Picture.Header header() {
        return header;
    }

    /** @throws IOException if it is damaged, in words that follow "it is corrupt: " */
    Picture decode() throws IOException {
        byte[] pixels = lossy == null ? Objects.requireNonNull(lossless).decode() : lossy.decode();
        return new Picture(header.height(), header.width(), 3, pixels);
    }
}
