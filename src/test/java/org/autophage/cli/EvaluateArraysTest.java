package org.autophage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.IntToDoubleFunction;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.npy.Npz;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Arrays of every type, order and layout, of which each is either the same set or explained in one line. */
class EvaluateArraysTest {
    private static final int COUNT = 12;
    private static final int SIDE = 4;
    private static final int CHANNELS = 3;

    @TempDir
    private Path folder;

    private final byte[] pixels = new byte[COUNT * SIDE * SIDE * CHANNELS];

    @BeforeEach
    void draw() {
        new SplittableRandom(5).nextBytes(pixels);
        pixels[0] = 0;
        pixels[1] = (byte) 255;
    }

    private int pixel(int i) {
        return Byte.toUnsignedInt(pixels[i]);
    }

    /** Where pixel i of NHWC is in an array with the channels first. */
    private static int channelsLast(int i) {
        int area = SIDE * SIDE;
        int image = i / (area * CHANNELS);
        int within = i % (area * CHANNELS);
        return image * area * CHANNELS + within % area * CHANNELS + within / area;
    }

    @ParameterizedTest
    @CsvSource({
        "<f4, 255, 0, false", ">f4, 127.5, -1, true", "<f8, 127.5, -1, false", ">f8, 255, 0, true",
        "<f4, 1, 0, true", ">i4, 1, 0, false", ">u2, 1, 0, true", "<i8, 1, 0, false"
    })
    void imagesOfOtherTypesAreTheSame(String type, double scale, double black, boolean channelsFirst)
            throws IOException {
        Path bytes = write("bytes.npy", "|u1", i -> pixel(i), COUNT, SIDE, SIDE, CHANNELS);
        IntToDoubleFunction value = i -> pixel(channelsFirst ? channelsLast(i) : i) / scale + black;
        int[] shape = channelsFirst ? new int[] {COUNT, CHANNELS, SIDE, SIDE} : new int[] {COUNT, SIDE, SIDE, CHANNELS};
        JsonNode found = json(bytes, write("other.npy", type, value, shape), "--features", "pixels");
        assertThat(found.path("exactCopies").asInt()).isEqualTo(COUNT);
        assertThat(found.path("frechetDistance").asDouble()).isCloseTo(0, within(1e-9));
        assertThat(found.has("notes")).isEqualTo(channelsFirst || scale != 1);
    }

    @Test
    void whatWasDoneIsSaid() throws IOException {
        Path bytes = write("bytes.npy", "|u1", i -> pixel(i), COUNT, SIDE, SIDE, CHANNELS);
        Path other = write("x.npy", "<f4", i -> pixel(channelsLast(i)) / 127.5 - 1, COUNT, CHANNELS, SIDE, SIDE);
        assertThat(json(bytes, other, "--features", "pixels")
                        .path("notes")
                        .path(0)
                        .asString())
                .isEqualTo(other + ", FLOAT32 of shape [12, 3, 4, 4], is read as 12 images of 4x4x3, channels first,"
                        + " values from -1 to 1");
    }

