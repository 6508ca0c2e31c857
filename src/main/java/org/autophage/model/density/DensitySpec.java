package org.autophage.model.density;

import org.autophage.base.AutophageException;
import org.autophage.data.PointShape;
import org.autophage.data.SampleShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;

/**
 * What the specs of all density models have in common: they learn points. The records
 * name ModelSpec beside it, because the schema generator looks for a variant's name one interface up and no further.
 */
interface DensitySpec extends ModelSpec {
    /** Makes the family on a device. */
    ModelFamily familyOfPoints(Device device, PointShape shape, PointSampling sampling);

    /**
     * Looks whether the model can learn points of this shape.
     *
     * @throws AutophageException (usage) if it cannot
     */
    default void checkPoints(PointShape shape) {}

    @Override
    default DensitySpec complete() {
        return this;
    }

    /** Points of every replica. */
    @Override
    default int usualChunk() {
        return 100;
    }

    @Override
    default void check(SampleShape shape) {
        checkPoints(points(shape));
    }

    @Override
    default ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        check(shape);
        PointShape points = points(shape);
        return familyOfPoints(
                device,
                points,
                new PointSampling(device, points, complete(sampling).chunk()));
    }

    private PointShape points(SampleShape shape) {
        return shape.ofPoints()
                .orElseThrow(() -> AutophageException.usage(
                        "model.kind is %s, which learns points, but the dataset has %s: choose dataset.kind points or model.kind diffusion"
                                .formatted(kind(), shape.describe())));
    }
}
