package org.autophage.experiment;

import org.autophage.base.AutophageException;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.model.ImageShape;
import org.autophage.model.ModelFamily;
import org.autophage.program.Device;

/**
 * A spec with its dataset opened, after everything was looked at that can be refused before any work and without a
 * device.
 *
 * @param spec the experiment
 * @param dataset its dataset
 * @param shape of the dataset's images
 */
public record ExperimentInputs(ExperimentSpec spec, Dataset dataset, ImageShape shape) {
    /**
     * Opens the dataset of a spec and checks that loop and model fit it.
     *
     * @throws AutophageException with USAGE, naming key or file, if the experiment cannot run
     */
    public static ExperimentInputs open(ExperimentSpec spec) {
        Dataset dataset = spec.dataset().open();
        spec.loop().check(dataset);
        Images first = (Images) dataset.real(new long[] {0}); // all images of a dataset are alike
        ImageShape shape = new ImageShape(first.height(), first.channels(), first.classes());
        spec.model().check(shape);
        return new ExperimentInputs(spec, dataset, shape);
    }

    /** The same with one key of the spec set to another value; the dataset stays. */
    ExperimentInputs with(String key, Object value) {
        return new ExperimentInputs(spec.with(key, value), dataset, shape);
    }

    /** Models as the spec describes them, on a device. */
    ModelFamily family(Device device) {
        return spec.model().family(device, shape, spec.sampling());
    }
}
