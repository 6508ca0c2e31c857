package org.autophage.export;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.IntFunction;
import org.autophage.base.AutophageException;
import org.autophage.base.Work;
import org.autophage.data.ClassNames;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.SampleArchive;
import org.autophage.data.Samples;
import org.autophage.experiment.ExperimentSpec;
import org.autophage.loop.TrainingSetFile;
import org.autophage.run.RunClasses;
import org.autophage.run.RunFolder;
import org.autophage.run.RunGeneration;

/** The sets of samples that a generation of a run has; a constant's name in small letters is what a person asks for. */
public enum RunSet {
    /** What it gave to later ones. */
    SAMPLES {
        @Override
        IntFunction<Samples> open(RunFolder run, List<RunGeneration> all, Work work) {
            return number -> named(SampleArchive.read(all.get(number).samples()), run);
        }

        @Override
        List<RunGeneration> madeOf(RunGeneration generation) {
            return List.of(generation);
        }
    },
    /** What its model was trained on. */
    TRAINING {
        @Override
        IntFunction<Samples> open(RunFolder run, List<RunGeneration> all, Work work) {
            ExperimentSpec spec = RunSpec.read(run);
            Dataset dataset = spec.dataset().dataset(work);
            RunSpec.requireSame(dataset, run);
            boolean labelled = spec.model().learnsLabels();
            return number -> {
                Samples set = training(all.get(number), dataset);
                return labelled
                        ? set
                        : set.images().<Samples>map(RunSet::unlabelled).orElse(set);
            };
        }

        @Override
        List<RunGeneration> madeOf(RunGeneration generation) {
            return TrainingSetFile.generations(generation.files().trainingSet()).stream()
                    .map(number -> new RunGeneration(generation.run(), generation.seed(), number))
                    .toList();
        }
    };

    /** As a person writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Opens what the sets of some generations are made of.
     *
     * @return reads the set of one of them, by its place in the list
     */
    abstract IntFunction<Samples> open(RunFolder run, List<RunGeneration> all, Work work);

    /** The generations whose samples a set is made of. */
    abstract List<RunGeneration> madeOf(RunGeneration generation);

    /** Samples with the names of their classes, which an archive has not. */
    private static Samples named(Samples samples, RunFolder run) {
        Optional<RunClasses> classes = RunClasses.read(run.classes());
        return samples.images()
                .filter(images -> classes.filter(each -> each.names().size() == images.classes())
                        .isPresent())
                .<Samples>map(images ->
                        images.called(ClassNames.of(classes.orElseThrow().names())))
                .orElse(samples);
    }

    private static Samples training(RunGeneration generation, Dataset dataset) {
        IntFunction<Samples> given = number -> {
            if (number >= generation.number()) {
                throw AutophageException.usage("%s is corrupt: generation %d learns from generation %d"
                        .formatted(generation.files().trainingSet(), generation.number(), number));
            }
            return SampleArchive.read(new RunGeneration(generation.run(), generation.seed(), number).samples());
        };
        return TrainingSetFile.read(generation.files().trainingSet(), generation.number(), dataset, given);
    }

    /** Of a model that is told no labels: those of its samples say nothing. */
    private static Images unlabelled(Images images) {
        return images.labelled(ClassNames.numbered(1), new int[images.count()]);
    }
}
