package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.GZIPOutputStream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;

/**
 * Features, moments, archives of pictures, pictures, MNIST's files and stores with bytes changed, more than 500 of them with a fixed
 * seed: read, or refused in one line; no trace, no hang, no exit code outside the contract.
 */
@Tag("slow")
class FuzzedInputsTest {
    private static final int TIMES = 9;
    private static final Duration LIMIT = Duration.ofSeconds(10);

    @TempDir
    Path folder;

    private final Map<String, byte[]> inputs = new LinkedHashMap<>();
    private final SplittableRandom random = new SplittableRandom(20261127);
    private Path features;

    @BeforeEach
    void makeInputs() throws IOException {
        double[] numbers = random.doubles(60 * 8L).toArray();
        NpyArray array = NpyArray.ofDoubles(numbers, 60, 8);
        features = folder.resolve("real.npz");
        Npz.write(features, Map.of("features", array));
        inputs.put("features.npz", Files.readAllBytes(features));
        byte[] npz = Files.readAllBytes(features);
        int begin = indexOf(npz, new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'});
        inputs.put("features.npy", Arrays.copyOfRange(npz, begin, begin + 128 + 60 * 8 * 8));
        inputs.put("pictures.zip", zip());
        byte[] png = picture("png", 3);
        inputs.put("folder/0.png", png);
        inputs.put("folder/1.jpg", picture("jpg", 4));
        inputs.put("mnist/train-images-idx3-ubyte.gz", idx(new int[] {2051, 40, 28, 28}, 40 * 784));
    }

    private static int indexOf(byte[] content, byte[] wanted) {
        for (int i = 0; ; i++) {
            if (Arrays.equals(content, i, i + wanted.length, wanted, 0, wanted.length)) {
                return i;
            }
        }
    }

    private byte[] picture(String format, int seed) throws IOException {
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        SplittableRandom colours = new SplittableRandom(seed);
        for (int i = 0; i < 256; i++) {
            image.setRGB(i % 16, Math.floorDiv(i, 16), colours.nextInt(1 << 24));
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ImageIO.write(image, format, out);
        return out.toByteArray();
    }

    private byte[] zip() throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            StringBuilder labels = new StringBuilder();
            for (int i = 0; i < 20; i++) {
                zip.putNextEntry(new ZipEntry(i + ".png"));
                zip.write(picture("png", i));
                labels.append(labels.isEmpty() ? "" : ",").append("[\"" + i + ".png\"," + i % 2 + "]");
            }
            zip.putNextEntry(new ZipEntry("dataset.json"));
            zip.write(("{\"labels\":[" + labels + "]}").getBytes(StandardCharsets.UTF_8));
        }
        return out.toByteArray();
    }

    private byte[] idx(int[] header, int bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(out)) {
            java.nio.ByteBuffer buffer = java.nio.ByteBuffer.allocate(4 * header.length);
            Arrays.stream(header).forEach(buffer::putInt);
            gzip.write(buffer.array());
            byte[] content = new byte[bytes];
            random.nextBytes(content);
            gzip.write(content);
        }
        return out.toByteArray();
    }

    @Test
    void aFuzzedInputIsReadOrRefusedInOneLine(TestReporter reporter) throws IOException {
        TreeMap<Integer, Integer> exits = new TreeMap<>();
        int tried = 0;
        for (Map.Entry<String, byte[]> input : inputs.entrySet()) {
            for (Damage damage : Damage.values()) {
                for (int i = 0; i < TIMES * (input.getKey().equals("pictures.zip") ? 2 : 1); i++) {
                    byte[] changed = damage.to(input.getValue(), random);
                    Said said = Said.by(LIMIT, command(input.getKey(), changed))
                            .followsTheRules(damage + " of " + input.getKey() + ", number " + i);
                    exits.merge(said.exitCode(), 1, Integer::sum);
                    tried++;
                }
            }
        }
        reporter.publishEntry("exit codes of " + tried + " fuzzed inputs", exits.toString());
        assertThat(tried).isGreaterThanOrEqualTo(500);
        assertThat(exits.keySet()).isSubsetOf(0, 2);
    }

    /** Puts the input where a command looks for it, in a folder of its own. */
    private List<String> command(String name, byte[] content) throws IOException {
        Path place = folder.resolve("place");
        org.autophage.base.AtomicFiles.delete(place);
        Path file = place.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
        if (name.startsWith("features")) {
            return List.of("evaluate", "--real", features.toString(), "--fake", file.toString(), "--neighbours", "3");
        }
        String kind = name.startsWith("mnist") ? "mnist" : "images";
        if (kind.equals("mnist")) {
            Files.write(place.resolve("mnist/train-labels-idx1-ubyte.gz"), idx(new int[] {2049, 40}, 40));
            Files.write(place.resolve("mnist/t10k-images-idx3-ubyte.gz"), idx(new int[] {2051, 20, 28, 28}, 20 * 784));
            Files.write(place.resolve("mnist/t10k-labels-idx1-ubyte.gz"), idx(new int[] {2049, 20}, 20));
        } else if (name.startsWith("folder")) {
            for (int i = 2; i < 12; i++) {
                Files.write(place.resolve("folder").resolve(i + ".png"), inputs.get("folder/0.png"));
            }
        }
        Path source = name.contains("/") ? file.getParent() : file;
        Path spec = Files.writeString(
                place.resolve("spec.yaml"),
                "dataset: {kind: %s, path: %s, size: 16, holdout: 4}%n".formatted(kind, source));
        return List.of("data", "open", spec.toString());
    }
}
