package org.autophage.sink;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.DiskErrors;
import org.autophage.base.ExitCode;
import org.autophage.base.PlainFiles;
import org.autophage.base.Progress;
import org.autophage.measure.Metrics;
import org.autophage.run.GenerationFolder;
import org.autophage.run.GenerationRecord;
import org.autophage.run.RunFolder;
import org.autophage.run.SeedFolder;
import org.autophage.run.TrainingCurve;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * TensorBoard's event file of every seed, one that all sessions append to:
 *
 * <pre>
 * seed-0/tensorboard/events.out.tfevents.…   records by generation, grids, and training curves by steps since generation 1
 * seed-0/tensorboard/position.json           how far it is known to be whole
 * </pre>
 *
 * What a killed process wrote beyond the position is cut off and written again, so no step comes twice. All of it can be
 * made again from the seed's folder; where position or file are missing or make no sense, it is.
 */
final class TensorBoardSink implements Sink {
    /** In every name of an event file. */
    private static final String PREFIX = "events.out.tfevents.";

    private static final Pattern NAME = Pattern.compile(Pattern.quote(PREFIX) + "\\d{1,19}\\.autophage");

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * How far an event file is whole.
     *
     * @param file its name
     * @param bytes its length
     * @param generation the last one in it
     * @param steps training steps of all generations in it
     */
    private record Position(String file, long bytes, int generation, long steps) {}

    static final class Opening implements Opener<Boolean> {
        @Override
        public Sink open(Boolean asked, RunFolder run, Progress progress) {
            return new TensorBoardSink();
        }
    }

    @Override
    public void catchUp(SeedFolder seed) {
        List<GenerationRecord> records = seed.records();
        Path folder = seed.path().resolve("tensorboard");
        Path positionFile = folder.resolve("position.json");
        Position position = read(positionFile)
                .filter(found -> found.generation() <= records.size() && isThere(folder, found))
                .orElse(null);
        if (position != null && position.generation() == records.size() || records.isEmpty()) {
            return;
        }
        if (position == null) {
            AtomicFiles.delete(folder);
            AtomicFiles.makeFolder(folder);
            position = new Position(PREFIX + Instant.now().getEpochSecond() + ".autophage", 0, 0, 0);
        }
        Path file = folder.resolve(position.file());
        try {
            write(positionFile, append(file, position, records, seed));
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(file, e);
        }
    }

    @Override
    public void end(ExitCode outcome) {
        // every file is whole after catchUp
    }

    private static Position append(Path file, Position from, List<GenerationRecord> records, SeedFolder seed)
            throws IOException {
        long steps = from.steps();
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
            channel.truncate(from.bytes());
            channel.position(from.bytes());
            if (from.bytes() == 0) {
                put(channel, TensorBoardEvent.fileVersion(Instant.now().toEpochMilli() / 1e3));
            }
            for (GenerationRecord record : records.subList(from.generation(), records.size())) {
                steps += put(channel, record, seed.generation(record.generation()), steps);
            }
            channel.force(false);
            return new Position(from.file(), channel.position(), records.size(), steps);
        }
    }

    /** Writes all events of a generation and returns its number of training steps. */
    private static long put(FileChannel channel, GenerationRecord record, GenerationFolder files, long stepsBefore)
            throws IOException {
        double finished = files.finishedMillis() / 1e3;
        long steps = 0;
        Optional<TrainingCurve> curve = TrainingCurve.read(files.training());
        if (curve.isPresent()) {
            double trained = finished - record.seconds(Metrics.METRIC_SECONDS) - record.seconds(Metrics.SAMPLE_SECONDS);
            steps = put(channel, curve.get(), stepsBefore, trained, record.seconds(Metrics.TRAIN_SECONDS));
        }
        Optional<byte[]> grid = PlainFiles.bytes(files.grid());
        if (grid.isPresent()) {
            put(channel, TensorBoardEvent.image(finished, record.generation(), "samples", grid.get()));
        }
        Optional<byte[]> page = PlainFiles.bytes(files.page());
        if (page.isPresent()) {
            String lines = new String(page.get(), StandardCharsets.UTF_8);
            put(channel, TensorBoardEvent.text(finished, record.generation(), "samples", lines));
        }
        put(channel, TensorBoardEvent.scalars(finished, record.generation(), Scalars.of(record)));
        return steps;
    }

    /** Writes a training curve, its times spread over the time that the training took. */
    private static long put(FileChannel channel, TrainingCurve curve, long stepsBefore, double end, double seconds)
            throws IOException {
        long last = curve.lastStep();
        for (double[] row : curve.rows()) {
            Map<String, Double> scalars = new LinkedHashMap<>();
            curve.figures()
                    .forEach(figure -> scalars.put(Scalars.name("training/" + figure), curve.value(row, figure)));
            long step = curve.step(row);
            double time = end - seconds * (last - step) / Math.max(last, 1);
            put(channel, TensorBoardEvent.scalars(time, stepsBefore + step, scalars));
        }
        return last;
    }

    private static void put(FileChannel channel, TensorBoardEvent event) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(event.framed());
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    private static boolean isThere(Path folder, Position position) {
        try {
            Path file = folder.resolve(position.file());
            boolean begun = position.bytes() > 0 == position.generation() > 0;
            return begun && Files.isRegularFile(file) && Files.size(file) >= position.bytes();
        } catch (IOException e) {
            return false;
        }
    }

    /** Empty where the file is not there or does not hold a position. */
    private static Optional<Position> read(Path file) {
        try {
            JsonNode found = JSON.readTree(PlainFiles.text(file).orElse(""));
            return Stream.of("bytes", "generation", "steps").allMatch(key -> isCount(found.path(key)))
                            && found.path("file").isString()
                            && NAME.matcher(found.path("file").asString()).matches()
                    ? Optional.of(JSON.treeToValue(found, Position.class))
                    : Optional.empty();
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean isCount(JsonNode value) {
        return value.isIntegralNumber() && value.canConvertToLong() && value.asLong() >= 0;
    }

    private static void write(Path file, Position position) {
        AtomicFiles.writeText(file, JSON.writeValueAsString(position) + "\n");
    }
}
