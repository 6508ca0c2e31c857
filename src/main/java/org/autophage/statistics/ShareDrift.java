package org.autophage.statistics;

/**
 * How far the share of a class moves in a loop whose models learn the very law of their training sets: by the chance of which samples
 * are drawn alone. Without real samples it is a martingale, of which a class is lost in the end; real ones pull it back.
 *
 * @param fixedReal samples of every training set but the first that are the same real ones again, of the first one's
 * @param freshReal those that are other real ones every time
 * @param synthetic those that the model before has drawn, at least 1
 * @param initial real samples of the first training set
 */
public record ShareDrift(long fixedReal, long freshReal, long synthetic, long initial) {
    public ShareDrift {
        if (fixedReal < 0 || freshReal < 0 || synthetic < 1 || initial < 1) {
            throw new IllegalArgumentException("%d fixed, %d fresh, %d synthetic samples, %d at first"
                    .formatted(fixedReal, freshReal, synthetic, initial));
        }
    }

    private double ofSynthetic() {
        return synthetic / (double) (fixedReal + freshReal + synthetic);
    }

    /**
     * The variance of a class's share among what is learnt from, after so many generations that began with a model which has the
     * share exactly, as real samples do: p(1 − p)(1 − (1 − 1/n)ᵗ) of n synthetic samples alone.
     *
     * @param share p, in [0, 1]
     * @param generations t, at least 0
     */
    public double variance(double share, int generations) {
        double total = (double) fixedReal + freshReal + synthetic;
        double each = share * (1 - share) * (freshReal + synthetic) / (total * total);
        double kept = ofSynthetic() * ofSynthetic() * (1 - 1.0 / synthetic);
        double left = Math.pow(kept, generations);
        // kept is 1 − 1/n² at most but for one synthetic sample alone, which makes it 0
        return each * (1 - left) / (1 - kept);
    }

    /**
     * The variance of the difference between the shares among measured samples of the first model and of the one so many generations
     * later. Of the first model's samples those are measured that are learnt from, or as many of them.
     *
     * @param share p
     * @param measured samples whose classes were counted, m
     * @param generations t, at least 1
     */
    public double ofChange(double share, long measured, int generations) {
        double spread = share * (1 - share);
        double learnt = variance(share, generations);
        double last = (spread - learnt) / measured + learnt;
        double memory = Math.pow(ofSynthetic(), generations);
        double back = (1 - memory) * (1 - memory) * spread * ofReal();
        return last + back + spread / measured - 2 * memory * spread / Math.max(measured, synthetic);
    }

    /**
     * How far the share among the real samples that a loop goes on with is from the first training set's, by chance, over p(1 − p): fixed
     * ones are some of these, fresh ones others.
     */
    private double ofReal() {
        double real = Math.max(1, fixedReal + freshReal);
        double fixed = fixedReal == 0 ? 0 : Math.max(0, 1.0 / fixedReal - 1.0 / initial);
        return Math.pow(fixedReal / real, 2) * fixed + Math.pow(freshReal / real, 2) / initial;
    }
}
