package org.autophage.metrics.features;

import java.io.IOException;
import java.nio.file.Path;
import org.autophage.base.AutophageException;
import org.autophage.base.Sha256;
import org.autophage.data.Images;
import org.autophage.program.Device;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.autophage.program.ScriptModule;
import org.autophage.program.Tensor;

/** What a TorchScript network gives for images: Inception, DINOv2, CLIP, or any other that somebody exported. */
public final class ScriptFeatures implements FeatureExtractor {
    /** Bytes of float32 input of one call: a GPU is busy, and the activations of a large network fit beside it. */
    private static final long CHUNK_BYTES = 32L << 20;

    private static final int CHUNK_IMAGES = 64;

    /** Networks such as Inception's give their features rather than classes when this argument of forward is true. */
    private static final String FLAG = "return_features";

    private final Device device;
    private final String name;
    private final Preprocessing preprocessing;
    private final Program prepare;
    private final ScriptModule module;

    private ScriptFeatures(Device device, String name, Preprocessing preprocessing, ScriptModule module) {
        this.device = device;
        this.name = name;
        this.preprocessing = preprocessing;
        this.module = module;
        this.prepare = new Program(device, preprocessing.method());
    }

    /**
     * Loads the network.
     *
     * @param stem what the features are called; the first digits of the file's hash are added
     */
    public static ScriptFeatures load(Device device, String stem, Path file, Preprocessing preprocessing) {
        ScriptModule module = ScriptModule.load(device, file, FLAG);
        return new ScriptFeatures(device, stem + "@" + digits(file), preprocessing, module);
    }

    /**
     * Checks that a file is the one whose name {@link #save} wrote.
     *
     * @param folder where it was written; nothing is checked if it was not
     * @throws AutophageException (usage) naming the file and both hashes
     */
    public static void checkUnchanged(Path file, Path folder) {
        ExtractorRecord.check(file.toString(), Sha256.of(file), folder);
    }

    private static String digits(Path file) {
        return ExtractorRecord.digits(Sha256.of(file));
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String preprocessing() {
        return preprocessing.toString();
    }

    @Override
    public Features features(Images images) {
        int chunk = (int) Math.max(1, Math.min(CHUNK_IMAGES, CHUNK_BYTES / (4L * inputFloats(images))));
        float[] rows = {};
        int width = 0;
        for (int from = 0; from < images.count(); from += chunk) {
            Images part = images.slice(from, Math.min(images.count(), from + chunk));
            try (Scope scope = device.newScope()) {
                Tensor result = module.forward(scope, prepared(scope, part));
                if (from == 0) {
                    width = Math.toIntExact(result.dims()[1]);
                    rows = new float[Math.multiplyExact(images.count(), width)];
                }
                System.arraycopy(result.toFloats(), 0, rows, from * width, part.count() * width);
            }
        }
        return Features.ofRows(width, rows);
    }

    private Tensor prepared(Scope scope, Images part) {
        return prepare.run(scope, "prepare", part.onDevice(scope)).get(0);
    }

    private long inputFloats(Images images) {
        int size = preprocessing.size();
        return 3L * (size > 0 ? (long) size * size : (long) images.height() * images.width());
    }

    /** Writes the name, in which the network's hash is: networks of hundreds of megabytes stay where they are. */
    @Override
    public void save(Path folder) throws IOException {
        ExtractorRecord.write(this, folder);
    }

    @Override
    public void close() {
        module.close();
        prepare.close();
    }
}
