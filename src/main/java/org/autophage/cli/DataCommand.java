package org.autophage.cli;

import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.base.ExitCode;
import org.autophage.base.Printable;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.Dataset;
import org.autophage.data.DatasetFolders;
import org.autophage.data.Images;
import org.autophage.data.catalog.DatasetCatalog;
import org.autophage.data.catalog.InceptionFile;
import org.autophage.data.picture.ImagesSpec;
import org.autophage.data.sequence.TextSpec;
import org.autophage.experiment.EmptyClasses;
import org.autophage.experiment.ExperimentSpec;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code autophage data list|fetch|check|open}: the datasets of this machine. */
@Command(
        name = "data",
        description = "Lists, fetches, checks and opens datasets.",
        mixinStandardHelpOptions = true,
        synopsisSubcommandLabel = "COMMAND")
final class DataCommand implements Runnable {
    /** Classes that a line has room for. */
    private static final int MOST_NAMES = 20;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "a command is missing: list, fetch, check or open");
    }

    @Command(
            name = "list",
            description = "Lists the datasets, and the network inception, and where they are.",
            mixinStandardHelpOptions = true)
    int list() {
        List<List<String>> rows = new ArrayList<>();
        rows.add(List.of("dataset", "images", "holdout", "where"));
        for (DatasetCatalog.Entry entry : catalog().list()) {
            String images = entry.images() == Dataset.UNLIMITED ? "unlimited" : String.valueOf(entry.images());
            rows.add(List.of(entry.kind(), images, String.valueOf(entry.holdout()), where(entry)));
        }
        rows.add(List.of(
                ImagesSpec.KIND,
                "-",
                "-",
                "pictures in a folder, a zip, tars or Parquet files, named by dataset.path"));
        rows.add(List.of(TextSpec.KIND, "-", "-", "any file or folder of text in UTF-8, named by dataset.path"));
        rows.add(List.of(InceptionFile.KIND, "-", "-", whereInception(catalog().inception())));
        out().print(Columns.leftAligned(rows));
        out().flush();
        return ExitCode.DONE.code();
    }

    /** Where a dataset is, or what is missing of it. */
    static String where(DatasetCatalog.Entry entry) {
        if (entry.place() == null) {
            return "drawn on demand";
        }
        return entry.usable()
                ? entry.place().toString()
                : "not in %s (`./autophage data fetch %s` gets it)".formatted(entry.place(), entry.kind());
    }

    private static String whereInception(Path file) {
        return Files.isRegularFile(file)
                ? file.toString()
                : "a network for features, not at %s (`./autophage data fetch %s` gets it)"
                        .formatted(file, InceptionFile.KIND);
    }

    @Command(
            name = "fetch",
            description = "Gets a dataset from its public mirrors and checks it; prints its folder.",
            mixinStandardHelpOptions = true)
    int fetch(@Parameters(paramLabel = "DATASET", description = "Such as mnist.") String kind) {
        Path folder = catalog().fetch(kind.toLowerCase(Locale.ROOT), ConsoleProgress.standardError());
        out().println(Printable.of(folder.toString()));
        return ExitCode.DONE.code();
    }

    @Command(
            name = "check",
            description = {
                "Reads every byte of a dataset and compares checksums, where there are any.",
                "A dataset is a folder of MNIST's files or CIFAR-10's batches, a folder or zip of pictures,"
                        + " or a store of converted images (*.images)."
            },
            mixinStandardHelpOptions = true)
    int check(@Parameters(paramLabel = "PLACE", description = "Such as datasets/mnist.") Path place) {
        DatasetCatalog.Entry entry = catalog().check(place, ConsoleProgress.standardError());
        String more = entry.holdout() == 0 ? "" : " and %d to hold out".formatted(entry.holdout());
        out().printf("%s: %s, %d images%s, all right%n", entry.place(), entry.kind(), entry.images(), more);
        return ExitCode.DONE.code();
    }

    @Command(
            name = "open",
            description = {
                "Opens the dataset of a spec and says what is in it, and what opening it took.",
                "Pictures are converted when they are opened for the first time; runs do that too."
            },
            mixinStandardHelpOptions = true)
    int open(@Mixin SpecArguments arguments) {
        ExperimentSpec asked = arguments.read();
        Work work = ConsoleProgress.work();
        long start = System.nanoTime();
        Dataset dataset = asked.dataset().dataset(work);
        double seconds = (System.nanoTime() - start) * 1e-9;
        EmptyClasses.of(asked, dataset).forEach(work.progress()::message);
        Optional<Images> images = dataset.holdout().images();
        String contents = images.map(held -> "images of %s, %d classes".formatted(held.describeSize(), held.classes()))
                .orElseGet(() -> dataset.shape(asked.sampling().labels()).describe());
        String available = dataset.available() == Dataset.UNLIMITED ? "unlimited" : String.valueOf(dataset.available());
        List<List<String>> rows = new ArrayList<>(List.of(
                List.of("dataset", dataset.name()),
                List.of("real", available + " " + contents),
                List.of("holdout", String.valueOf(dataset.holdout().count()))));
        images.filter(held -> held.classes() > 1)
                .ifPresent(held -> rows.add(List.of("classes", classes(dataset, held.classNames()))));
        rows.addAll(List.of(
                List.of("hash", dataset.hash()),
                List.of("opened in", String.format(Locale.ROOT, "%.2f s", seconds)),
                List.of("most memory", PeakMemory.describe())));
        out().print(Columns.leftAligned(rows));
        out().flush();
        return ExitCode.DONE.code();
    }

    /** Their names, with the number of real images where that is finite. */
    private static String classes(Dataset dataset, ClassNames names) {
        int shown = Math.min(names.count(), MOST_NAMES);
        int[] counts = dataset.classCounts().orElse(null);
        String list = IntStream.range(0, shown)
                .mapToObj(label -> names.name(label) + (counts == null ? "" : " (" + counts[label] + ")"))
                .collect(Collectors.joining(", "));
        return shown < names.count() ? list + " and %,d more".formatted(names.count() - shown) : list;
    }

    private static DatasetCatalog catalog() {
        return new DatasetCatalog(DatasetFolders.root());
    }

    private PrintWriter out() {
        return spec.commandLine().getOut();
    }
}
