package org.autophage.export;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.autophage.base.AtomicFiles;
import org.autophage.base.AutophageException;
import org.autophage.base.Interruptible;
import org.autophage.base.Work;
import org.autophage.data.Samples;
import org.autophage.run.RunGeneration;

/**
 * Sets of a run's samples as files.
 *
 * @param generations of one run, at least one
 * @param set which of their sets
 */
public record RunExport(List<RunGeneration> generations, RunSet set) {
    public RunExport {
        generations = List.copyOf(generations);
    }

    /**
     * Writes the set of the first generation.
     *
     * @return what was done, for people
     * @throws AutophageException with USAGE if the run has not kept what the set is made of, or it cannot be written in this form
     */
    public String writeOne(ExportTarget target, Work work) {
        RunGeneration generation = generations.get(0);
        Samples samples = open(work).apply(0);
        target.check(samples.shape().kind());
        target.write(samples, work);
        return String.format(Locale.ROOT, "%,d samples: %s of %s", samples.count(), set, generation.describe());
    }

    /**
     * Writes the sets of all generations into a folder, {@code seed-0/generation-003} and so on, those left out that the run has not
     * kept, which is told.
     *
     * @param folder of all, with the form of each
     * @return what was done, for people
     * @throws AutophageException with USAGE if none is left
     */
    public String writeAll(ExportTarget folder, Work work) {
        IntFunction<Samples> sets = open(work);
        List<String> leftOut = new ArrayList<>();
        AtomicFiles.writeNewFolder(folder.path(), temporary -> {
            for (int i = 0; i < generations.size(); i++) {
                writeInto(temporary, generations.get(i), sets, i, folder.form(), leftOut, work);
            }
            if (leftOut.size() == generations.size()) {
                throw AutophageException.usage(leftOut.get(0));
            }
        });
        leftOut.forEach(reason -> work.progress().message("left out: " + reason));
        return "%d sets: %s of %s"
                .formatted(
                        generations.size() - leftOut.size(),
                        set,
                        generations.get(0).run().root());
    }

    private void writeInto(
            Path folder,
            RunGeneration generation,
            IntFunction<Samples> sets,
            int number,
            SampleForm form,
            List<String> leftOut,
            Work work) {
        Optional<RunGeneration> missing = set.madeOf(generation).stream()
                .filter(each -> !Files.isRegularFile(each.files().samples()))
                .findFirst();
        if (missing.isPresent()) {
            leftOut.add("%s of %s: %s"
                    .formatted(set, generation.describe(), missing.get().whyNoSamples()));
            return;
        }
        Samples samples = Interruptible.until(work.stop(), () -> sets.apply(number));
        form.check(samples.shape().kind());
        String name = generation.files().path().getFileName() + form.suffix();
        Path target = folder.resolve(String.valueOf(generation.seed().path().getFileName()))
                .resolve(name);
        new ExportTarget(target, form)
                .write(samples, work.telling(work.progress().under(generation.describe())));
    }

    private IntFunction<Samples> open(Work work) {
        return Interruptible.until(
                work.stop(), () -> set.open(generations.get(0).run(), generations, work));
    }
}
