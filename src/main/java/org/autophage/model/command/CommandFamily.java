package org.autophage.model.command;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.CheckpointStore;
import org.autophage.base.DiskErrors;
import org.autophage.base.Phase;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.command.Job;
import org.autophage.command.KnownProgram;
import org.autophage.command.ProgramCall;
import org.autophage.command.ProgramDevice;
import org.autophage.command.TemporaryFolder;
import org.autophage.command.ToldStep;
import org.autophage.data.Images;
import org.autophage.data.SampleShape;
import org.autophage.data.TrainingSet;
import org.autophage.data.npy.Npy;
import org.autophage.data.npy.NpyArray;
import org.autophage.data.picture.PictureWriting;
import org.autophage.model.GenerativeModel;
import org.autophage.model.ModelFamily;
import org.autophage.program.Device;
import org.jspecify.annotations.Nullable;

/**
 * Trains models by a program. What a training needs and leaves lies in a folder beside the checkpoints of its generation, so that a
 * training that was cut off goes on with what the program kept there:
 *
 * <pre>
 * request.json   what was asked for
 * data.npz       the training set; a folder data of pictures likewise, and weights.npy where samples do not all count alike
 * checkpoint/    whatever the program wants to find again
 * model/         what it leaves
 * output.log     what it said
 * trained/       the model and the curve of its training, once it is done
 * </pre>
 */
final class CommandFamily implements ModelFamily {
    private static final String TRAINED = "trained";

    private final CommandModelSpec spec;
    private final KnownProgram program;
    private final ProgramDevice device;
    private final SampleShape shape;
    private final int chunk;

    /** Models lie here for as long as somebody uses them, whatever becomes of the folders that they came from. */
    private final TemporaryFolder models = new TemporaryFolder();

    CommandFamily(CommandModelSpec spec, Device device, SampleShape shape, int chunk) {
        this.spec = spec;
        this.program = new KnownProgram(spec.command());
        this.device = ProgramDevice.of(device.name());
        this.shape = shape;
        this.chunk = chunk;
    }

    /** A job with what every one is told. */
    Job job(Path folder, String action, boolean stays) {
        Job job = Job.of(folder, action, spec.options(), stays);
        job.request().put("program", program.hash());
        job.request().put("device", device.name());
        ShapeInRequest.put(shape, job.request());
        return job;
    }

    /** Runs a job, telling how far it is. */
    void run(ProgramCall call, Job job, Work work, String phase, ProgramCall.Attendant attendant) {
        program.requireUnchanged(CommandModelSpec.PROGRAM);
        call.run(job, device, work.stop(), new ProgramCall.Attendant() {
            @Override
            public void told(ToldStep step) {
                attendant.told(step);
            }

            @Override
            public void look() {
                if (work.checkpoints().due()) { // which keeps how long it has worked
                    work.checkpoints().write(phase, file -> Files.writeString(file, "worked on by a program\n"));
                }
            }
        });
    }

    CommandModelSpec spec() {
        return spec;
    }

    SampleShape shape() {
        return shape;
    }

    /** Samples that a start of the program draws. */
    int chunk() {
        return chunk;
    }

    @Override
    public GenerativeModel train(
            TrainingSet training, @Nullable GenerativeModel previous, Seeds seeds, int generation, Work work) {
        try (JobFolder folder = JobFolder.of(work, CheckpointStore.TRAIN)) {
            Job job = job(folder.path(), "train", folder.stays());
            job.request().put("generation", generation);
            job.request().put("seed", seed(seeds.of(generation, Phase.TRAIN, 0)));
            job.request().put("count", training.samples().count());
            job.request().put("data", data(folder.path()).toString());
            job.request().put("format", spec.data() == TrainingFormat.NPZ ? "npz" : "png");
            if (training.weights().realShare() != null) {
                job.request()
                        .put("weights", folder.path().resolve("weights.npy").toString());
            }
            if (previous != null) {
                job.request().put("previous", ((CommandModel) previous).model().toString());
            }
            job.request()
                    .put("model", folder.path().resolve(CommandModel.FOLDER).toString());
            job.request().put("checkpoint", folder.path().resolve("checkpoint").toString());
            folder.clearUnlessOf(job, List.of("previous"));
            Path trained = folder.path().resolve(TRAINED);
            if (!Files.exists(trained)) {
                train(job, training, trained, work);
            }
            return load(trained);
        }
    }

    private void train(Job job, TrainingSet training, Path trained, Work work) {
        Path folder = job.folder();
        Path model = folder.resolve(CommandModel.FOLDER);
        writeData(training, folder);
        AtomicFiles.delete(model);
        AtomicFiles.makeFolder(model);
        AtomicFiles.makeFolder(folder.resolve("checkpoint"));
        try (ToldProgress progress = new ToldProgress(work.progress(), "training")) {
            run(spec.training(), job, work, CheckpointStore.TRAIN, progress);
        }
        requireModel(model);
        AtomicFiles.writeFolder(trained, temporary -> {
            CommandModel.copy(folder, temporary);
            ToldCurve.write(job.log(), temporary);
        });
        AtomicFiles.delete(model);
        AtomicFiles.delete(data(folder));
    }

    /** Something is there, and no link in it leads nowhere or in a circle. */
    private void requireModel(Path model) {
        String who = "%s: %s train".formatted(CommandModelSpec.PROGRAM, spec.command());
        try (Stream<Path> left = Files.walk(model, FileVisitOption.FOLLOW_LINKS)) {
            List<Path> all = left.toList();
            if (all.size() == 1) {
                throw AutophageException.usage("%s left nothing in %s, where its model belongs".formatted(who, model));
            }
            all.stream().filter(each -> !Files.exists(each)).findFirst().ifPresent(link -> {
                throw AutophageException.usage("%s left the link %s, which leads nowhere".formatted(who, link));
            });
        } catch (UncheckedIOException e) {
            throw AutophageException.usage(
                    "%s left what cannot be read: %s".formatted(who, String.valueOf(e.getCause())));
        } catch (IOException e) {
            throw DiskErrors.cannotRead(model, e);
        }
    }

    private Path data(Path folder) {
        return folder.resolve(spec.data() == TrainingFormat.NPZ ? "data.npz" : "data");
    }

    private void writeData(TrainingSet training, Path folder) {
        Path data = data(folder);
        if (!Files.exists(data)) {
            if (spec.data() == TrainingFormat.NPZ) {
                training.samples().write(data);
            } else {
                Images images = training.samples().images().orElseThrow();
                AtomicFiles.writeFolder(
                        data, folderOfPictures -> PictureWriting.folder(images, folderOfPictures, Progress.SILENT));
            }
        }
        if (training.weights().realShare() != null) {
            double[] weights = training.weights().values(training.samples().count());
            AtomicFiles.write(
                    folder.resolve("weights.npy"),
                    file -> Files.write(file, Npy.write(NpyArray.ofDoubles(weights, weights.length))));
        }
    }

    /** A seed that every language takes: 31 bits. */
    static int seed(long seed) {
        return (int) (seed >>> 33);
    }

    @Override
    public GenerativeModel load(Path folder) {
        Path saved = folder.resolve(CommandModel.FOLDER);
        if (!Files.isDirectory(saved)) {
            throw AutophageException.usage(saved + " is missing: it is what the program left as its model");
        }
        Path own = models.newFolder();
        CommandModel.copy(folder, own);
        return new CommandModel(this, own);
    }

    @Override
    public void close() {
        models.close();
    }
}
