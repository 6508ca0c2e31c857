package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.LinkedHashMap;
import java.util.Map;
import org.autophage.base.Checks;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.autophage.loop.PoolStage;
import org.jspecify.annotations.Nullable;

/**
 * One of every K draws, by a reward, as users choose among what a model offers (Ferbach et al., arXiv 2407.09499): the expected reward
 * rises from generation to generation and its variance goes away. Classes are not looked at: which of them come to be more is part of
 * what it does.
 *
 * <p>With the reward of generation 1's model, and candidates near the best only, it is self-verification as in Fu et al.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Keeps one of every K draws, by a reward")
public record CuratedSamples(
        @JsonPropertyDescription("What is rewarded") Reward reward,
        @JsonPropertyDescription("By which rewards are multiplied, finite, or a list") Strength factor,
        @JsonPropertyDescription("Of quadratic: the first coordinate of the centre, the others are 0; left out, 0")
                @Nullable
                Double centre,
        @JsonPropertyDescription("Of class: the class, counted from 0; left out, 0") @Nullable Integer ofClass,
        @JsonPropertyDescription(
                        "Of script: the path of a TorchScript file that gives a number an image, with options as metrics.features")
                @Nullable
                String script,
        @JsonPropertyDescription("How one is chosen by its reward") Choosing choice,
        @JsonPropertyDescription("K: candidates of which one is kept, 2 to 1000") int candidates,
        @JsonPropertyDescription(
                        "Of softmax: candidates that are lower than the best by more are never chosen, at least 0; left out, all may be")
                @Nullable
                Double within,
        @JsonPropertyDescription(Control.MEANING) @Nullable Control control)
        implements PoolRemedy {
    /** One of two, by the first coordinate. */
    public static final CuratedSamples DEFAULTS =
            new CuratedSamples(Reward.COORDINATE, Strength.of(1), null, null, null, Choosing.SOFTMAX, 2, null, null);

    private static final int MOST_CANDIDATES = 1000;

    /** Infinity too, which leaves no candidate out. */
    private static final Range AT_ANY_DISTANCE = new Range(0, Double.POSITIVE_INFINITY, true, true, "at least 0");

    public CuratedSamples {
        factor.check("factor", Range.finite());
        Checks.within("candidates", candidates, Range.wholeFrom(2, MOST_CANDIDATES), "of which one is kept");
        Checks.within("within", within, AT_ANY_DISTANCE);
        if (within != null && choice == Choosing.BEST) {
            throw WrongValue.of("within", within, "choice is best, which no other is chosen beside");
        }
        Checks.within("centre", centre, Range.finite());
        refuse("centre", centre, Reward.QUADRATIC, reward);
        refuse("ofClass", ofClass, Reward.CLASS, reward);
        refuse("script", script, Reward.SCRIPT, reward);
        if (reward == Reward.SCRIPT && script == null) {
            throw new WrongValue("script", "is missing: reward is script, which needs the path of a TorchScript file");
        }
        if (ofClass != null && ofClass < 0) {
            throw WrongValue.of("ofClass", ofClass, "must be a class, counted from 0");
        }
    }

    private static void refuse(String key, @Nullable Object value, Reward of, Reward reward) {
        if (value != null && reward != of) {
            throw WrongValue.of(key, value, "it is a key of reward %s only".formatted(of.inSpec()));
        }
    }

    @Override
    public Remedy complete(Setting setting) {
        return new CuratedSamples(
                reward,
                factor,
                reward == Reward.QUADRATIC && centre == null ? Double.valueOf(0) : centre,
                reward == Reward.CLASS && ofClass == null ? Integer.valueOf(0) : ofClass,
                script,
                choice,
                candidates,
                within,
                control);
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
        reward.check(this, setting);
    }

    @Override
    public Cost cost(Setting setting) {
        Cost cost = Cost.ofDraws((long) candidates * setting.given(), setting);
        return control == null && reward.asksClassifier() ? cost.knowing(setting.classifierTrainedOn()) : cost;
    }

    @Override
    public PoolStage open(RemedyContext context) {
        Map<String, Number> known = new LinkedHashMap<>();
        Reward.Opened opened = reward.open(this, context, known);
        OneOfMany.Chooser chooser = choice.chooser(within == null ? Double.POSITIVE_INFINITY : within);
        return (draws, turn) -> new OneOfMany(
                draws,
                turn,
                kind(),
                control,
                candidates,
                samples -> {
                    double[] rewards = opened.of(samples, turn);
                    for (int i = 0; i < rewards.length; i++) {
                        rewards[i] *= factor.at(turn.generation());
                    }
                    return rewards;
                },
                "reward",
                chooser,
                known);
    }
}
