package org.autophage.loop;

import java.util.function.LongSupplier;
import org.autophage.base.Progress;

/**
 * How many units of work are done a second, read off the progress that the work tells on: from its first report to its
 * last, so that neither what happens once before the first nor what an earlier process did counts.
 */
final class RateMeter {
    private final LongSupplier nanoTime;
    private long done;
    private long nanoseconds;

    RateMeter() {
        this(System::nanoTime);
    }

    RateMeter(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** Progress that is measured here, where it counts samples, and told on. */
    Progress in(Progress next) {
        return new Progress() {
            @Override
            public Task begin(String what, long total, String unit) {
                Task told = next.begin(what, total, unit);
                return unit.equals(STEPS) ? told : new MeasuredTask(told);
            }

            @Override
            public void message(String line) {
                next.message(line);
            }
        };
    }

    /** Units a second to three decimals; 0 where there was nothing to measure. */
    double perSecond() {
        return nanoseconds == 0 ? 0 : Math.round(1e12 * done / nanoseconds) / 1e3;
    }

    private final class MeasuredTask implements Progress.Task {
        private final Progress.Task told;
        private long doneBefore = -1;
        private long nanosBefore;

        MeasuredTask(Progress.Task told) {
            this.told = told;
        }

        @Override
        public void advanceTo(long nowDone, String detail) {
            long now = nanoTime.getAsLong();
            if (doneBefore >= 0) {
                done += nowDone - doneBefore;
                nanoseconds += now - nanosBefore;
            }
            doneBefore = nowDone;
            nanosBefore = now;
            told.advanceTo(nowDone, detail);
        }

        @Override
        public void close() {
            told.close();
        }
    }
}
