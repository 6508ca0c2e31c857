package org.autophage.measure;

import static org.autophage.measure.Metric.Better.HIGHER;
import static org.autophage.measure.Metric.Better.LOWER;
import static org.autophage.measure.Metric.Better.NEITHER;
import static org.autophage.measure.Metric.Scale.NUMBER;
import static org.autophage.measure.Metric.Scale.SHARE;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The part of the vocabulary that is of sequences of tokens, and how a name comes into it; {@link Metrics} has all of it. */
abstract class SequenceMetrics {
    /** The vocabulary, in the order in which names came into it. */
    static final Map<String, Metric> BY_KEY = new LinkedHashMap<>();

    public static final Metric HETEROZYGOSITY = metric("heterozygosity", "Heterozygosity", SHARE, HIGHER)
            .means(
                    "Probability that two tokens of the law, or of its samples, are different, 1 − Σq²: 0 once one token is left.");
    public static final Metric TOKEN_ENTROPY = metric("tokenEntropy", "Entropy of tokens", NUMBER, HIGHER)
            .means("Shannon’s entropy of the law of tokens, or of their shares among its samples, nats.");
    public static final Metric DISTINCT_TOKENS =
            metric("distinctTokens", "Tokens left", NUMBER, HIGHER).means("Different tokens that the law still gives.");
    public static final Metric CROSS_ENTROPY = metric("crossEntropy", "Cross-entropy", NUMBER, LOWER)
            .means("Of the model on held-out real sequences, nats a token.");
    public static final Metric PERPLEXITY = metric("perplexity", "Perplexity", NUMBER, LOWER)
            .means("The cross-entropy as a number of equally likely tokens: e to its power.");
    public static final Metric ENTROPY_GAP = metric("entropyGap", "Gap to the entropy rate", NUMBER, LOWER)
            .means(
                    "Cross-entropy less what the real law’s own would be: how much worse the model is than the truth, nats a token.");
    public static final Metric POSSIBLE_SHARE = metric("possibleShare", "Possible sequences", SHARE, HIGHER)
            .means("Share of samples that the real law can give at all, such as grammatical sentences.");
    public static final Metric SOURCE_LOG_PROBABILITY = metric(
                    "sourceLogProbability", "Log-probability under the real law", NUMBER, NEITHER)
            .means(
                    "Of the possible samples, nats a token: less the entropy rate for samples of the real law itself, more where they keep to what is likely.");
    public static final Metric SKELETON_RECALL = metric("skeletonRecall", "Recall of skeletons", SHARE, HIGHER)
            .means("Share of real sequences whose classes of words, in order, some sample has.");
    public static final Metric DISTINCT_1 = metric("distinctShare.1", "Distinct-1", SHARE, HIGHER)
            .called("distinct-1")
            .means("Different tokens among the first so many tokens of the samples, over these: diversity.");
    public static final Metric DISTINCT_2 = metric("distinctShare.2", "Distinct-2", SHARE, HIGHER)
            .means("Different runs of two tokens there, over all of these.");
    public static final Metric DISTINCT_3 = metric("distinctShare.3", "Distinct-3", SHARE, HIGHER)
            .means("Different runs of three tokens there, over all of these.");
    public static final Metric DISTINCT_4 = metric("distinctShare.4", "Distinct-4", SHARE, HIGHER)
            .means("Different runs of four tokens there, over all of these.");
    public static final Metric SELF_BLEU = metric("selfBleu", "Self-BLEU-4", NUMBER, LOWER)
            .called("self-BLEU-4")
            .means("How much of a sample’s runs of up to four tokens others have too; 1 where all are alike.");
    public static final Metric TYPE_COVERAGE = metric("typeCoverage", "Coverage of the vocabulary", SHARE, HIGHER)
            .means("Share of the real law’s different tokens that the samples have.");
    public static final Metric TAIL_TYPE_COVERAGE = metric("tailTypeCoverage", "Coverage of rare tokens", SHARE, HIGHER)
            .means("The same of the tenth of the tokens that are rarest in the real law.");
    public static final Metric LONGEST_COPIED_RUN = metric("longestCopiedRun", "Longest copied run", NUMBER, NEITHER)
            .means("Tokens of a sample’s longest run that stands in the training set too, mean over the samples.");
    public static final Metric COPIED_RUNS = metric("copiedRuns", "Copied runs of eight", SHARE, NEITHER)
            .means("Share of the samples’ runs of eight tokens that stand in the training set too.");

    /** How many these are, which came first. */
    static final int OF_SEQUENCES = BY_KEY.size();

    /** A metric whose meaning is still to be said, which puts it into the vocabulary. */
    record Named(String key, String label, String inSentence, Metric.Scale scale, Metric.Better better) {
        /** With another name inside a sentence, where a name begins with a capital. */
        Named called(String name) {
            return new Named(key, label, name, scale, better);
        }

        Metric means(String meaning) {
            Metric metric = new Metric(key, label, inSentence, meaning, scale, better);
            BY_KEY.put(key, metric);
            return metric;
        }
    }

    static Named metric(String key, String label, Metric.Scale scale, Metric.Better better) {
        return new Named(key, label, lowerCase(label), scale, better);
    }

    static String lowerCase(String label) {
        return label.isEmpty() ? "" : label.substring(0, 1).toLowerCase(Locale.ROOT) + label.substring(1);
    }
}
