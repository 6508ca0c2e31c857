package org.autophage.experiment;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Locale;
import org.autophage.base.AutophageException;
import org.autophage.data.ImageShape;
import org.autophage.data.PointShape;
import org.autophage.data.SampleShape;
import org.autophage.data.TokenShape;
import org.autophage.model.ModelSpec.Optimization;
import org.autophage.model.density.MixtureSpec;
import org.autophage.program.Device;
import org.autophage.program.DeviceName;
import org.autophage.program.Gpu;

/**
 * Refuses numbers of a spec that this machine's memory cannot hold, however little the rest takes: a batch, a chunk, a training
 * set or a covariance that by itself is larger than all of it. What would fit alone, and no more with what a model needs
 * besides, is found by running.
 */
final class MemoryCheck {
    private static final int FLOAT32 = 4;
    private static final int FLOAT64 = 8;
    private static final double GIBIBYTE = 1 << 30;
    private static final String MACHINE = "this machine has";

    private final double available;
    private final String where;

    /**
     * @param available bytes that there are
     * @param where whose they are
     */
    private MemoryCheck(double available, String where) {
        this.available = available;
        this.where = where;
    }

    /**
     * Looks at an experiment.
     *
     * @param unlimited whether real samples are drawn, as many as are asked for, into one array
     * @throws AutophageException with USAGE, naming the key, what it takes and what there is
     */
    static void check(ExperimentSpec spec, SampleShape shape, boolean unlimited) {
        DeviceName name = DeviceName.parse(spec.device()).orElseThrow();
        if (!name.isCpu() && Device.gpuCount() > 0) {
            MemoryCheck unknown = new MemoryCheck(Double.POSITIVE_INFINITY, MACHINE);
            MemoryCheck gpu = Gpu.at(name.index())
                    .flatMap(Gpu::read)
                    .map(reading -> ofGpu(name, reading.totalBytes()))
                    .orElse(unknown);
            check(spec, shape, unlimited, gpu, unknown);
        } else {
            double all = ManagementFactory.getOperatingSystemMXBean() instanceof OperatingSystemMXBean system
                    ? (double) system.getTotalMemorySize() + system.getTotalSwapSpaceSize()
                    : Double.POSITIVE_INFINITY;
            check(spec, shape, unlimited, all);
        }
    }

    /** The same with so many bytes for what a CPU computes with. */
    static void check(ExperimentSpec spec, SampleShape shape, boolean unlimited, double available) {
        MemoryCheck machine = new MemoryCheck(available, MACHINE);
        check(spec, shape, unlimited, machine, machine);
    }

    /**
     * The same.
     *
     * @param device for what a network computes with, wherever that is
     * @param machine for everything else
     */
    static void check(
            ExperimentSpec spec, SampleShape shape, boolean unlimited, MemoryCheck device, MemoryCheck machine) {
        shape.ofImages().ifPresent(images -> ofImages(spec, images, unlimited, device, machine));
        shape.ofPoints().ifPresent(points -> ofPoints(spec, points, device, machine));
        shape.ofTokens().ifPresent(tokens -> ofTokens(spec, tokens, unlimited, device, machine));
    }

    /** What one of those who share a GPU has. */
    static MemoryCheck ofGpu(DeviceName device, double bytes) {
        String gpu = "gpu:" + device.index();
        return device.sharers() == 1
                ? new MemoryCheck(bytes, gpu + " has")
                : new MemoryCheck(
                        bytes / device.sharers(),
                        "each of %d processes on %s (%s) has".formatted(device.sharers(), gpu, gibibytes(bytes)));
    }

    private static void ofImages(
            ExperimentSpec spec, ImageShape shape, boolean unlimited, MemoryCheck device, MemoryCheck machine) {
        MemoryCheck array = new MemoryCheck(Integer.MAX_VALUE, "one array of Java holds");
        int bytes = shape.bytes();
        spec.model().optimization().ifPresent(each -> device.batch(each, bytes * FLOAT32));
        int chunk = spec.drawing().chunk();
        array.require("sampling.chunk", chunk, "a chunk of samples", (double) chunk * bytes);
        device.require("sampling.chunk", chunk, "a chunk of samples", (double) chunk * bytes * FLOAT32);
        array.samples(spec, bytes);
        if (unlimited) { // others have no more than their files, which are mapped
            array.first(spec, bytes);
        }
        machine.sets(spec, bytes);
    }

