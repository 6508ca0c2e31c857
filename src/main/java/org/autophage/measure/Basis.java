package org.autophage.measure;

import java.util.Arrays;
import java.util.Optional;

/** What the numbers of a record or of an evaluation rest on: what was looked at, and with what. */
public enum Basis {
    /** The feature extractor with its hash; {@code points} where coordinates are their own features, {@code tokens} of
     * sequences. */
    FEATURES("features", true),
    /** How images were made ready for the extractor. */
    PREPROCESSING("preprocessing", true),
    /** The independent classifier, the judge, with its hash. */
    CLASSIFIER("classifier", true),
    /** How many samples the metrics looked at. */
    SAMPLES("samples", false),
    /** How many real samples they were compared with. */
    REFERENCE("reference", false),
    /** Independent copies that the numbers are means over. */
    REPLICAS("replicas", false),
    /** k of the nearest-neighbour balls. */
    NEIGHBOURS("neighbours", false),
    /** Whether those balls are open or closed. */
    BALL("ball", true),
    /** Subsets over which the kernel distance's mean and deviation are. */
    SUBSETS("kernelDistanceOfSubsets.subsets", false),
    /** Samples in each of them. */
    SUBSET_SIZE("kernelDistanceOfSubsets.size", false),
    /** Tokens that distinct runs are counted in, the same number in every generation. */
    DISTINCT_TOKENS("distinctShare.tokens", false),
    /** Sequences that a self-BLEU is of. */
    SELF_BLEU_SEQUENCES("selfBleuSequences", false),
    /** Sets of real samples, each as large as the samples, that what is expected of these was measured on. */
    REAL_DRAWS("realDraws", false),
    /** Whose labels a learner of samples was told: {@link #ASKED}, or the judge's with its hash. */
    LEARNER_LABELS("learnerLabels", true),
    /** How many real images learners are taught, the same ones in every generation. */
    LEARNER_REAL_IMAGES("learnerRealImages", false),
    /** How many held-out real images a learner was attacked on, the same ones in every generation. */
    ATTACKED_IMAGES("attackedImages", false),
    /** The run that trained the model, where that was another one. */
    MODEL_FROM("modelFrom", true),
    /** The classes that samples were asked to be of, where those are not all alike. */
    SAMPLE_LABELS("sampleLabels", true);

    /** What {@link #FEATURES} is of points. */
    public static final String POINTS = "points";

    /** What {@link #FEATURES} is of sequences of tokens. */
    public static final String TOKENS = "tokens";

    /** What {@link #LEARNER_LABELS} is of models that are told labels: those that the samples were asked to be of. */
    public static final String ASKED = "asked";

    private final String key;
    private final boolean text;

    Basis(String key, boolean text) {
        this.key = key;
        this.text = text;
    }

    /** The name in records and results. */
    public String key() {
        return key;
    }

    /** Whether its values are text; whole numbers otherwise. */
    public boolean isText() {
        return text;
    }

    /** The one of a name; empty where it is none. */
    public static Optional<Basis> of(String key) {
        return Arrays.stream(values()).filter(basis -> basis.key.equals(key)).findFirst();
    }
}
