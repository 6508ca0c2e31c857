package org.autophage.experiment;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.autophage.base.Seeds;
import org.autophage.data.ClassNames;
import org.autophage.data.Dataset;
import org.autophage.data.Images;

/** Says which classes have pictures, but none where some are needed: to learn from, or to compare with. */
public final class EmptyClasses {
    private EmptyClasses() {}

    /** A line for each kind of emptiness there is; usually none. */
    public static List<String> of(ExperimentSpec spec, Dataset dataset) {
        List<String> lines = new ArrayList<>();
        Optional<Images> first = dataset.real(new long[] {0}).images().filter(images -> images.classes() > 1);
        if (first.isEmpty()) {
            return lines;
        }
        Images like = first.get();
        boolean[] held = new boolean[like.classes()];
        Optional<int[]> learnt = dataset.classCounts();
        if (learnt.isPresent()) {
            int[] unlearnt = without(learnt.get());
            for (int label : unlearnt) {
                held[label] = true;
            }
            say(
                    like.classNames(),
                    unlearnt,
                    spec.dataset().classShares() != null
                            ? "dataset.classShares leaves no picture of %s to learn"
                            : "dataset.holdout is %d: it takes all pictures of %%s, which no model can learn"
                                    .formatted(spec.dataset().holdout()),
                    lines);
            say(
                    like.classNames(),
                    without(dataset.holdout().images().orElseThrow().classCounts()),
                    spec.dataset().classShares() != null
                            ? "dataset.classShares leaves no picture of %s for the metrics to compare with"
                            : "dataset.holdout is %d: it has no picture of %%s for the metrics to compare with"
                                    .formatted(spec.dataset().holdout()),
                    lines);
        }
        if (spec.loop().initial() <= dataset.available()) {
            sayUnseen(spec, dataset, like.classNames(), held, lines);
        }
        return lines;
    }

    /** Seeds take different pictures, but mostly of the same classes. */
    private static void sayUnseen(
            ExperimentSpec spec, Dataset dataset, ClassNames names, boolean[] held, List<String> lines) {
        Map<String, List<Long>> seedsOfClasses = new LinkedHashMap<>();
        for (long seed : spec.seeds()) {
            int[] counts = new int[names.count()];
            long[] first = spec.loop().dataMix().firstRealImages(dataset, new Seeds(seed));
            for (int label : dataset.labels(first)) {
                counts[label]++;
            }
            int[] unseen =
                    IntStream.of(without(counts)).filter(label -> !held[label]).toArray();
            if (unseen.length > 0) {
                seedsOfClasses
                        .computeIfAbsent(names.list(unseen), key -> new ArrayList<>())
                        .add(seed);
            }
        }
        if (!seedsOfClasses.isEmpty()) {
            String missing = seedsOfClasses.entrySet().stream()
                    .map(entry -> "%s (seed%s %s)"
                            .formatted(
                                    entry.getKey(),
                                    entry.getValue().size() == 1 ? "" : "s",
                                    entry.getValue().stream()
                                            .map(String::valueOf)
                                            .collect(Collectors.joining(", "))))
                    .collect(Collectors.joining("; "));
            lines.add("loop.initial is %d: generation 1 is trained on no picture of %s"
                    .formatted(spec.loop().initial(), missing));
        }
    }

    private static void say(ClassNames names, int[] classes, String line, List<String> lines) {
        if (classes.length > 0) {
            lines.add(line.formatted(names.list(classes)));
        }
    }

    private static int[] without(int[] counts) {
        return IntStream.range(0, counts.length)
                .filter(label -> counts[label] == 0)
                .toArray();
    }
}
