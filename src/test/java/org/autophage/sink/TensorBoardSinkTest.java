package org.autophage.sink;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.autophage.base.OddFiles;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class TensorBoardSinkTest {
    @TempDir
    private Path folder;

    private SeedFixture fixture;

    @BeforeEach
    void makeRun() {
        fixture = new SeedFixture(folder.resolve("tiny"));
    }

    /** What a file says of numbers, one a line: tag, step, value. */
    private List<String> scalars() throws IOException {
        List<String> scalars = new ArrayList<>();
        List<byte[]> events = EventFiles.events(eventFile());
        assertThat(EventFiles.field(events.get(0), 3).get(0))
                .isEqualTo("brain.Event:2".getBytes(StandardCharsets.UTF_8));
        for (byte[] event : events.subList(1, events.size())) {
            long step = EventFiles.number(event, 2);
            byte[] summary = EventFiles.field(event, 5).get(0);
            for (byte[] value : EventFiles.field(summary, 1)) {
                String tag = new String(EventFiles.field(value, 1).get(0), StandardCharsets.UTF_8);
                List<byte[]> number = EventFiles.field(value, 2);
                scalars.add(tag + " " + step
                        + (number.isEmpty()
                                ? " picture"
                                : " "
                                        + ByteBuffer.wrap(number.get(0))
                                                .order(ByteOrder.LITTLE_ENDIAN)
                                                .getFloat()));
            }
        }
        return scalars;
    }

    private Path eventFile() throws IOException {
        try (Stream<Path> files = Files.list(fixture.seed.path().resolve("tensorboard"))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith("events.out.tfevents."))
                    .toList();
            assertThat(found).hasSize(1);
            return found.get(0);
        }
    }

    @Test
    void recordsCurvesAndGridsAreInTheFile() throws IOException {
        new TensorBoardSink().catchUp(fixture.grow().grow().seed);
        assertThat(scalars())
                .contains("metrics/recall 1 1.0", "metrics/recall 2 0.5", "metrics/vendiScore.fake 2 3.5")
                .contains("trainingSet/synthetic 2 100.0", "seconds/train 1 2.0", "samples 1 picture")
                .contains("training/loss 10 1.01", "training/loss 40 1.04", "training/loss 50 2.01")
                .contains("training/gradientNorm 80 0.5")
                .noneMatch(line -> line.contains("learningRate") || line.contains("features"))
                .noneMatch(line -> line.contains("standardError") || line.contains("expected"));
    }

    /** Whatever a killed process left half-written, every step is in the file once. */
    @Test
    void noStepComesTwice() throws IOException {
        new TensorBoardSink().catchUp(fixture.grow().grow().seed);
        // killed while it wrote generation 3
        Files.write(eventFile(), new byte[] {1, 2, 3}, StandardOpenOption.APPEND);
        new TensorBoardSink().catchUp(fixture.grow().seed);
        new TensorBoardSink().catchUp(fixture.seed);
        List<String> scalars = scalars();
        assertThat(scalars).doesNotHaveDuplicates();
        assertThat(scalars.stream().filter(line -> line.startsWith("metrics/recall")))
                .hasSize(3);
        assertThat(scalars.stream().filter(line -> line.startsWith("training/loss")))
                .hasSize(12);
        assertThat(scalars).contains("training/loss 120 3.04");
    }

    @Test
    void aFileThatIsGoneIsMadeAgain() throws IOException {
        new TensorBoardSink().catchUp(fixture.grow().seed);
        List<String> before = scalars();
        Files.delete(eventFile());
        new TensorBoardSink().catchUp(fixture.seed);
        assertThat(scalars()).isEqualTo(before);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "[]",
                "text",
                "{\"file\":\"events",
                "{}",
                "",
                "{\"file\":null,\"bytes\":10,\"generation\":1,\"steps\":40}",
                "{\"file\":\"../generations.jsonl\",\"bytes\":10,\"generation\":1,\"steps\":40}",
                "{\"file\":\"FILE\",\"bytes\":\"10\",\"generation\":1,\"steps\":40}",
                "{\"file\":\"FILE\",\"bytes\":-10,\"generation\":1,\"steps\":40}",
                "{\"file\":\"FILE\",\"bytes\":0,\"generation\":1,\"steps\":40}",
                "{\"file\":\"FILE\",\"bytes\":10,\"generation\":-1,\"steps\":40}",
                "{\"file\":\"FILE\",\"bytes\":10,\"generation\":1,\"steps\":null}",
                "{\"file\":\"FILE\",\"bytes\":10,\"generation\":9,\"steps\":40}",
                "{\"file\":[],\"bytes\":{},\"generation\":1e99,\"steps\":true}"
            })
    void aPositionThatIsNoneIsMadeAgain(String position) throws IOException {
        new TensorBoardSink().catchUp(fixture.grow().seed);
        Path file = fixture.seed.path().resolve("tensorboard/position.json");
        Files.writeString(
                file, position.replace("FILE", eventFile().getFileName().toString()));
        new TensorBoardSink().catchUp(fixture.grow().seed);
        List<String> scalars = scalars();
        assertThat(scalars)
                .doesNotHaveDuplicates()
                .contains("metrics/recall 1 1.0", "metrics/recall 2 0.5", "training/loss 80 2.04");
        String healed = Files.readString(file);
        new TensorBoardSink().catchUp(fixture.seed);
        assertThat(Files.readString(file)).isEqualTo(healed);
    }

    @ParameterizedTest
    @EnumSource
    void whatIsNoFileIsMadeAgain(OddFiles odd) throws IOException {
        new TensorBoardSink().catchUp(fixture.grow().seed);
        odd.putInPlaceOf(fixture.seed.path().resolve("tensorboard/position.json"));
        new TensorBoardSink().catchUp(fixture.grow().seed);
        assertThat(scalars()).contains("metrics/recall 1 1.0", "metrics/recall 2 0.5");
    }

    @Test
    void namesAreLettersAndDigits() {
        assertThat(Scalars.name("metrics/\u001b[31mrecall\n\u202e")).isEqualTo("metrics/__31mrecall__");
        assertThat(Scalars.name("training/lossÉ-2.x y")).isEqualTo("training/lossÉ-2.x y");
    }

    /** Every event file that TensorFlow ever wrote begins with these bytes, the length 24 and its checksum. */
    @Test
    void framesAreThoseOfTensorFlow() {
        byte[] framed = TensorBoardEvent.fileVersion(0).framed();
        assertThat(framed)
                .hasSize(8 + 4 + 24 + 4)
                .startsWith(0x18, 0, 0, 0, 0, 0, 0, 0, 0xa3, 0x7f, 0x4b, 0x22, 0x09)
                .endsWith(0xee, 0xdf, 0x28, 0xa3);
    }

    @Test
    void tensorBoardReadsIt() throws Exception {
        Assumptions.assumeTrue(pythonHasTensorBoard(), "python3 with tensorboard is not here: skipped");
        fixture.grow().grow();
        Files.writeString(fixture.seed.generation(2).page(), "a dog sleeps .\nthe é\n");
        new TensorBoardSink().catchUp(fixture.seed);
        new TensorBoardSink().catchUp(fixture.grow().seed);
        Process python = new ProcessBuilder(
                        "python3",
                        "-c",
                        """
                        import sys
                        from tensorboard.backend.event_processing.event_accumulator import EventAccumulator
                        events = EventAccumulator(sys.argv[1], size_guidance={"scalars": 0, "images": 0}).Reload()
                        for tag in events.Tags()["scalars"]:
                            print(tag, *(f"{e.step}={e.value:g}" for e in events.Scalars(tag)))
                        for image in events.Images("samples"):
                            print("image", image.step, image.width, image.height, image.encoded_image_string[1:4])
                        for text in events.Tensors("samples"):
                            print("text", text.step, ascii(text.tensor_proto.string_val[0].decode()))
                        print("plugin", events.SummaryMetadata("samples").plugin_data.plugin_name)
                        """,
                        fixture.seed.path().resolve("tensorboard").toString())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        String output = new String(python.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(python.waitFor(2, TimeUnit.MINUTES)).isTrue();
        assertThat(output.lines())
                .contains("metrics/recall 1=1 2=0.5 3=0.333333", "metrics/vendiScore.fake 1=3.5 2=3.5 3=3.5")
                .contains("training/loss 10=1.01 20=1.02 30=1.03 40=1.04 50=2.01 60=2.02 70=2.03 80=2.04"
                        + " 90=3.01 100=3.02 110=3.03 120=3.04")
                .contains("image 1 30 20 b'PNG'", "image 3 30 20 b'PNG'")
                .contains("text 2 '    a dog sleeps .\\n    the \\xe9'", "plugin text");
    }

    private static boolean pythonHasTensorBoard() throws InterruptedException {
        try {
            return new ProcessBuilder("python3", "-c", "import tensorboard.backend.event_processing.event_accumulator")
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }
}
