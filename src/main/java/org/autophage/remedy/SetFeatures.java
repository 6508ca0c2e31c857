package org.autophage.remedy;

import java.util.function.Function;
import org.autophage.base.AutophageException;
import org.autophage.base.WrongValue;
import org.autophage.data.SampleLabels;
import org.autophage.data.SampleShape;
import org.autophage.data.Samples;
import org.autophage.metrics.classifier.Verifier;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.features.PixelFeatures;
import org.jspecify.annotations.Nullable;

/**
 * Where a choice among samples compares them: points by their coordinates, images by their pixels or by the activations of a
 * classifier that no metric knows. It is never what they are measured by, for that would be choosing the figure.
 */
final class SetFeatures {
    static final String DESCRIPTION =
            "Where images are compared: pixels, or verifier, a classifier that is none of the metrics'; left out, verifier where there are classes. Points have coordinates alone";

    private static final String PIXELS = PixelFeatures.NAME;
    private static final String VERIFIER = "verifier";
    private static final PixelFeatures PIXEL_FEATURES = new PixelFeatures();

    private SetFeatures() {}

    /** Refuses a name that is none. */
    static void checkName(@Nullable String features) {
        if (features != null && !features.equals(PIXELS) && !features.equals(VERIFIER)) {
            throw WrongValue.of("features", features, "must be pixels or verifier; what measures must not choose");
        }
    }

    /** Refuses features that samples of the experiment do not have, or that it is measured by. */
    static void check(@Nullable String features, Setting setting) {
        SampleShape shape = setting.shape();
        if (shape == null) {
            return;
        }
        Setting.requireVectors(shape);
        if (shape.ofPoints().isPresent()) {
            if (features != null) {
                throw AutophageException.usage(
                        "features is %s, but points have coordinates alone; leave the key out".formatted(features));
            }
            checkReplicas(shape);
            return;
        }
        String name = name(features, shape);
        if (name.equals(VERIFIER) && !shape.hasClasses()) {
            throw AutophageException.usage(
                    "features is verifier, a classifier of the dataset's classes, which it has not; write pixels");
        }
        if (setting.measuredBy().contains(name)) {
            throw AutophageException.usage(
                    "features is %1$s, and so is one of metrics.features and metrics.alsoFeatures: a choice in the space that measures would choose the figure; change one of them"
                            .formatted(name));
        }
    }

    /** Refuses a choice by what points look like where one position stands for points of several replicas. */
    static void checkReplicas(SampleShape shape) {
        int replicas = shape.replicas();
        if (replicas > 1) {
            throw AutophageException.usage(
                    "dataset.replicas is %d: samples are chosen for all replicas at once, so a choice that looks at them needs 1; take several seeds"
                            .formatted(replicas));
        }
    }

    private static String name(@Nullable String features, SampleShape shape) {
        return features != null ? features : shape.hasClasses() ? VERIFIER : PIXELS;
    }

    /** The features of samples, one row a sample. */
    static Function<Samples, Features> of(@Nullable String features, RemedyContext context) {
        SampleShape shape = context.dataset().shape(SampleLabels.BALANCED);
        if (shape.ofImages().isPresent() && name(features, shape).equals(VERIFIER)) {
            Verifier verifier = context.verifier();
            return samples -> verifier.features(samples.images().orElseThrow());
        }
        return SetFeatures::raw;
    }

    /** The samples themselves: points of all replicas, one after the other, or pixels in [0, 1]. */
    static Features raw(Samples samples) {
        return samples.points()
                .map(points -> Features.ofRows(points.dimensions(), points.values()))
                .orElseGet(() -> PIXEL_FEATURES.features(samples.images().orElseThrow()));
    }
}
