package org.autophage.model;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.CheckpointStore;
import org.autophage.base.Work;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.program.Device;

/**
 * Draws sequences of tokens chunk after chunk, and goes on from the checkpoint "sample" if there is one: int32 numbers (big-endian), of
 * every sequence its length and its tokens.
 *
 * @param device that draws
 * @param shape of the sequences, of one replica
 * @param chunk sequences drawn at a time
 */
public record SequenceSampling(Device device, TokenShape shape, int chunk) {
    /** Draws one chunk. */
    @FunctionalInterface
    public interface Chunk {
        /**
         * As many sequences as a chunk has, however many are asked for in all: sequence i must not depend on that.
         *
         * @param number of the chunk, counted from 0
         */
        List<int[]> draw(int number);
    }

    /** Draws so many sequences. */
    public Tokens run(int count, Work work, Chunk drawing) {
        return run(count, "sampling", work, drawing);
    }

    /**
     * The same by another name.
     *
     * @param doing what is done, for the progress
     */
    public Tokens run(int count, String doing, Work work, Chunk drawing) {
        List<int[]> all = new ArrayList<>();
        work.checkpoints().latest(CheckpointStore.SAMPLE).ifPresent(file -> read(SamplingCheckpoint.read(file), all));
        int chunks = (count + chunk - 1) / chunk;
        int done = Math.min(chunks, all.size() / chunk);
        all.subList(done * chunk, all.size()).clear();
        new DrawnChunks(device, chunk, doing, "sequences").run(count, done, work, new DrawnChunks.Drawing() {
            @Override
            public void draw(int number) {
                List<int[]> drawn = drawing.draw(number);
                if (drawn.size() != chunk) {
                    throw new IllegalStateException(drawn.size() + " sequences of a chunk of " + chunk);
                }
                all.addAll(drawn);
            }

            @Override
            public void keep(int drawn) {
                byte[] bytes = written(all.subList(0, drawn * chunk));
                work.checkpoints()
                        .write(CheckpointStore.SAMPLE, file -> SamplingCheckpoint.write(bytes, bytes.length, file));
            }
        });
        return Tokens.of(shape.vocabulary(), all.subList(0, count));
    }

    private static byte[] written(List<int[]> sequences) {
        int numbers =
                sequences.stream().mapToInt(sequence -> 1 + sequence.length).reduce(0, Math::addExact);
        ByteBuffer bytes = ByteBuffer.allocate(Math.multiplyExact(numbers, Integer.BYTES));
        for (int[] sequence : sequences) {
            bytes.putInt(sequence.length);
            for (int token : sequence) {
                bytes.putInt(token);
            }
        }
        return bytes.array();
    }

    private static void read(byte[] written, List<int[]> sequences) {
        ByteBuffer bytes = ByteBuffer.wrap(written);
        while (bytes.hasRemaining()) {
            int[] sequence = new int[bytes.getInt()];
            for (int i = 0; i < sequence.length; i++) {
                sequence[i] = bytes.getInt();
            }
            sequences.add(sequence);
        }
    }
}
