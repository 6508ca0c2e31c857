package org.autophage.model.command;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.autophage.base.AtomicFiles;
import org.autophage.base.CheckpointStore;
import org.autophage.base.DiskErrors;
import org.autophage.base.Progress;
import org.autophage.base.Seeds;
import org.autophage.base.Work;
import org.autophage.command.ForeignSamples;
import org.autophage.command.Job;
import org.autophage.data.ImageShape;
import org.autophage.data.SampleArchive;
import org.autophage.data.Samples;
import org.autophage.model.GenerativeModel;
import org.autophage.run.GenerationFolder;
import tools.jackson.databind.node.ArrayNode;

/** What a program left as its model, and the way to draw from it: a start of the program a chunk of samples. */
final class CommandModel implements GenerativeModel {
    /** What the program left, in a model's folder. */
    static final String FOLDER = "model";

    private final CommandFamily family;
    private final Path folder;

    /** @param folder this model's own, deleted when it is closed */
    CommandModel(CommandFamily family, Path folder) {
        this.family = family;
        this.folder = folder;
    }

    /** What the program left. */
    Path model() {
        return folder.resolve(FOLDER);
    }

    @Override
    public Samples sample(int count, double bias, Seeds.Stream seeds, Work work) {
        List<Samples> drawn = new ArrayList<>();
        sampleInParts(count, bias, seeds, work, drawn::add);
        return Samples.concatenate(drawn);
    }

    @Override
    public void sampleInParts(int count, double bias, Seeds.Stream seeds, Work work, Consumer<Samples> parts) {
        int chunk = family.chunk();
        try (JobFolder place = JobFolder.of(work, CheckpointStore.SAMPLE);
                Progress.Task task = work.progress().begin("sampling", count, "samples")) {
            Job all = family.job(place.path(), "sample", place.stays());
            all.request().put("bias", bias);
            all.request().put("chunk", chunk);
            all.request().put("first", seeds.of(0));
            place.clearUnlessOf(all, List.of());
            for (int first = 0, left = count; left > 0; first += chunk, left -= chunk) {
                Samples drawn = kept(first / chunk, bias, seeds, place, work);
                // A last chunk is drawn whole and cut: sample i is the same however many are asked for.
                parts.accept(left < chunk ? drawn.first(left) : drawn);
                task.advanceTo(count - Math.max(0, left - chunk), "");
            }
        }
    }

    /** A chunk out of the folder of the job, where it is there; otherwise it is drawn, and kept where the folder stays. */
    private Samples kept(int number, double bias, Seeds.Stream seeds, JobFolder place, Work work) {
        Path file = place.path().resolve("chunk-%05d.npz".formatted(number));
        if (Files.exists(file)) {
            return SampleArchive.read(file);
        }
        Path own = place.path().resolve("chunk-%05d".formatted(number));
        Samples drawn = chunk(number, bias, seeds, own, place.stays(), work);
        if (place.stays()) {
            drawn.write(file);
            drawn = SampleArchive.read(file); // so that it does not fill the heap
        }
        AtomicFiles.delete(own); // pixels that are mapped stay for as long as somebody has them
        return drawn;
    }

    private Samples chunk(int number, double bias, Seeds.Stream seeds, Path own, boolean stays, Work work) {
        Path out = own.resolve("out");
        int chunk = family.chunk();
        Job job = family.job(own, "sample", stays);
        job.request().put("seed", CommandFamily.seed(seeds.of(number)));
        job.request().put("count", chunk);
        job.request().put("bias", bias);
        int[] labels = {};
        if (family.spec().conditional()) {
            ImageShape images = family.shape().ofImages().orElseThrow();
            labels = images.order().labels((long) number * chunk, chunk);
            ArrayNode asked = job.request().putArray("labels");
            for (int label : labels) {
                asked.add(label);
            }
        }
        job.request().put("model", model().toString());
        job.request().put("out", out.toString());
        AtomicFiles.delete(out);
        AtomicFiles.makeFolder(out);
        family.run(family.spec().sampling(), job, work, CheckpointStore.SAMPLE, step -> {});
        String who = "%s: %s sample"
                .formatted(CommandModelSpec.PROGRAM, family.spec().command());
        return new ForeignSamples(who, family.shape()).read(out, chunk, labels);
    }

    @Override
    public boolean isSlowToStart() {
        return true;
    }

    @Override
    public void save(Path target) throws IOException {
        copy(folder, target);
    }

    /** Copies a model with the curve of its training; what links lead to is copied in their place. */
    static void copy(Path from, Path to) {
        try {
            Path model = from.resolve(FOLDER);
            try (Stream<Path> all = Files.walk(model, FileVisitOption.FOLLOW_LINKS)) {
                for (Path path : (Iterable<Path>) all::iterator) {
                    Path target =
                            to.resolve(FOLDER).resolve(model.relativize(path).toString());
                    if (Files.isDirectory(path)) {
                        Files.createDirectories(target);
                    } else {
                        Files.copy(path, target);
                    }
                }
            }
            Path curve = new GenerationFolder(from).training();
            if (Files.exists(curve)) {
                Files.copy(curve, new GenerationFolder(to).training());
            }
        } catch (IOException e) {
            throw DiskErrors.cannotWrite(to, e);
        }
    }

    @Override
    public void close() {
        AtomicFiles.delete(folder);
    }
}
