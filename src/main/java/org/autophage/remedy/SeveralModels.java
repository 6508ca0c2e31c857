package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.function.DoubleFunction;
import org.autophage.base.AutophageException;
import org.autophage.data.ImageShape;
import org.autophage.data.LabelOrder;
import org.autophage.data.SampleShape;
import org.autophage.model.EnsembleFamily;
import org.autophage.model.ModelFamily;

/**
 * An ensemble in place of one model (Hodel and West, arXiv 2512.15011). The budget is the one model's: each of M members takes 1/M
 * of the steps, rounded up, and on disjoint parts sees 1/M of the samples. Of M Gaussians on disjoint parts, fits that divide by n,
 * mean and variance are those of one on all: what an ensemble changes is the shape.
 */
@JsonClassDescription(
        "Several models a generation, each trained on a part, which are sampled as a mixture of equal shares")
public record SeveralModels(
        @JsonPropertyDescription("M: how many models, 2 to 1000; each takes 1/M of model.steps, rounded up")
                int members,
        @JsonPropertyDescription(
                        "What each is trained on: disjoint, 1/M of the training set, or bootstrap, as many as the training set drawn from it with replacement")
                Parts parts)
        implements FamilyRemedy {
    /** Four on disjoint parts. */
    public static final SeveralModels DEFAULTS = new SeveralModels(4, Parts.DISJOINT);

    private static final int MOST = 1000;

    /** Names of {@link EnsembleFamily.Parts} in specs. */
    public enum Parts {
        @JsonProperty("disjoint")
        DISJOINT(EnsembleFamily.Parts.DISJOINT),
        @JsonProperty("bootstrap")
        BOOTSTRAP(EnsembleFamily.Parts.BOOTSTRAP);

        private final EnsembleFamily.Parts parts;

        Parts(EnsembleFamily.Parts parts) {
            this.parts = parts;
        }
    }

    public SeveralModels {
        if (members < 2 || members > MOST) {
            throw AutophageException.usage(
                    "members is %d: must be 2 to %d; one model needs no remedy".formatted(members, MOST));
        }
    }

    @Override
    public boolean mayRepeat() {
        return false;
    }

    @Override
    public void check(Setting setting) {
        int smallest = setting.plan().spec().initial();
        int least = parts == Parts.DISJOINT ? members * setting.model().fewestSamples() : 1;
        if (smallest < least) {
            throw AutophageException.usage(
                    "members is %d: loop.initial is %d, and each member needs at least %d samples"
                            .formatted(members, smallest, setting.model().fewestSamples()));
        }
    }

    @Override
    public Cost cost(Setting setting) {
        return new Cost(
                0,
                0,
                setting.model()
                        .optimization()
                        .map(each -> "%d models a generation, each trained for %d steps of the %d"
                                .formatted(members, (each.steps() + members - 1) / members, each.steps()))
                        .orElse("%d models a generation are fitted".formatted(members)));
    }

    @Override
    public ModelFamily family(DoubleFunction<ModelFamily> family, SampleShape shape) {
        LabelOrder labels = shape.ofImages().map(ImageShape::order).orElse(LabelOrder.inTurn(1));
        return new EnsembleFamily(family.apply(1.0 / members), members, parts.parts, labels);
    }
}
