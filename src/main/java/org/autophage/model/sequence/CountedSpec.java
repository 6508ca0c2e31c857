package org.autophage.model.sequence;

import org.autophage.data.SampleShape;
import org.autophage.data.TokenShape;
import org.autophage.model.ModelFamily;
import org.autophage.model.ModelSpec;
import org.autophage.model.Sampling;
import org.autophage.model.SamplingSpec;
import org.autophage.program.Device;

/**
 * What the specs of models that count tokens have in common: they learn sequences. The records name ModelSpec beside it, because the
 * schema generator looks for a variant's name one interface up and no further.
 */
interface CountedSpec extends ModelSpec {
    /** Makes the family; counting needs no device. */
    ModelFamily familyOfTokens(TokenShape shape, Sampling sampling);

    /**
     * Looks whether the model can learn sequences of this shape.
     *
     * @throws org.autophage.base.AutophageException (usage) if it cannot
     */
    void checkTokens(TokenShape shape);

    @Override
    default CountedSpec complete() {
        return this;
    }

    @Override
    default Sampling complete(SamplingSpec sampling) {
        return sampling.ofTokens(kind(), usualChunk());
    }

    @Override
    default boolean editsTokens() {
        return true;
    }

    /** Sequences of every replica. */
    @Override
    default int usualChunk() {
        return 1000;
    }

    @Override
    default boolean hasWeights() {
        return false;
    }

    @Override
    default void check(SampleShape shape) {
        checkTokens(TokenShape.of(shape, kind()));
    }

    @Override
    default ModelFamily family(Device device, SampleShape shape, SamplingSpec sampling) {
        check(shape);
        return familyOfTokens(TokenShape.of(shape, kind()), complete(sampling));
    }
}
