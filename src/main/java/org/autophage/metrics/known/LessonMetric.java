package org.autophage.metrics.known;

import java.util.Optional;
import org.autophage.data.Dataset;
import org.autophage.data.SampleShape;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;

/** A metric of models that learn from a generation's samples, see {@link Lesson}: of images with classes, in runs. */
abstract class LessonMetric implements SampleMetric {
    @Override
    public final Optional<String> objection(SampleShape shape, Dataset source) {
        return shape.hasClasses() ? Optional.empty() : Optional.of("these samples have no classes");
    }

    @Override
    public final boolean looksAtFeatures() {
        return false;
    }

    @Override
    public final Findings of(MeasuredPair pair) {
        return Lesson.of(pair).map(this::of).orElseGet(() -> Findings.builder()
                .note("no %s: it is measured in runs of images with classes".formatted(name()))
                .build());
    }

    /** Measures where there is something to learn from. */
    abstract Findings of(Lesson lesson);
}
