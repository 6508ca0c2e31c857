package org.autophage.metrics.features;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Trust;
import org.autophage.base.Work;
import org.autophage.data.Images;
import org.autophage.metrics.FeatureChoice;
import org.autophage.metrics.classifier.ClassifierCache;
import org.autophage.program.OnCpu;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * TorchScript files of others. {@code flagged.pt} was written by PyTorch 2.13's {@code torch.jit.script}: a convolution of 4
 * channels, rectified and averaged, which {@code forward(img, use_fp16=False, return_features=False,
 * no_output_bias=True)} gives when asked for features; the expected numbers are what PyTorch gave for the same images,
 * resized by {@code interpolate(antialias=True)}. {@code weights.pt} is its state dictionary by {@code torch.save}.
 */
class ScriptFeaturesTest extends OnCpu {

    private static final Work TRUSTING = Work.UNATTENDED.trusting(Trust.ALL);

    @TempDir
    private Path folder;

    private Path network = Path.of("");

    @BeforeEach
    void copyNetwork() throws IOException {
        network = resource("flagged.pt");
    }

    @Test
    void rawImagesGiveWhatPyTorchGives() {
        expect(
                "range=255",
                pattern(3),
                3.6627891063690186,
                0,
                23.241682052612305,
                10.265850067138672,
                9.004510879516602,
                7.393563747406006,
                54.26525115966797,
                5.672280311584473);
    }

    @Test
    void resizedAndNormalizedImagesGiveWhatPyTorchGives() {
        expect(
                "size=4 mean=imagenet std=imagenet",
                pattern(3),
                0,
                0,
                0,
                0.6266018152236938,
                0,
                0.015289710834622383,
                0.04557260125875473,
                0.30579063296318054);
        expect(
                "size=9 resize=bilinear",
                pattern(3),
                0.14659574627876282,
                0,
                0.16724301874637604,
                0.1778557002544403,
                0.16482017934322357,
                0.04197381064295769,
                0.2440175563097,
                0.1293007731437683);
    }

    @Test
    void greyImagesAreSeenInThreeChannels() {
        expect(
                "range=1",
                pattern(1),
                0.1441984921693802,
                0.0004407097876537591,
                0.10370765626430511,
                0.1305895298719406,
                0.15930798649787903,
                0,
                0.17545610666275024,
                0.1110609769821167);
    }

    @Test
    void moreImagesThanAChunkKeepTheirOrder() {
        Images images =
                pattern(3).select(new int[150]).joined(List.of(pattern(3).select(new int[150]), pattern(3)));
        try (FeatureExtractor extractor = extractor("range=255")) {
            Features features = extractor.features(images);
            assertThat(features.count()).isEqualTo(152);
            assertThat(features.value(149, 0)).isCloseTo(3.6627891, within(1e-5));
            assertThat(features.value(151, 0)).isCloseTo(9.0045108, within(1e-5));
        }
    }

    @Test
    void theNameHasTheFilesHash() {
        try (FeatureExtractor extractor = extractor("size=4")) {
            assertThat(extractor.name()).matches("flagged@[0-9a-f]{12}");
            assertThat(extractor.preprocessing()).isEqualTo("RGB 4x4 bicubic in [0, 1]");
        }
    }

