package org.autophage.metrics.features;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.command.ForeignProgram;
import org.autophage.command.Job;
import org.autophage.command.KnownProgram;
import org.autophage.command.ProgramCall;
import org.autophage.command.ProgramDevice;
import org.autophage.command.TemporaryFolder;
import org.autophage.data.ImageArchive;
import org.autophage.data.Images;
import org.autophage.data.npy.Npy;
import org.autophage.data.npy.NpyArray;
import org.autophage.program.Device;
import tools.jackson.databind.json.JsonMapper;

/** What a program of one's own gives for images: it is handed an .npz file of them and leaves features.npy, a row an image. */
public final class ProgramFeatures implements FeatureExtractor {
    private static final String KEY = "features";
    private static final String LEFT = "features.npy";
    private static final int DAY = 86_400;
    private static final int SECONDS_TO_STOP = 10;

    private final ForeignProgram program;
    private final KnownProgram known;
    private final String name;
    private final ProgramDevice device;

    /** @param stem what the features are called; the first digits of the program's hash are added */
    public ProgramFeatures(ForeignProgram program, String stem, Device device) {
        this.program = program;
        this.known = new KnownProgram(program);
        this.name = stem + "@" + ExtractorRecord.digits(known.hash());
        this.device = ProgramDevice.of(device.name());
    }

    /**
     * Checks that a program is the one whose name {@link #save} wrote.
     *
     * @param folder where it was written; nothing is checked if it was not
     * @throws AutophageException (usage) naming the program and both hashes
     */
    public static void checkUnchanged(ForeignProgram program, Path folder) {
        ExtractorRecord.check(program.toString(), program.hash(), folder);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public String preprocessing() {
        return "uint8, its own preprocessing";
    }

    @Override
    public Features features(Images images) {
        known.requireUnchanged(KEY);
        try (TemporaryFolder folder = new TemporaryFolder()) {
            Job job = Job.of(folder.newFolder(), "features", JsonMapper.shared().createObjectNode(), false);
            Path data = job.folder().resolve("data.npz");
            Path out = job.folder().resolve("out");
            job.request().put("program", known.hash());
            job.request().put("device", device.name());
            job.request().put("count", images.count());
            job.request().put("height", images.height());
            job.request().put("width", images.width());
            job.request().put("channels", images.channels());
            job.request().put("data", data.toString());
            job.request().put("out", out.toString());
            ImageArchive.write(images, data);
            AtomicFiles.makeFolder(out);
            new ProgramCall(KEY, program, DAY, SECONDS_TO_STOP).run(job, device, Interruptible.signal(), step -> {});
            return read(out.resolve(LEFT), images.count());
        }
    }

    private Features read(Path file, int count) {
        String who = "%s: %s features".formatted(KEY, program);
        if (!Files.exists(file)) {
            throw AutophageException.usage("%s left no %s: it must hold a row an image".formatted(who, LEFT));
        }
        return Npy.read(file, reader -> {
            int[] shape = reader.shape();
            if (reader.type() != NpyArray.Type.FLOAT32 && reader.type() != NpyArray.Type.FLOAT64
                    || shape.length != 2
                    || shape[0] != count
                    || shape[1] < 1) {
                throw AutophageException.usage(
                        "%s left %s of shape %s: must be float32 or float64 of shape (%d, features)"
                                .formatted(who, reader.type(), Arrays.toString(shape), count));
            }
            float[] rows = reader.floats();
            for (int i = 0; i < rows.length; i++) {
                if (!Float.isFinite(rows[i])) {
                    throw AutophageException.usage("%s left %s in row %d, column %d: must be finite"
                            .formatted(who, rows[i], i / shape[1], i % shape[1]));
                }
            }
            return Features.ofRows(shape[1], rows);
        });
    }

    /** Writes the name, in which the program's hash is. */
    @Override
    public void save(Path folder) throws IOException {
        ExtractorRecord.write(this, folder);
    }

    @Override
    public void close() {}
}
