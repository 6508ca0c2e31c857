package org.autophage.base;

import java.util.function.UnaryOperator;

/** Where long work tells how far it is. Implementations draw a bar on a terminal, write lines elsewhere, or stay silent. */
public interface Progress {
    /** The unit of work that is counted in other things than samples. */
    String STEPS = "steps";

    /** Reports nothing. */
    Progress SILENT = new Progress() {
        @Override
        public Task begin(String what, long total, String unit) {
            return Task.SILENT;
        }

        @Override
        public void message(String line) {}
    };

    /**
     * Begins a piece of work that is then advanced and closed.
     *
     * @param what for a person, such as "generation 3: training"
     * @param total units of work in all
     * @param unit what is counted, such as "images"; rates are shown per second of it
     */
    Task begin(String what, long total, String unit);

    /** A line for a person, shown once. */
    void message(String line);

    /** The same place to tell progress, with everything said to be part of a larger piece: "generation 3: training". */
    default Progress under(String larger) {
        Progress outer = this;
        return new Progress() {
            @Override
            public Task begin(String what, long total, String unit) {
                return outer.begin(larger + ": " + what, total, unit);
            }

            @Override
            public void message(String line) {
                outer.message(larger + ": " + line);
            }
        };
    }

    /** The same place to tell progress, with every piece of work handed through something that listens or adds. */
    default Progress through(UnaryOperator<Task> listener) {
        Progress outer = this;
        return new Progress() {
            @Override
            public Task begin(String what, long total, String unit) {
                return listener.apply(outer.begin(what, total, unit));
            }

            @Override
            public void message(String line) {
                outer.message(line);
            }
        };
    }

    /** One piece of work under way. */
    interface Task extends AutoCloseable {
        /** Reports nothing. */
        Task SILENT = new Task() {
            @Override
            public void advanceTo(long done, String detail) {}

            @Override
            public void close() {}
        };

        /**
         * Says how much is done.
         *
         * @param done units done so far, work of an earlier process included
         * @param detail a figure worth showing, such as "loss 0.123", or the empty string
         */
        void advanceTo(long done, String detail);

        @Override
        void close();
    }
}
