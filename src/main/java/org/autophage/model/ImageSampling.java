package org.autophage.model;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Interruptible;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.data.ImageShape;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.program.Device;

/**
 * Draws images chunk after chunk, each from a seed of its own, and goes on from the checkpoint "sample" if there is one.
 * Image i, its class among it, depends on the seeds, the shape's order of classes and on i only, not on how many are drawn
 * in all.
 *
 * @param device that draws
 * @param shape of an image
 * @param chunk images drawn at a time
 */
public record ImageSampling(Device device, ImageShape shape, int chunk) {
    /** Draws one chunk. */
    @FunctionalInterface
    public interface Chunk {
        /**
         * As many images as there are labels.
         *
         * @param first the first one's number, counted from 0
         * @param labels the classes asked for, one an image
         * @return unsigned bytes, NHWC
         */
        byte[] draw(int first, long[] labels);
    }

    /** Changes one chunk. */
    @FunctionalInterface
    public interface Change {
        /**
         * As many images as are given.
         *
         * @return unsigned bytes, NHWC
         */
        byte[] of(Images chunk);
    }

    /** Draws so many images; the device is seeded before every chunk. */
    public Images run(int count, Seeds.Stream seeds, Work work, Chunk drawing) {
        byte[] pixels = all(
                count, "sampling", seeds, work, number -> drawing.draw(number * chunk, labels((long) number * chunk)));
        return images(pixels, shape.order().labels(0, count));
    }

    /** Draws the same images and hands them on chunk by chunk; none is kept. */
    void inParts(int count, Seeds.Stream seeds, Work work, Chunk drawing, Consumer<Samples> parts) {
        new DrawnChunks(device, chunk, "sampling", "images").run(count, 0, work, new DrawnChunks.Drawing() {
            @Override
            public void draw(int number) {
                int first = number * chunk;
                int length = Math.min(chunk, count - first);
                device.seed(seeds.of(number));
                byte[] drawn = drawing.draw(first, labels(first));
                parts.accept(images(
                        Arrays.copyOf(drawn, length * shape.bytes()),
                        shape.order().labels(first, length)));
            }

            @Override
            public void keep(int chunks) {
                // whoever takes them keeps them
            }
        });
    }

    /** Makes images into others, one for one, likewise; they keep the labels that the model is told of them. */
    public Images change(Images given, Seeds.Stream seeds, Work work, Change change) {
        byte[] pixels = all(given.count(), "editing", seeds, work, number -> change.of(chunkOf(given, number)));
        return images(pixels, shape.labelsOf(given));
    }

    /** A whole chunk: where there are fewer images, the last one stands for those that are cut off again. */
    private Images chunkOf(Images given, int number) {
        int last = given.count() - 1;
        return given.select(IntStream.range(number * chunk, (number + 1) * chunk)
                .map(i -> Math.min(i, last))
                .toArray());
    }

    private Images images(byte[] pixels, int[] labels) {
        return new Images(shape.size(), shape.size(), shape.channels(), shape.classNames(), pixels, labels);
    }

    /** Finds numbers in images. */
    @FunctionalInterface
    interface Reading {
        /** As many rows as there are images. */
        float[] of(Images chunk);
    }

    /** What is found in images, read chunk by chunk, row by row; keeps nothing when it is stopped. */
    float[] readingChunks(Images images, Work work, Reading reading) {
        float[] all = {};
        try (Progress.Task task = work.progress().begin("finding latents", images.count(), "images")) {
            for (int from = 0; from < images.count(); from += chunk) {
                int to = Math.min(images.count(), from + chunk);
                Images part = images.slice(from, to);
                float[] rows = Interruptible.until(work.stop(), () -> reading.of(part));
                int width = rows.length / part.count();
                if (from == 0) {
                    all = new float[Math.multiplyExact(images.count(), width)];
                }
                System.arraycopy(rows, 0, all, from * width, rows.length);
                task.advanceTo(to, "");
            }
        }
        return all;
    }

    private byte[] all(int count, String doing, Seeds.Stream seeds, Work work, IntFunction<byte[]> drawing) {
        int chunks = (count + chunk - 1) / chunk;
        int chunkBytes = chunk * shape.bytes();
        byte[] pixels = new byte[Math.multiplyExact(chunks, chunkBytes)];
        int done = resume(pixels, chunkBytes, work);
        new DrawnChunks(device, chunk, doing, "images").run(count, done, work, new DrawnChunks.Drawing() {
            @Override
            public void draw(int number) {
                // A last chunk is drawn whole and cut: image i is the same however many are asked for.
                device.seed(seeds.of(number));
                byte[] drawn = drawing.apply(number);
                System.arraycopy(drawn, 0, pixels, number * chunkBytes, chunkBytes);
            }

            @Override
            public void keep(int chunks) {
                work.checkpoints()
                        .write(
                                CheckpointStore.SAMPLE,
                                file -> SamplingCheckpoint.write(pixels, chunks * chunkBytes, file));
            }
        });
        return pixels.length == count * shape.bytes() ? pixels : Arrays.copyOf(pixels, count * shape.bytes());
    }

    private long[] labels(long first) {
        return Arrays.stream(shape.order().labels(first, chunk)).asLongStream().toArray();
    }

    private static int resume(byte[] pixels, int chunkBytes, Work work) {
        return work.checkpoints()
                .latest(CheckpointStore.SAMPLE)
                .map(file -> SamplingCheckpoint.read(pixels, file) / chunkBytes)
                .orElse(0);
    }
}
