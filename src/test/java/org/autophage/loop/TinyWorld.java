package org.autophage.loop;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import org.autophage.base.Seeds;
import org.autophage.base.StopSignal;
import org.autophage.base.Work;
import org.autophage.data.Dataset;
import org.autophage.data.Encoder;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.data.TrainingSet;
import org.autophage.measure.Basis;
import org.autophage.measure.Measures;
import org.autophage.measure.Metrics;
import org.autophage.metrics.MetricSuite;
import org.autophage.metrics.known.LatentCodes;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.jspecify.annotations.Nullable;

/**
 * A world in which a loop takes microseconds and nothing is lost: images are eight bytes that say which they are, and a
 * model is a hash of everything that it may depend on, so that any difference in data, order, seeds or resumption shows.
 */
final class TinyWorld {
    static final int CLASSES = 10;
    private static final int TRAINING_STEPS = 3;
    private static final int SAMPLE_CHUNK = 5;

    private TinyWorld() {}

    static Images images(long[] contents) {
        ByteBuffer pixels = ByteBuffer.allocate(Math.multiplyExact(contents.length, Long.BYTES));
        Arrays.stream(contents).forEach(pixels::putLong);
        int[] labels = new int[contents.length];
        Arrays.setAll(labels, i -> i % CLASSES);
        return new Images(1, Long.BYTES, 1, CLASSES, pixels.array(), labels);
    }

    static long[] contents(Samples samples) {
        ByteBuffer pixels = ByteBuffer.wrap(((Images) samples).pixels());
        long[] contents = new long[samples.count()];
        Arrays.setAll(contents, i -> pixels.getLong(i * Long.BYTES));
        return contents;
    }

    /** Real image i contains i; the holdout contains negative numbers. */
    record TinyDataset(long available) implements Dataset {
        @Override
        public String name() {
            return "tiny";
        }

        @Override
        public Samples real(long[] indices) {
            return images(indices);
        }

        @Override
        public Samples holdout() {
            return images(new long[] {-1, -2, -3});
        }

        @Override
        public String hash() {
            return "tiny-" + available;
        }
    }

    /** Real image i of generation t contains i and t − 1 steps; so does the holdout. */
    static class MovingDataset implements Dataset {
        static final long STEP = 1_000_000;

        private final long available;
        private final int generation;

        MovingDataset(long available, int generation) {
            this.available = available;
            this.generation = generation;
        }

        @Override
        public String name() {
            return "moving";
        }

        @Override
        public long available() {
            return available;
        }

        @Override
        public MovingDataset at(int other) {
            return other == generation ? this : new MovingDataset(available, other);
        }

        @Override
        public Samples real(long[] indices) {
            return images(Arrays.stream(indices)
                    .map(index -> index + (generation - 1) * STEP)
                    .toArray());
        }

        @Override
        public Samples holdout() {
            return images(new long[] {-generation, -2 * STEP - generation, -3 * STEP - generation});
        }

        @Override
        public String hash() {
            return "moving-" + available;
        }
    }

    /** Trains in steps, with a checkpoint wherever one is due. */
    static final class TinyFamily implements ModelFamily {
        int stepsDone;

        @Override
        public GenerativeModel train(
                TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
            long hash = Arrays.hashCode(contents(training.samples()))
                    ^ training.weights().hashCode()
                    ^ (previous == null ? 0 : ((TinyModel) previous).state())
                    ^ seeds.of(generation, org.autophage.base.Phase.INITIALIZE, 0);
            long[] state = resumed(work, "train", new long[] {0, hash});
            while (state[0] < TRAINING_STEPS) {
                if (work.stop().requested()) {
                    work.checkpoints().write("train", file -> writeLongs(file, state));
                    throw StopSignal.interrupted();
                }
                state[1] = 31 * state[1] + seeds.of(generation, org.autophage.base.Phase.TRAIN, state[0]);
                state[0]++;
                stepsDone++;
                if (work.checkpoints().due()) {
                    work.checkpoints().write("train", file -> writeLongs(file, state));
                }
            }
            return new TinyModel(state[1]);
        }

        @Override
        public GenerativeModel load(Path folder) throws IOException {
            return new TinyModel(readLongs(folder.resolve("model.pt"))[0]);
        }
    }

    record TinyModel(long state) implements GenerativeModel {
        @Override
        public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
            long[] done = resumed(work, "sample", new long[0]);
            while (done.length < count) {
                int from = done.length;
                done = Arrays.copyOf(done, Math.min(count, from + SAMPLE_CHUNK));
                for (int i = from; i < done.length; i++) {
                    // the sign bit stays clear: no sample is a holdout image
                    done[i] = (31 * state + seeds.of(i) + Double.hashCode(bias)) >>> 1;
                }
                if (work.checkpoints().due()) {
                    long[] soFar = done;
                    work.checkpoints().write("sample", file -> writeLongs(file, soFar));
                }
            }
            return images(Arrays.copyOf(done, count)); // a checkpoint may hold more than are asked for
        }

        @Override
        public Optional<Encoder> encoder() {
            return Optional.of(new TinyEncoder(state));
        }

        @Override
        public void save(Path folder) throws IOException {
            writeLongs(folder.resolve("model.pt"), new long[] {state});
            Files.writeString(folder.resolve("training.csv"), "step,loss,gradientNorm,learningRate\n");
        }

        @Override
        public void close() {}
    }

    /** Two codes an image: its distance from the model's state, and one more. */
    record TinyEncoder(long state) implements Encoder {
        @Override
        public float[] means(Images images) {
            long[] contents = contents(images);
            float[] means = new float[2 * contents.length];
            for (int i = 0; i < contents.length; i++) {
                means[2 * i] = (contents[i] - state) / 1e18f;
                means[2 * i + 1] = means[2 * i] + 1;
            }
            return means;
        }

        @Override
        public void close() {}
    }

    /** A figure in which every sample counts. */
    static final MetricSuite METRICS = generation -> {
        return Measures.builder()
                .add(Basis.FEATURES, "tiny")
                .add(Basis.SAMPLES, generation.samples().count())
                .add(Metrics.FRECHET_DISTANCE, Arrays.hashCode(contents(generation.samples())) / 1e3)
                .addAll(LatentCodes.of(generation).measures())
                .build();
    };

    private static long[] resumed(Work work, String phase, long[] otherwise) {
        return work.checkpoints().latest(phase).map(TinyWorld::readLongs).orElse(otherwise);
    }

    private static void writeLongs(Path file, long[] values) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(values.length * Long.BYTES);
        Arrays.stream(values).forEach(bytes::putLong);
        Files.write(file, bytes.array());
    }

    private static long[] readLongs(Path file) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Files.readAllBytes(file));
            long[] values = new long[bytes.capacity() / Long.BYTES];
            Arrays.setAll(values, i -> bytes.getLong(i * Long.BYTES));
            return values;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
