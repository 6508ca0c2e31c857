package org.autophage.experiment;

import java.time.Duration;
import org.autophage.base.AtomicFiles;
import org.autophage.base.Progress;
import org.autophage.run.RunFolder;
import org.autophage.run.RunProgress;
import org.jspecify.annotations.Nullable;

/**
 * Progress that is told on and also kept in a run's progress.json, for {@code autophage watch}. Work only sets fields; a
 * daemon thread writes them every five seconds, so that neither a slow disk nor one that refuses holds up a run. The
 * file is its sign of life too, and goes with it.
 */
final class ProgressFile implements Progress, AutoCloseable {
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    private final RunFolder run;
    private final Progress next;
    private final Thread writer = new Thread(this::write, "progress");
    private volatile @Nullable Piece current;

    private ProgressFile(RunFolder run, Progress next) {
        this.run = run;
        this.next = next;
        writer.setDaemon(true);
    }

    /**
     * Begins to write.
     *
     * @param run whose lock this process holds
     * @param next is told everything as well
     */
    static ProgressFile begin(RunFolder run, Progress next) {
        ProgressFile file = new ProgressFile(run, next);
        file.writer.start();
        return file;
    }

    @Override
    public Task begin(String what, long total, String unit) {
        Piece piece = new Piece(next.begin(what, total, unit), what, total, unit);
        current = piece;
        return piece;
    }

    @Override
    public void message(String line) {
        next.message(line);
    }

    private void write() {
        try {
            while (true) {
                Piece piece = current;
                RunProgress progress = piece == null ? new RunProgress("", 0, 0, "", "", null) : piece.now();
                try {
                    progress.write(run.progress());
                } catch (RuntimeException unwritable) {
                    // Who watches sees less; whether the disk refuses more than this, the run finds out itself.
                }
                Thread.sleep(INTERVAL.toMillis());
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    /** Stops writing and removes the file. */
    @Override
    public void close() {
        writer.interrupt();
        try {
            writer.join(INTERVAL.toMillis());
            AtomicFiles.delete(run.progress());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException unwritable) {
            // an old file is known by its age
        }
    }

    /** A piece of work under way. */
    private static final class Piece implements Task {
        private final Task next;
        private final String what;
        private final long total;
        private final String unit;
        private final long started = System.nanoTime();
        private volatile long first = -1;
        private volatile long done;
        private volatile String detail = "";

        Piece(Task next, String what, long total, String unit) {
            this.next = next;
            this.what = what;
            this.total = total;
            this.unit = unit;
        }

        @Override
        public void advanceTo(long nowDone, String nowDetail) {
            if (first < 0) {
                first = nowDone;
            }
            done = nowDone;
            detail = nowDetail;
            next.advanceTo(nowDone, nowDetail);
        }

        @Override
        public void close() {
            next.close();
        }

        RunProgress now() {
            long made = done - Math.max(first, 0);
            double seconds = (System.nanoTime() - started) / 1e9;
            Double left = made > 0 ? (total - done) * seconds / made : null;
            return new RunProgress(what, done, total, unit, detail, left);
        }
    }
}
