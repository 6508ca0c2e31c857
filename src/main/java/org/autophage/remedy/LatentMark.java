package org.autophage.remedy;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.autophage.base.AutophageException;
import org.autophage.base.Checks;
import org.autophage.base.Interruptible;
import org.autophage.base.Phase;
import org.autophage.base.Range;
import org.autophage.base.WrongValue;
import org.autophage.data.Images;
import org.autophage.data.Samples;
import org.autophage.loop.Draws;
import org.autophage.loop.Given;
import org.autophage.loop.PoolStage;
import org.autophage.loop.Turn;
import org.autophage.statistics.FairCoins;
import org.jspecify.annotations.Nullable;

/**
 * Gaussian shading (Yang et al., arXiv 2404.04956): the numbers that an image is made of keep their size and take their signs from a key. It
 * is found again by leading the image back to them with the model that made it, and counting signs that are the key's: of d, Binomial(d, ½)
 * where there is no mark. With a key an image its law is the model's; with one for all each number keeps a mean of √(2/π) = .79788 and a
 * variance of 1 − 2/π = .36338. What is told of the model's own draws says whether models learn the mark.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@JsonClassDescription("Marks all samples that models give by the signs of the noise that they are made of")
public record LatentMark(
        @JsonPropertyDescription(
                        "each, signs of its own for every image, which leaves the law of the samples as it is; or one, the same for all, which costs diversity")
                LatentKey.Keys keys,
        @JsonPropertyDescription("Number that the cipher of the signs is keyed by") long key,
        @JsonPropertyDescription(
                        "Probability with which an image without the mark may be taken for marked, in (0, 0.5], and at least that of all signs agreeing: the threshold is that of fair coins")
                double falsePositives,
        @JsonPropertyDescription(
                        "How many of the marked samples, of the model's own before and of generation 1's real ones are looked at, 1 to 1000000; all where there are fewer")
                int samples,
        @JsonPropertyDescription(
                        "Steps of Heun's method from an image back to its noise, at least 2; left out, 20. Only diffusion models have them")
                @Nullable
                Integer steps)
        implements PoolRemedy {
    /** A key an image. */
    public static final LatentMark DEFAULTS = new LatentMark(LatentKey.Keys.EACH, 1, 0.001, 200, null);

    private static final int MOST = 1_000_000;
    private static final int USUAL_STEPS = 20;

    public LatentMark {
        Checks.within("falsePositives", falsePositives, Range.openClosed(0, 0.5));
        Checks.within("samples", samples, Range.wholeFrom(1, MOST));
        Checks.within("steps", steps, Range.atLeast(2));
    }

    @Override
    public Remedy complete(Setting setting) {
        return setting.model().denoises() && steps == null
                ? new LatentMark(keys, key, falsePositives, samples, USUAL_STEPS)
                : this;
    }

    /** A sample has one set of signs. */
    @Override
    public boolean mayRepeat() {
        return false;
    }

    @Override
    public void check(Setting setting) {
        setting.requireSamples();
        if (!setting.model().findsLatents()) {
            throw AutophageException.usage(
                    "model.kind is %s, whose samples cannot be led back to the noise that they are made of: write diffusion or vae, or leave the remedy out"
                            .formatted(setting.model().kind()));
        }
        if (!setting.model().denoises()) {
            Checks.leftOut(
                    "steps",
                    steps,
                    "a %s's encoder finds latents in one"
                            .formatted(setting.model().kind()));
        }
        setting.solver().filter(solver -> solver.sampler().addsNoise()).ifPresent(solver -> {
            throw AutophageException.usage(
                    "sampling.sampler is %s, which adds noise that no way back undoes: write heun, dpm, dpm2 or ddim, or leave the remedy out"
                            .formatted(solver.sampler()));
        });
        if (setting.shape() != null) {
            int latents = setting.model().latents(setting.shape());
            if (FairCoins.threshold(latents, falsePositives) > latents) {
                throw WrongValue.of(
                        "falsePositives",
                        falsePositives,
                        "must be at least %s, with which %d fair coins all agree"
                                .formatted(Math.pow(2, -latents), latents));
            }
        }
    }

    @Override
    public void checkBeside(List<Remedy> all) {
        Remedies.requireFirstOfPool(this, all, "it makes the model's own draws anew");
        if (!Remedies.ofTraining(all).isEmpty()) {
            throw AutophageException.usage(
                    "beside %s nobody knows which model an image has to be led back with; leave one of the two out"
                            .formatted(Remedies.ofTraining(all).get(0).kind()));
        }
    }

    /** A step of Heun's method evaluates the network twice, and a draw about once a step. */
    @Override
    public Cost cost(Setting setting) {
        int looked = 3 * Math.min(samples, setting.given());
        long ofDraw = setting.solver().map(solver -> solver.steps()).orElse(1);
        long each = steps == null ? 1 : 2L * steps;
        return new Cost(
                setting.given() + looked * each / ofDraw,
                0,
                "each model draws the %d samples given anew, and %d samples are led back to their noise"
                        .formatted(setting.given(), looked));
    }

    @Override
    public PoolStage open(RemedyContext context) {
        LatentKey cipher = new LatentKey(key, keys);
        FirstReal.Made<Images> real =
                new FirstReal.Made<>(context.dataset(), all -> all.images().orElseThrow());
        return (draws, turn) -> new Marked(draws, cipher, real, turn);
    }

    /** Draws of the model with signed latents; the model's own are asked for no longer than they are looked at. */
    private final class Marked implements Draws {
        private final Draws own;
        private final Draws signed;
        private final Search search;
        private final Turn turn;
        private final FirstReal.Made<Images> real;
        private final Map<String, Number> told = new LinkedHashMap<>();

        Marked(Draws own, LatentKey cipher, FirstReal.Made<Images> real, Turn turn) {
            this.own = own;
            this.signed = Draws.of(new SignedModel(turn.models().own(), cipher), turn);
            this.search = new Search(cipher, turn);
            this.real = real;
            this.turn = turn;
        }

        @Override
        public Given next(int count) {
            Given given = signed.next(count);
            if (told.isEmpty()) { // draws come in turn, so that these are the first ones
                int ofFirstBatch = Math.min(count, turn.plan().samplesPerGeneration()); // whose keys are known
                int looked = Math.min(samples, ofFirstBatch);
                tell("Before", own.next(looked).samples(), looked);
                tell("After", given.samples(), looked);
                Images known = real.of(turn);
                tell("Real", known, Math.min(samples, known.count()));
                told.put("threshold", search.threshold());
                told.put("latents", search.latents);
            }
            return given;
        }

        private void tell(String when, Samples all, int looked) {
            Images images =
                    all.select(IntStream.range(0, looked).toArray()).images().orElseThrow();
            int[] agreeing = search.of(images);
            told.put("agreement" + when, IntStream.of(agreeing).sum() / (double) looked / search.latents);
            long found = IntStream.of(agreeing)
                    .filter(each -> each >= search.threshold())
                    .count();
            told.put("detected" + when, found / (double) looked);
            told.put("looked" + when, looked);
        }

        @Override
        public Map<String, Number> told() {
            return told;
        }
    }

    /** Looks for the signs of images 0, 1, … of a generation's first batch. */
    private final class Search {
        private final LatentKey cipher;
        private final Turn turn;
        private int latents;

        Search(LatentKey cipher, Turn turn) {
            this.cipher = cipher;
            this.turn = turn;
        }

        /** How many signs of each are the key's. */
        int[] of(Images images) {
            return Interruptible.until(turn.work().stop(), () -> {
                float[] found =
                        turn.models().own().latents(images, turn.plan().bias(), steps == null ? 0 : steps, turn.work());
                latents = found.length / images.count();
                long batch = turn.stream(Phase.SAMPLE).of(0);
                return IntStream.range(0, images.count())
                        .map(i -> cipher.agreeing(batch, i, found, i * latents, latents))
                        .toArray();
            });
        }

        int threshold() {
            return FairCoins.threshold(latents, falsePositives);
        }
    }
}
