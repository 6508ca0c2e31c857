package org.autophage.data;

/** The kinds of samples there are: what differs by kind, and is no matter of one sample, is asked here. */
public enum SampleKind {
    /** Images of one size, of classes or of none. */
    IMAGES,
    /** Points in a batch of replicas. */
    POINTS {
        @Override
        public boolean showsOwnSamples() {
            return true;
        }
    },
    /** Sequences of tokens, in a batch of replicas. */
    TOKENS;

    /**
     * Whether a picture of a generation shows its own samples: of a cloud no point is worth comparing. Of others it shows samples
     * of the same latents and labels in every generation, so that what differs is the model.
     */
    public boolean showsOwnSamples() {
        return false;
    }
}
