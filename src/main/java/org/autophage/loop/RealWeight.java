package org.autophage.loop;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import org.autophage.base.AutophageException;
import org.autophage.base.WrongValue;
import org.jspecify.annotations.Nullable;

/**
 * The share of the total weight that real samples have in training. In a spec: a number; or {@code golden}, the weight that makes
 * the mean of a fresh-data loop most exact: with k synthetic samples a real one it solves k w² + w = 1, which for k = 1 is the golden
 * ratio's 1/φ (arXiv 2502.18049), and the limit of the mean's variance is then w σ²/n_r.
 *
 * @param share of the total weight; null for {@code golden}
 */
public record RealWeight(@Nullable Double share) {
    /** The best weight for the numbers of samples that a generation has. */
    public static final RealWeight GOLDEN = new RealWeight(null);

    private static final String GOLDEN_NAME = "golden";

    /** The same share for every generation. */
    public static RealWeight of(double share) {
        return new RealWeight(share);
    }

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static RealWeight parse(Object value) {
        if (GOLDEN_NAME.equals(value)) {
            return GOLDEN;
        }
        if (value instanceof Number share) {
            return of(share.doubleValue());
        }
        throw AutophageException.usage(
                "the real samples' weight is %s: must be a number in [0, 1], or golden".formatted(value));
    }

    /** Refuses a share that is none; the key is for the message. */
    void check(String key) {
        if (share != null && !(share >= 0 && share <= 1)) {
            throw WrongValue.of(
                    key, share, "must be in [0, 1], the real samples' share of the total weight, or golden");
        }
    }

    /**
     * The share in a training set.
     *
     * @param real how many real samples it has, at least 1
     * @param synthetic how many synthetic ones
     */
    public double of(double real, double synthetic) {
        return share != null ? share : 2 / (1 + Math.sqrt(1 + 4 * synthetic / real)); // no difference of large numbers
    }

    /** What a spec says: the number, or "golden". */
    @JsonValue
    public Object specValue() {
        return share == null ? (Object) GOLDEN_NAME : (Object) share;
    }
}
