package org.autophage.model;

import org.autophage.base.AutophageException;
import org.autophage.base.ExitCode;
import org.autophage.base.Interruptible;
import org.autophage.base.OutOfMemory;
import org.autophage.base.Progress;
import org.autophage.base.Work;
import org.autophage.program.Device;

/**
 * Draws samples chunk after chunk, and keeps them from time to time and when it is stopped.
 *
 * @param device that draws
 * @param chunk samples drawn at a time
 * @param doing what is done, and
 * @param unit with what, for the progress: "sampling", "images"
 */
record DrawnChunks(Device device, int chunk, String doing, String unit) {
    /** Draws, and keeps what was drawn. */
    interface Drawing {
        /** Draws a whole chunk, counted from 0. */
        void draw(int number);

        /** Writes a checkpoint of so many chunks, the first ones. */
        void keep(int chunks);
    }

    /**
     * Draws the chunks that are left.
     *
     * @param count samples in all
     * @param done chunks that there are already
     */
    void run(int count, int done, Work work, Drawing drawing) {
        int chunks = (count + chunk - 1) / chunk;
        try (Progress.Task task = work.progress().begin(doing, count, unit)) {
            for (int c = done; c < chunks; c++) {
                drawOrKeep(drawing, c, work);
                task.advanceTo(Math.min(count, (c + 1) * chunk), "");
                if (work.checkpoints().due() || c + 1 == chunks) {
                    drawing.keep(c + 1);
                }
            }
        }
    }

    /** Draws a chunk. When asked to stop, what was drawn before is kept, and the chunk, which may take minutes, given up. */
    private void drawOrKeep(Drawing drawing, int number, Work work) {
        try {
            Interruptible.until(work.stop(), () -> {
                draw(drawing, number);
                return number;
            });
        } catch (AutophageException e) {
            if (e.exitCode() == ExitCode.INTERRUPTED && number > 0) {
                drawing.keep(number);
            }
            throw e;
        }
    }

    private void draw(Drawing drawing, int number) {
        try {
            drawing.draw(number);
        } catch (RuntimeException e) {
            throw OutOfMemory.explained(
                    e,
                    "%s drawing samples with sampling.chunk %d".formatted(device.description(), chunk),
                    OutOfMemory.halving("sampling.chunk", chunk));
        }
    }
}
