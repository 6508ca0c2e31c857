package org.autophage.data.points;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.List;
import org.autophage.base.WrongValue;

/**
 * By how much the mean of a law of points moves from a generation to the next. In a spec: a number, along the first
 * dimension, or a list with a number a dimension.
 *
 * @param step in the points' own unit; one number, or one a dimension
 */
public record PointDrift(List<Double> step) {
    static final String KEY = "dataset.drift";

    public PointDrift {
        step = List.copyOf(step);
    }

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static PointDrift parse(Object value) {
        List<Double> step = new ArrayList<>();
        for (Object each : value instanceof List<?> list ? list : List.of(value)) {
            if (!(each instanceof Number number && Double.isFinite(number.doubleValue()))) {
                throw WrongValue.of(
                        WrongValue.ITSELF,
                        value,
                        "must be a number, by which the mean moves along the first dimension, or a list with one a dimension");
            }
            step.add(number.doubleValue());
        }
        return new PointDrift(step);
    }

    /** Refuses a list that does not fit the dimensions. */
    void check(int dimensions) {
        if (step.size() != 1 && step.size() != dimensions) {
            throw WrongValue.of(
                    KEY,
                    step,
                    "must be one number, along the first dimension, or %d, one a dimension".formatted(dimensions));
        }
    }

    /** Whether nothing moves. */
    boolean isNone() {
        return step.stream().allMatch(each -> each == 0);
    }

    /** Where the mean has moved to after so many generations, in d dimensions. */
    double[] after(int generations, int dimensions) {
        double[] moved = new double[dimensions];
        for (int i = 0; i < step.size(); i++) {
            moved[i] = generations * step.get(i);
        }
        return moved;
    }

    /** What a spec says: the number, or the list. */
    @JsonValue
    public Object specValue() {
        return step.size() == 1 ? (Object) step.get(0) : step;
    }
}
