package org.autophage.metrics.features;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.base.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is kept is found again under the same content and extractor only, and a file that is not whole is not believed. */
class FeatureCacheTest {
    private static final Features FEATURES = Features.ofRows(2, new float[] {1, 2, 3, 4, 5, 6});

    @TempDir
    private Path folder;

    @Test
    void isFoundAgain() {
        PixelFeatures extractor = new PixelFeatures();
        FeatureCache cache = FeatureCache.in(folder);
        assertThat(cache.get("a", extractor, Progress.SILENT)).isEmpty();
        cache.put("a", extractor, FEATURES, Progress.SILENT);
        assertThat(cache.get("a", extractor, Progress.SILENT))
                .hasValueSatisfying(found -> assertThat(found.toFloats()).containsExactly(1, 2, 3, 4, 5, 6));
        assertThat(cache.get("b", extractor, Progress.SILENT)).isEmpty();
    }

    @Test
    void aTruncatedFileIsNotBelieved() throws IOException {
        PixelFeatures extractor = new PixelFeatures();
        FeatureCache cache = FeatureCache.in(folder);
        cache.put("a", extractor, FEATURES, Progress.SILENT);
        Path file = files().get(0);
        byte[] bytes = Files.readAllBytes(file);
        bytes[bytes.length / 3] ^= 1;
        Files.write(file, bytes);
        assertThat(cache.get("a", extractor, Progress.SILENT)).isEmpty();
    }

    @Test
    void aDiskThatRefusesDoesNotStopTheWork() throws IOException {
        Path inTheWay = Files.writeString(folder.resolve("file"), "");
        FeatureCache.in(inTheWay).put("a", new PixelFeatures(), FEATURES, Progress.SILENT);
        FeatureCache.NONE.put("a", new PixelFeatures(), FEATURES, Progress.SILENT);
        assertThat(FeatureCache.NONE.get("a", new PixelFeatures(), Progress.SILENT))
                .isEmpty();
    }

    private List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(folder.resolve("features"))) {
            return files.toList();
        }
    }
}
