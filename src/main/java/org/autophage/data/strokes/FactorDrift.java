package org.autophage.data.strokes;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.jspecify.annotations.Nullable;

/**
 * {@code dataset.drift} of strokes: by how much the means of {@linkplain GlyphFactors factors} move from a generation to the
 * next. Their spread stays.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FactorDrift(
        @JsonPropertyDescription("By how much the slant's mean moves a generation, radians; it is 0.1 at first")
                @Nullable
                Double slant,
        @JsonPropertyDescription("The same of the rotation, radians; 0 at first") @Nullable Double rotation,
        @JsonPropertyDescription("The same of the size, of which 1 is usual; 1 at first") @Nullable Double scale,
        @JsonPropertyDescription("The same of the width, of which 1 is usual; 1 at first") @Nullable Double aspect,
        @JsonPropertyDescription("The same of the pen's diameter, as a fraction of the image's size; 0.105 at first")
                @Nullable
                Double thickness) {
    public static final FactorDrift DEFAULTS = new FactorDrift(null, null, null, null, null);

    static final String KEY = "dataset.drift";

    private static final double ROUNDING = 1e-9;

    public FactorDrift {
        Checks.within(KEY + ".slant", slant, Range.finite());
        Checks.within(KEY + ".rotation", rotation, Range.finite());
        Checks.within(KEY + ".scale", scale, Range.finite());
        Checks.within(KEY + ".aspect", aspect, Range.finite());
        Checks.within(KEY + ".thickness", thickness, Range.finite());
    }

    /**
     * A factor that moves, and how far its mean can.
     *
     * @param step a generation
     * @param first its mean at generation 1
     * @param least of its mean, with which every glyph can be drawn
     * @param most likewise
     */
    private record Moving(String name, double step, double first, double least, double most) {}

    private List<Moving> moving() {
        List<Moving> moving = new ArrayList<>();
        add(moving, "slant", slant, GlyphFactors.SLANT, -0.9, 0.9);
        add(moving, "rotation", rotation, 0, -Math.PI, Math.PI);
        add(moving, "scale", scale, 1, 0.4, 1.6);
        add(moving, "aspect", aspect, 1, 0.4, 2);
        add(moving, "thickness", thickness, GlyphFactors.THICKNESS, 0.06, 0.25);
        return moving;
    }

    private static void add(
            List<Moving> moving, String name, @Nullable Double step, double first, double least, double most) {
        if (step != null) {
            moving.add(new Moving(name, step, first, least, most));
        }
    }

    /** What moves by how much, of what moves alone. */
    String steps() {
        return moving().stream().map(each -> each.name() + " " + each.step()).collect(Collectors.joining(" "));
    }

    /** Refuses means that no glyph has after so many generations. */
    void check(int generations) {
        for (Moving each : moving()) {
            double mean = each.first() + generations * each.step();
            if (mean < each.least() - ROUNDING || mean > each.most() + ROUNDING) {
                double room = each.step() > 0 ? each.most() - each.first() : each.first() - each.least();
                throw WrongValue.of(
                        KEY + "." + each.name(),
                        each.step(),
                        "brings its mean to %.3g at generation %d: must stay within [%.3g, %.3g], so at most %.3g a generation"
                                .formatted(mean, generations + 1, each.least(), each.most(), room / generations));
            }
        }
    }

    /** The factors of a glyph after so many generations. */
    GlyphFactors after(int generations, GlyphFactors first) {
        return first.moved(
                by(slant, generations),
                by(rotation, generations),
                by(scale, generations),
                by(aspect, generations),
                by(thickness, generations));
    }

    private static double by(@Nullable Double step, int generations) {
        return step == null ? 0 : generations * step;
    }
}
