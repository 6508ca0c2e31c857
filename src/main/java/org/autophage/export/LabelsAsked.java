package org.autophage.export;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.data.Dataset;
import org.autophage.data.ImageShape;
import org.autophage.data.LabelOrder;
import org.autophage.data.SampleLabels;
import org.autophage.data.SampleShape;
import org.autophage.experiment.ExperimentInputs;

/**
 * Which classes samples are asked to be of, in a person's words: {@code balanced}, {@code as-data}, or classes by name or number, which
 * take turns.
 */
final class LabelsAsked {
    private static final String OPTION = "--labels";

    private LabelsAsked() {}

    /**
     * The shape of samples of these classes.
     *
     * @throws AutophageException (usage) if the model is told no labels, or there is no such class
     */
    static SampleShape shape(ExperimentInputs inputs, String asked) {
        ImageShape shape = inputs.shape()
                .ofImages()
                .filter(images -> images.hasClasses() && inputs.spec().model().learnsLabels())
                .orElseThrow(() -> AutophageException.usage(
                        "%s is %s: this run's model is told no labels, so that none can be asked for"
                                .formatted(OPTION, asked)));
        Dataset dataset = inputs.dataset();
        for (SampleLabels usual : SampleLabels.values()) {
            if (usual.toString().equals(asked)) {
                return dataset.shape(usual);
            }
        }
        int[] classes = Arrays.stream(asked.split(",", -1))
                .mapToInt(name -> label(name.strip(), shape))
                .toArray();
        return new ImageShape(
                shape.size(), shape.channels(), shape.classNames(), new LabelOrder(shape.classes(), classes));
    }

    /** A class by its name, or by its number where none is called so. */
    private static int label(String name, ImageShape shape) {
        List<String> names = shape.classNames().all();
        int named = names.indexOf(name);
        if (named >= 0) {
            return named;
        }
        List<String> numbers = new ArrayList<>(
                IntStream.range(0, names.size()).mapToObj(String::valueOf).toList());
        int numbered = numbers.indexOf(name);
        if (numbered < 0) {
            throw AutophageException.usage("%s has %s: must be %s, %s, or classes separated by commas: %s"
                    .formatted(
                            OPTION,
                            name.isEmpty() ? "an empty name" : name,
                            SampleLabels.BALANCED,
                            SampleLabels.AS_DATA,
                            shape.classNames()
                                    .list(IntStream.range(0, names.size()).toArray())));
        }
        return numbered;
    }
}