    @Test
    void whatIsNoTorchScriptIsRefused() throws IOException {
        byte[] good = Files.readAllBytes(network);
        refused(
                resource("weights.pt"),
                "it holds tensors but no program, as torch.save writes; torch.jit.save writes both");
        refused(write("empty.pt", new byte[0]), "it is no zip (zip file is empty)");
        refused(write("text.pt", "text".getBytes(StandardCharsets.UTF_8)), "it is no zip (");
        refused(write("half.pt", Arrays.copyOf(good, good.length / 2)), "it is no zip (");
        Path zip = folder.resolve("zip.pt");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(zip))) {
            out.putNextEntry(new ZipEntry("notes.txt"));
        }
        refused(zip, "it has no data.pkl");
        refused(withUnknownOp(network), "libtorch ");
    }

    @Test
    void imagesThatANetworkCannotTakeAreNamed() {
        try (FeatureExtractor extractor = extractor("size=2")) {
            assertThatThrownBy(() -> extractor.features(pattern(3)))
                    .isInstanceOf(AutophageException.class)
                    .hasMessageStartingWith(network + " cannot take images of shape (2, 3, 2, 2): ")
                    .extracting(e -> ((AutophageException) e).exitCode())
                    .isEqualTo(ExitCode.USAGE);
        }
    }

    @Test
    void wrongOptionsAreRefused() {
        wrongOption("size=0", "option size of features is '0': must be pixels from 1 to 4096");
        wrongOption("resize=nearest", "option resize of features is 'nearest': must be bilinear or bicubic");
        wrongOption("range=2", "option range of features is '2': must be 1 or 255, the value of white");
        wrongOption(
                "mean=1,2",
                "option mean of features is '1,2': must be imagenet, clip or three numbers such as 0.5,0.5,0.5");
        wrongOption(
                "std=1,0,1",
                "option std of features is '1,0,1': must be imagenet, clip or three numbers such as 0.5,0.5,0.5 above 0");
        wrongOption("crop=3", "there is no option 'crop' of features: must be size, resize, range, mean or std");
    }

    private void wrongOption(String option, String message) {
        assertThatThrownBy(() -> FeatureChoice.parse("--features", network + " " + option))
                .hasMessage(message);
    }

    private void refused(Path file, String reason) {
        assertThatThrownBy(() -> open(FeatureChoice.parse("--features", file.toString())))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(file + " is no TorchScript file: " + reason)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    @Test
    void aRunsNetworkMustNotChange() throws IOException {
        FeatureChoice choice = FeatureChoice.parse("metrics.features", network + " range=255");
        Path run = Files.createDirectory(folder.resolve("extractor"));
        choice.checkUnchanged(run);
        String was;
        try (FeatureExtractor extractor = open(choice)) {
            extractor.save(run);
            was = extractor.name().substring("flagged@".length());
        }
        choice.checkUnchanged(run);
        FeatureChoice.parse("metrics.features", "pixels").checkUnchanged(run);
        Files.write(network, new byte[] {1, 2, 3});
        // sha256sum of the three bytes
        String message = "%s has changed: its SHA-256 begins with 039058c6f2c0, that of the network in %s with %s;"
                .formatted(network, run.resolve("features.txt"), was);
        assertThatThrownBy(() -> choice.checkUnchanged(run))
                .isInstanceOf(AutophageException.class)
                .hasMessageStartingWith(message)
                .extracting(e -> ((AutophageException) e).exitCode())
                .isEqualTo(ExitCode.USAGE);
    }

    private void expect(String options, Images images, double... expected) {
        try (FeatureExtractor extractor = extractor(options)) {
            Features features = extractor.features(images);
            assertThat(features.width()).isEqualTo(4);
            for (int i = 0; i < expected.length; i++) {
                assertThat(features.value(i / 4, i % 4)).isCloseTo(expected[i], within(1e-6 * (1 + expected[i])));
            }
        }
    }

    private FeatureExtractor extractor(String options) {
        return open(FeatureChoice.parse("--features", network + " " + options));
    }

    private FeatureExtractor open(FeatureChoice choice) {
        return choice.open(device, null, ClassifierCache.in(folder), TRUSTING);
    }

    /** Two images of 5 x 7 pixels. */
    private static Images pattern(int channels) {
        byte[] pixels = new byte[2 * 5 * 7 * channels];
        int at = 0;
        for (int n = 0; n < 2; n++) {
            for (int y = 0; y < 5; y++) {
                for (int x = 0; x < 7; x++) {
                    for (int c = 0; c < channels; c++) {
                        pixels[at++] = (byte) (37 * n + 11 * y + 5 * x + 83 * c);
                    }
                }
            }
        }
        return new Images(5, 7, channels, 1, pixels, new int[2]);
    }

    /** The same archive with an op in its text that no libtorch has. */
    private Path withUnknownOp(Path script) throws IOException {
        Path changed = folder.resolve("changed.pt");
        try (ZipFile in = new ZipFile(script.toFile());
                ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(changed))) {
            for (ZipEntry entry : Collections.list(in.entries())) {
                String content = new String(in.getInputStream(entry).readAllBytes(), StandardCharsets.ISO_8859_1);
                out.putNextEntry(new ZipEntry(entry.getName()));
                out.write(content.replace("torch.relu", "torch.nope").getBytes(StandardCharsets.ISO_8859_1));
            }
        }
        return changed;
    }

    private Path resource(String name) throws IOException {
        try (InputStream in = Objects.requireNonNull(ScriptFeaturesTest.class.getResourceAsStream(name))) {
            return write(name, in.readAllBytes());
        }
    }

    private Path write(String name, byte[] content) throws IOException {
        return Files.write(folder.resolve(name), content);
    }
}