    @ParameterizedTest
    @CsvSource({">f8", ">f4", "<f4", ">i4", "<i2", ">u2", "|u1", "|i1", ">u8", "<i8"})
    void featuresOfOtherTypesAreTheSame(String type) throws IOException {
        SplittableRandom random = new SplittableRandom(1);
        int[] values = random.ints(60, 0, 100).toArray();
        JsonNode found =
                json(write("real.npy", "<f8", i -> values[i], 20, 3), write("fake.npy", type, i -> values[i], 20, 3));
        assertThat(found.path("exactCopies").asInt()).isEqualTo(20);
        assertThat(found.path("fake").path("width").asInt()).isEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "<f8 ~ 12,4,4 ~ 1 ~ FLOAT64 of shape [12, 4, 4]: must be features (N, width)",
                "<f8 ~ 12,4,4 ~ 1 ~ these may be grey images, which are then (12, 4, 4, 1), or features, (12, 16)",
                "<f8 ~ 48     ~ 1 ~ of one feature a sample, (48, 1)",
                "<f8 ~ ''     ~ 1 ~ this is one number",
                "<f8 ~ 0,4    ~ 1 ~ FLOAT64 of shape [0, 4]: it is empty: must be",
                "<f8 ~ 12,0   ~ 1 ~ FLOAT64 of shape [12, 0]: it is empty: must be",
                "|u1 ~ 0,4,4,3~ 1 ~ UINT8 of shape [0, 4, 4, 3]: it is empty: must be",
                "|u1 ~ 12,4,4,4 ~ 1 ~ 4 channels are one too many, such as alpha: must be",
                "|u1 ~ 12,5,5,5 ~ 1 ~ no dimension is one of channels: must be",
                "|u1 ~ 12,3,4,3 ~ 1 ~ its channels may come first or last: must be",
                "|u1 ~ 2,12,4,4,3 ~ 1 ~ UINT8 of shape [2, 12, 4, 4, 3]: must be",
                "<u2 ~ 12,4,4,3 ~ 257 ~ UINT16 of shape [12, 4, 4, 3]: its values are from 0 to 65535: must be",
                "<f4 ~ 12,4,4,3 ~ .01 ~ its values are from 0.0 to 2.55: must be",
                "<f4 ~ 12,4,4,3 ~ -.004 ~ its values are from -1.02 to -0.0: must be",
                "<c8 ~ 12,4   ~ 1 ~ holds values of type <c8: must be one of",
                "<c8 ~ 12,4   ~ 1 ~ these are complex numbers: save real ones",
                "|O~ 12,4   ~ 1 ~ these are Python objects, a pickle, which is a program and is not read",
            })
    void whatIsNotClearIsExplained(String type, String sizes, double scale, String message) throws IOException {
        int[] shape = sizes.isEmpty()
                ? new int[0]
                : List.of(sizes.split(",")).stream().mapToInt(Integer::parseInt).toArray();
        Path real = write("real.npy", "|u1", i -> pixel(i), COUNT, SIDE, SIDE, CHANNELS);
        Path fake = write("fake.npy", type, i -> scale * pixel(i % pixels.length), shape);
        refused(message, real, fake);
    }

    @Test
    void picklesAreRefusedByName() throws IOException {
        Path real = write("real.npy", "<f8", i -> i, 20, 3);
        byte[] pickle = {(byte) 0x80, 4, '.', 0, 0, 0, 0, 0, 0, 0, 0};
        for (String name : List.of("a.pkl", "a.npy", "a.pt", "a.pickle")) {
            refused(
                    name + " is a pickle, which is a program and is not read",
                    real,
                    Files.write(folder.resolve(name), pickle));
        }
    }

    @Test
    void aBatchIsOfPicturesWherePicturesAreNeededAndOfMomentsOtherwise() throws IOException {
        Path batch = folder.resolve("batch.npz");
        Map<String, NpyArray> arrays = new LinkedHashMap<>();
        arrays.put("arr_0", NpyArray.ofBytes(pixels, COUNT, SIDE, SIDE, CHANNELS));
        arrays.put("mu", NpyArray.ofDoubles(new double[2], 2));
        arrays.put("sigma", NpyArray.ofDoubles(new double[] {1, 0, 0, 1}, 2, 2));
        arrays.put("mu_s", NpyArray.ofDoubles(new double[3], 3));
        arrays.put("sigma_s", NpyArray.ofDoubles(new double[9], 3, 3));
        Npz.write(batch, arrays);
        Path pictures = write("pictures.npy", "|u1", i -> pixel(i), COUNT, SIDE, SIDE, CHANNELS);
        JsonNode ofPictures = json(batch, pictures, "--features", "pixels");
        assertThat(ofPictures.path("exactCopies").asInt()).isEqualTo(COUNT);
        assertThat(ofPictures.path("notes").path(0).asString())
                .isEqualTo(batch
                        + " has pictures (arr_0) and their mean and covariance (mu, sigma): the pictures are compared");
        Path features = write("features.npy", "<f8", i -> i % 4 < 2 ? 1 : -1, 40, 2);
        double distance = json(batch, features).path("frechetDistance").asDouble();
        // of the features one direction has twice the variance 40/39, the other none
        assertThat(distance).isCloseTo(2 + 80. / 39 - 2 * Math.sqrt(80. / 39), within(1e-9));
        assertThat(json(batch, features).path("notes").path(0).asString())
                .endsWith("the mean and covariance are compared");
        assertThat(json(batch, batch).path("frechetDistance").asDouble()).isZero();
        assertThat(json(Path.of(batch + ":mu"), features)
                        .path("frechetDistance")
                        .asDouble())
                .isEqualTo(distance);
        assertThat(json(Path.of(batch + ":arr_0"), pictures, "--features", "pixels")
                        .path("exactCopies")
                        .asInt())
                .isEqualTo(COUNT);
    }

    private static JsonNode json(Path real, Path fake, String... more) {
        CommandRun run = CommandRun.of(arguments(real, fake, more));
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        return JsonMapper.shared().readTree(run.out());
    }

    private static void refused(String message, Path real, Path fake) {
        CommandRun run = CommandRun.of(arguments(real, fake, "--features", "pixels"));
        assertThat(run.err().lines())
                .singleElement()
                .asString()
                .contains(fake.toString())
                .contains(message);
        assertThat(run.exitCode()).isEqualTo(2);
    }

    private static String[] arguments(Path real, Path fake, String... more) {
        List<String> all =
                new ArrayList<>(List.of("evaluate", "--json", "--real", real.toString(), "--fake", fake.toString()));
        all.addAll(List.of(more));
        return all.toArray(String[]::new);
    }

    /** As numpy.save writes an array of a type such as &gt;f4. */
    private Path write(String name, String type, IntToDoubleFunction value, int... shape) throws IOException {
        StringBuilder sizes = new StringBuilder();
        int count = 1;
        for (int size : shape) {
            sizes.append(size).append(", ");
            count *= size;
        }
        String header = "{'descr': '%s', 'fortran_order': False, 'shape': (%s), }%n".formatted(type, sizes);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(new byte[] {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y', 1, 0, (byte) header.length(), 0});
        out.writeBytes(header.getBytes(StandardCharsets.US_ASCII));
        int bytes = type.equals("|O") ? 8 : type.charAt(2) - '0';
        ByteBuffer values = ByteBuffer.allocate(count * bytes)
                .order(type.startsWith(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < count; i++) {
            put(values, type.charAt(1) + String.valueOf(bytes), value.applyAsDouble(i));
        }
        out.writeBytes(values.array());
        return Files.write(folder.resolve(name), out.toByteArray());
    }

    private static void put(ByteBuffer values, String type, double value) {
        switch (type) {
            case "f8" -> values.putDouble(value);
            case "f4" -> values.putFloat((float) value);
            case "i4" -> values.putInt((int) value);
            case "i2", "u2" -> values.putShort((short) (int) value);
            case "i1", "u1" -> values.put((byte) (int) value);
            default -> values.putLong((long) value);
        }
    }
}