    private static void ofPoints(ExperimentSpec spec, PointShape shape, MemoryCheck device, MemoryCheck machine) {
        MemoryCheck array = new MemoryCheck(Integer.MAX_VALUE * (double) FLOAT64, "one array of Java holds");
        double point = (double) shape.replicas() * shape.dimensions() * FLOAT64;
        machine.require(
                "dataset.dimensions",
                shape.dimensions(),
                "a covariance of %,d replicas".formatted(shape.replicas()),
                point * shape.dimensions());
        spec.model()
                .optimization()
                .ifPresent(each -> device.batch(each, (double) shape.replicas() * shape.dimensions() * FLOAT32));
        int chunk = spec.drawing().chunk();
        array.require("sampling.chunk", chunk, "a chunk of samples", chunk * point);
        machine.require("sampling.chunk", chunk, "a chunk of samples", chunk * point);
        if (spec.model() instanceof MixtureSpec mixture) {
            machine.require(
                    "model.components",
                    mixture.components(),
                    "what each component has of each of %,d points"
                            .formatted(spec.loop().initial()),
                    (double) mixture.components()
                            * shape.replicas()
                            * spec.loop().initial()
                            * FLOAT64);
        }
        if (!spec.model().learnsGaussian()) {
            array.samples(spec, point);
        }
        array.first(spec, point);
        machine.sets(spec, point);
    }

    /** Sequences that end by themselves are taken for as short as can be: how long they will be is not known. */
    private static void ofTokens(
            ExperimentSpec spec, TokenShape shape, boolean unlimited, MemoryCheck device, MemoryCheck machine) {
        MemoryCheck array = new MemoryCheck(Integer.MAX_VALUE * (double) Integer.BYTES, "one array of Java holds");
        int length = shape.ends() ? 1 : shape.length();
        double sequence = (double) shape.replicas() * length * Integer.BYTES;
        int chunk = spec.drawing().chunk();
        if (spec.model().optimization().isPresent()) {
            device.require(
                    "sampling.chunk",
                    chunk,
                    "the probabilities of a chunk's next tokens",
                    (double) chunk * shape.size() * FLOAT32);
        }
        double table = (double) shape.replicas() * spec.model().tableRows(shape) * shape.size();
        machine.require(
                "dataset.replicas", shape.replicas(), "the tables that are learnt of all replicas", table * FLOAT64);
        array.require(
                "dataset.replicas",
                shape.replicas(),
                "the tables that are learnt of all replicas",
                table * Integer.BYTES); // as many numbers as an array has, whatever their size
        array.samples(spec, sequence);
        if (unlimited) {
            array.first(spec, sequence);
        }
        machine.sets(spec, sequence + (double) shape.replicas() * Integer.BYTES); // with where each begins
    }

    /** A batch's samples, and their positions in the training set. */
    private void batch(Optimization optimization, double bytes) {
        require("model.batch", optimization.batch(), "a batch", optimization.batch() * (bytes + Long.BYTES));
    }

    private void samples(ExperimentSpec spec, double bytes) {
        int drawn = Math.max(spec.loop().synthetic(), spec.metrics().samples());
        require(
                spec.loop().synthetic() == drawn ? "loop.synthetic" : "metrics.samples",
                drawn,
                "what a generation draws",
                drawn * bytes);
    }

    private void first(ExperimentSpec spec, double bytes) {
        require(
                "loop.initial",
                spec.loop().initial(),
                "the first training set",
                spec.loop().initial() * bytes);
    }

    private void sets(ExperimentSpec spec, double bytes) {
        first(spec, bytes);
        int last = spec.loop().generations();
        long size = spec.loop().dataMix().size(last);
        require("loop.generations", last, "the last training set of %,d samples".formatted(size), size * bytes);
    }

    private void require(String key, int value, String what, double bytes) {
        if (bytes > available) {
            throw AutophageException.usage("%s is %d: %s alone takes %s, and %s %s; make it smaller"
                    .formatted(key, value, what, gibibytes(bytes), where, gibibytes(available)));
        }
    }

    private static String gibibytes(double bytes) {
        return String.format(Locale.ROOT, bytes < 10 * GIBIBYTE ? "%,.1f GiB" : "%,.0f GiB", bytes / GIBIBYTE);
    }
}
