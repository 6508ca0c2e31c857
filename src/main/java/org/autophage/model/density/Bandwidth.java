package org.autophage.model.density;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import org.autophage.base.WrongValue;
import org.jspecify.annotations.Nullable;

/**
 * The width of kernels: in a spec a positive number h, for kernels N(0, h² I), or the name of a rule, for kernels whose
 * covariance is that of the points times the square of the rule's factor.
 *
 * @param rule null for a number
 * @param number h; null for a rule
 */
public record Bandwidth(@Nullable Rule rule, @Nullable Double number) {
    /** Rules for the factor, of n points in d dimensions; the same as those of SciPy's gaussian_kde. */
    public enum Rule {
        /** n^(−1/(d+4)) (Scott 1992). */
        SCOTT {
            @Override
            double factor(double points, int dimensions) {
                return Math.pow(points, -1.0 / (dimensions + 4));
            }
        },
        /** (n (d+2) / 4)^(−1/(d+4)) (Silverman 1986). */
        SILVERMAN {
            @Override
            double factor(double points, int dimensions) {
                return Math.pow(points * (dimensions + 2) / 4, -1.0 / (dimensions + 4));
            }
        };

        /**
         * @param points n; of weighted points the effective number (Σw)²/Σw²
         * @param dimensions d
         */
        abstract double factor(double points, int dimensions);

        /** As written in a spec. */
        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    public static final Bandwidth SCOTT = new Bandwidth(Rule.SCOTT, null);

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static Bandwidth parse(Object value) {
        if (value instanceof Number number && number.doubleValue() > 0 && Double.isFinite(number.doubleValue())) {
            return new Bandwidth(null, number.doubleValue());
        }
        return Arrays.stream(Rule.values())
                .filter(rule -> rule.toString().equals(value))
                .map(rule -> new Bandwidth(rule, null))
                .findFirst()
                .orElseThrow(
                        () -> WrongValue.of("model.bandwidth", value, "must be a positive number, scott or silverman"));
    }

    /** What a spec says: a number or the rule's name. */
    @JsonValue
    public Object specValue() {
        return number != null ? number : String.valueOf(rule);
    }
}
