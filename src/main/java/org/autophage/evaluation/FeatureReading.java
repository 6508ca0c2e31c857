package org.autophage.evaluation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.autophage.base.Progress;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.Images;
import org.autophage.data.picture.PictureFiles;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.SetClasses;
import org.autophage.metrics.classifier.Judge;
import org.autophage.metrics.features.FeatureCache;
import org.autophage.metrics.features.FeatureExtractor;
import org.autophage.metrics.features.Features;
import org.jspecify.annotations.Nullable;

/** Extracts the features of images, or takes them from the cache. */
final class FeatureReading {
    /** Images of one call of the extractor, so that progress is told every few seconds. */
    private static final int STEP = 1000;

    private final FeatureExtractor extractor;
    private final FeatureCache cache;
    private final @Nullable Judge judge;
    private final @Nullable ClassNames names;
    private final boolean skipBad;
    private final Instruments instruments;
    private final Progress progress;

    /**
     * @param judge tells the classes of generated images; null where there is none
     * @param names of the judge's classes; null where there is none
     * @param instruments what the sets are measured with
     */
    FeatureReading(
            FeatureExtractor extractor,
            FeatureCache cache,
            @Nullable Judge judge,
            @Nullable ClassNames names,
            boolean skipBad,
            Instruments instruments,
            Work work) {
        this.extractor = extractor;
        this.cache = cache;
        this.judge = judge;
        this.names = names;
        this.skipBad = skipBad;
        this.instruments = instruments;
        this.progress = work.progress();
    }

    EvaluatedSet read(EvaluationInput.InMemory input) {
        Images images = input.images();
        Features features = cache.get(input.hash(), extractor, progress).orElseGet(() -> {
            Features extracted = extract(images, progress);
            cache.put(input.hash(), extractor, extracted, progress);
            return extracted;
        });
        return images(input, finite(features, input), classes(input), 0);
    }

    /** By the images' labels, or by what the judge sees in images of which labels only say what was asked for. */
    private @Nullable SetClasses classes(EvaluationInput.InMemory input) {
        Images images = input.images();
        if (!input.generated()) {
            return images.classes() < 2 ? null : new SetClasses(images.classNames(), images.labels());
        }
        if (judge == null) {
            return null;
        }
        boolean named = names != null && names.count() == judge.classes();
        return new SetClasses(
                named ? Objects.requireNonNull(names) : ClassNames.numbered(judge.classes()), judge.classify(images));
    }

    EvaluatedSet read(EvaluationInput.Pictures input) {
        try (PictureFiles files = PictureFiles.open(input.place(), input.like(), input.column())) {
            files.notes(!skipBad).forEach(progress::message);
            String hash = files.hash();
            Optional<Features> cached = cache.get(hash, extractor, progress);
            List<Features> parts = new ArrayList<>(cached.stream().toList());
            int skipped = 0;
            if (cached.isEmpty()) {
                skipped = files.read(skipBad, progress, chunk -> parts.add(extract(chunk, Progress.SILENT)));
            }
            Features features = concatenated(parts);
            if (cached.isEmpty() && skipped == 0) {
                // What was left out is told every time: such a set is read every time.
                cache.put(hash, extractor, features, progress);
            }
            SetClasses classes =
                    files.classes() > 1 && skipped == 0 ? new SetClasses(files.classNames(), files.labels()) : null;
            return images(input, finite(features, input), classes, skipped);
        }
    }

    private EvaluatedSet images(EvaluationInput input, Features features, @Nullable SetClasses classes, int skipped) {
        Optional<SetClasses> known = Optional.ofNullable(classes);
        return EvaluatedSet.ofImages(MeasuredSet.of(input.name(), instruments, () -> features, () -> known), skipped);
    }

    private Features extract(Images images, Progress told) {
        List<Features> parts = new ArrayList<>();
        try (Progress.Task task = told.begin("features " + extractor.name(), images.count(), "images")) {
            for (int from = 0; from < images.count(); from += STEP) {
                int to = Math.min(images.count(), from + STEP);
                parts.add(extractor.features(images.slice(from, to)));
                task.advanceTo(to, "");
            }
        }
        return concatenated(parts);
    }

    private Features finite(Features features, EvaluationInput input) {
        return features.requireFinite("features %s of %s".formatted(extractor.name(), input.name()));
    }

    private static Features concatenated(List<Features> parts) {
        if (parts.size() == 1) {
            return parts.get(0);
        }
        int width = parts.get(0).width();
        int count = parts.stream().mapToInt(Features::count).reduce(0, Math::addExact);
        float[] values = new float[Math.multiplyExact(count, width)];
        int at = 0;
        for (Features part : parts) {
            System.arraycopy(part.toFloats(), 0, values, at, part.count() * width);
            at += part.count() * width;
        }
        return Features.ofRows(width, values);
    }
}
