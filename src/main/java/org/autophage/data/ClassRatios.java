package org.autophage.data;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.autophage.base.NearestKey;
import org.autophage.base.WrongValue;
import org.jspecify.annotations.Nullable;

/**
 * How frequent the classes of a dataset are to be, relative to each other. In a spec: a list with a number a class, or a mapping
 * of classes' names to numbers, in which those that are not named have 1.
 *
 * @param inOrder a number a class; null where they go by names
 * @param byName of some classes; empty where they go by order
 */
public record ClassRatios(@Nullable List<Double> inOrder, Map<String, Double> byName) {
    /** Of the key in specs of every kind. */
    public static final String MEANING =
            "How frequent classes are, relative to each other: a list with a number of at least 0 a class, or a mapping of some classes' names to such numbers, the others having 1; real images and holdout are chosen to be so, as many as there are; left out, all that there are";

    static final String KEY = "dataset.classShares";

    public ClassRatios {
        inOrder = inOrder == null ? null : List.copyOf(inOrder);
        byName = Collections.unmodifiableMap(new LinkedHashMap<>(byName));
    }

    /** Reads what a spec says. */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static ClassRatios parse(Object value) {
        if (value instanceof List<?> list) {
            List<Double> inOrder = new ArrayList<>();
            list.forEach(each -> inOrder.add(share(each, value)));
            return new ClassRatios(inOrder, Map.of());
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Double> byName = new LinkedHashMap<>();
            map.forEach((name, share) -> byName.put(String.valueOf(name), share(share, value)));
            return new ClassRatios(null, byName);
        }
        throw WrongValue.of(
                WrongValue.ITSELF,
                value,
                "must be a list with a number a class, or a mapping of classes' names to numbers");
    }

    private static double share(Object each, Object all) {
        if (each instanceof Number number && number.doubleValue() >= 0 && Double.isFinite(number.doubleValue())) {
            return number.doubleValue();
        }
        throw WrongValue.of(WrongValue.ITSELF, all, "'%s' is no share: must be a number of at least 0".formatted(each));
    }

    /**
     * The shares of a dataset's classes.
     *
     * @return one a class, which sum to 1
     * @throws WrongValue where they are not those of its classes, or there would be nothing
     */
    double[] of(ClassNames names, String dataset) {
        double[] shares = inOrder == null ? named(names, dataset) : ordered(names, inOrder, dataset);
        double sum = Arrays.stream(shares).sum();
        if (!(sum > 0)) {
            throw WrongValue.of(KEY, specValue(), "must be above 0 for some class, or there is no image");
        }
        return Arrays.stream(shares).map(share -> share / sum).toArray();
    }

    private static double[] ordered(ClassNames names, List<Double> inOrder, String dataset) {
        if (inOrder.size() != names.count()) {
            throw WrongValue.of(
                    KEY,
                    inOrder,
                    "must have %d numbers, one a class of %s, not %d"
                            .formatted(names.count(), dataset, inOrder.size()));
        }
        return inOrder.stream().mapToDouble(share -> share).toArray();
    }

    private double[] named(ClassNames names, String dataset) {
        List<String> all = names.all();
        double[] shares = new double[all.size()];
        Arrays.fill(shares, 1);
        byName.forEach((name, share) -> {
            int label = all.indexOf(name);
            if (label < 0) {
                throw new WrongValue(
                        KEY,
                        "has '%s', which is no class of %s; the nearest is %s"
                                .formatted(name, dataset, NearestKey.to(name, all)));
            }
            shares[label] = share;
        });
        return shares;
    }

    /** What a spec says: the list, or the mapping. */
    @JsonValue
    public Object specValue() {
        return inOrder == null ? byName : inOrder;
    }
}
