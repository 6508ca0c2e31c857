package org.autophage.verification;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import org.autophage.data.Discrete;
import org.autophage.data.sequence.CategoricalTokensSpec;
import org.autophage.loop.LoopSpec;
import org.autophage.model.sequence.CategoricalSpec;
import org.autophage.theory.TokenChain;
import org.autophage.verification.TokenLoops.Learnt;

/** Loops of single tokens: what is lost of a law over a vocabulary when its frequencies are learnt from its own samples. */
final class TokenRows {
    private static final int SIZE = 50;
    private static final int N = 200;
    private static final double[] ZIPF = zipf();
    private static final double DIVERSITY = Discrete.heterozygosity(ZIPF);
    private static final int LAST = SIZE - 1;

    private TokenRows() {}

    static List<Row> all() {
        return List.of(
                new Row("tokens, replace: heterozygosity and survival, V = 50, n = 200", TokenRows::replace),
                new Row("tokens, replace: fixation, V = 3, n = 20", TokenRows::fixation),
                new Row("tokens, replace: time to one token, V = 2, n = 50", TokenRows::timeToOne),
                new Row("tokens, replace: entropy and divergence, V = 20, n = 2000", TokenRows::entropy),
                new Row("tokens, accumulate, V = 50, n = 200", TokenRows::accumulate),
                new Row("tokens, fresh share .2, n = 200", TokenRows::freshShare),
                new Row("tokens, fixed share .2, n = 200", TokenRows::fixedShare),
                new Row("tokens, replace, smoothing .5, V = 50, n = 200", TokenRows::smoothing),
                new Row("tokens, temperature .9, n = ∞", TokenRows::temperature),
                new Row("tokens, temperature .9 against fresh share", TokenRows::criticalShare));
    }

    private static double[] zipf() {
        double harmonic =
                IntStream.rangeClosed(1, SIZE).mapToDouble(i -> 1.0 / i).sum();
        return IntStream.rangeClosed(1, SIZE)
                .mapToDouble(i -> 1 / (i * harmonic))
                .toArray();
    }

    private static Check check(String row, String quantity, int t, double expected, Outcome.Estimate measured) {
        return new Check(row, quantity + ", t = " + t, expected, 0, measured.mean(), measured.error());
    }

    private static Learnt run(GaussianLoops loops, LoopSpec loop, int replicas, int... generations) {
        return loops.ofTokens()
                .run(CategoricalTokensSpec.zipf(SIZE, replicas), CategoricalSpec.DEFAULTS, loop, 1, generations);
    }

    private static List<Check> replace(GaussianLoops loops, Effort effort) {
        String row = "tokens, replace";
        int[] asked = {1, 2, 5, 10, 40};
        Learnt learnt = run(loops, LoopSpec.fullySynthetic(40, N, N), effort.of(500, 4_000), asked);
        TokenChain chain = TokenChain.of(N);
        List<Check> checks = new ArrayList<>();
        for (int t : asked) {
            double diversity = DIVERSITY * Math.pow(1 - 1.0 / N, t);
            double[] survival = chain.survival(ZIPF, t);
            checks.add(check(row, "E H, n = 200", t, diversity, learnt.of(t, Discrete::heterozygosity)));
            checks.add(
                    check(row, "distinct tokens", t, Arrays.stream(survival).sum(), learnt.of(t, TokenRows::distinct)));
            checks.add(check(
                    row, "share with the rarest token", t, survival[LAST], learnt.of(t, law -> law[LAST] > 0 ? 1 : 0)));
        }
        checks.add(check(row, "E q of the most frequent", 40, ZIPF[0], learnt.of(40, law -> law[0])));
        checks.add(check(row, "E q of the rarest", 10, ZIPF[LAST], learnt.of(10, law -> law[LAST])));
        return checks;
    }

    /** After 500 generations of 20 tokens one is left, but for (19/20)⁵⁰⁰ = 7·10⁻¹² of the loops; each is it as often as it was real. */
    private static List<Check> fixation(GaussianLoops loops, Effort effort) {
        double[] law = {.5, .3, .2};
        int t = 500;
        Learnt learnt = loops.ofTokens()
                .run(
                        CategoricalTokensSpec.of(List.of(.5, .3, .2), effort.of(1_000, 10_000)),
                        CategoricalSpec.DEFAULTS,
                        LoopSpec.fullySynthetic(t, 20, 20),
                        1,
                        t);
        List<Check> checks = new ArrayList<>();
        for (int token = 0; token < law.length; token++) {
            int each = token;
            checks.add(check(
                    "tokens, fixation",
                    "share of loops left with token " + token,
                    t,
                    law[token],
                    learnt.of(t, learned -> learned[each] == 1 ? 1 : 0)));
        }
        return checks;
    }

    private static double distinct(double[] law) {
        return Arrays.stream(law).filter(q -> q > 0).count();
    }

    /** The mean over generations of who has two tokens still: their sum is the mean time to one, less a tail that is nothing. */
    private static List<Check> timeToOne(GaussianLoops loops, Effort effort) {
        int last = 1_000;
        int replicas = effort.of(500, 3_000);
        Learnt learnt = loops.ofTokens()
                .run(
                        CategoricalTokensSpec.of(List.of(.3, .7), replicas),
                        CategoricalSpec.DEFAULTS,
                        LoopSpec.fullySynthetic(last, 50, 50),
                        1,
                        IntStream.rangeClosed(1, last).toArray());
        double[] times = new double[replicas];
        for (int t = 1; t <= last; t++) {
            double[] table = learnt.table(t).probabilities();
            for (int replica = 0; replica < replicas; replica++) {
                times[replica] += table[2 * replica] > 0 && table[2 * replica] < 1 ? 1 : 0;
            }
        }
        Outcome.Estimate mean =
                Outcome.mean(Arrays.stream(times).map(time -> time + 1).toArray());
        return List.of(new Check(
                "tokens, time to one",
                "mean generation with one token, p = .3",
                TokenChain.of(50).meanFixation(.3),
                0,
                mean.mean(),
                mean.error()));
    }

    /** By the chain of a token's count, which is exact; ln V − t(V − 1)/(2n) and t(V − 1)/(2n) are what it begins as. */
    private static List<Check> entropy(GaussianLoops loops, Effort effort) {
        String row = "tokens, entropy";
        int size = 20;
        int n = 2_000;
        double[] uniform = new double[size];
        Arrays.fill(uniform, 1.0 / size);
        Learnt learnt = loops.ofTokens()
                .run(
                        CategoricalTokensSpec.of(Arrays.stream(uniform).boxed().toList(), effort.of(200, 2_000)),
                        CategoricalSpec.DEFAULTS,
                        LoopSpec.fullySynthetic(10, n, n),
                        1,
                        1,
                        10);
        TokenChain chain = TokenChain.of(n);
        List<Check> checks = new ArrayList<>();
        for (int t : new int[] {1, 10}) {
            double entropy = size
                    * chain.expectation(
                                    new double[] {1.0 / size},
                                    t,
                                    c -> c == 0 ? 0 : -c / (double) n * Math.log(c / (double) n))[0];
            // a count of 0 has a probability of e⁻¹⁰⁰
            double log = chain.expectation(new double[] {1.0 / size}, t, c -> c == 0 ? 0 : Math.log(c / (double) n))[0];
            checks.add(check(
                    row,
                    String.format(
                            Locale.ROOT, "entropy, nats (small t: %.5f)", Math.log(size) - t * (size - 1.0) / (2 * n)),
                    t,
                    entropy,
                    learnt.of(t, law -> Discrete.entropy(law, 0, size))));
            checks.add(check(
                    row,
                    String.format(Locale.ROOT, "KL(p‖q), nats (small t: %.5f)", t * (size - 1.0) / (2 * n)),
                    t,
                    -Math.log(size) - log,
                    learnt.of(
                            t,
                            law -> -Math.log(size)
                                    - Arrays.stream(law).map(Math::log).sum() / size)));
        }
        return checks;
    }

    private static List<Check> accumulate(GaussianLoops loops, Effort effort) {
        String row = "tokens, accumulate";
        int[] asked = {1, 5, 30};
        Learnt learnt = run(loops, LoopSpec.accumulate(30, N, N), effort.of(200, 2_000), asked);
        List<Check> checks = new ArrayList<>();
        double expected = DIVERSITY;
        int last = 0;
        for (int t : asked) {
            for (int k = last + 1; k <= t; k++) {
                expected *= 1 - 1.0 / ((double) N * k * k);
            }
            last = t;
            checks.add(check(row, "E H, n = 200", t, expected, learnt.of(t, Discrete::heterozygosity)));
        }
        double first = Arrays.stream(ZIPF).map(p -> 1 - Math.pow(1 - p, N)).sum();
        checks.add(check(row, "distinct tokens, as in generation 1", 30, first, learnt.of(30, TokenRows::distinct)));
        return checks;
    }

    /** Fresh real tokens in every set: the limit, and the way to it. */
    private static List<Check> freshShare(GaussianLoops loops, Effort effort) {
        String row = "tokens, fresh share .2";
        double share = .2;
        double others = 1 - share;
        int[] asked = {1, 5, 60};
        Learnt learnt = run(loops, LoopSpec.freshData(60, N, 160, 40), effort.of(500, 4_000), asked);
        List<Check> checks = new ArrayList<>();
        double expected = DIVERSITY * (1 - 1.0 / N);
        int last = 1;
        for (int t : asked) {
            for (; last < t; last++) {
                expected = (1 - others * others) * DIVERSITY
                        - share * DIVERSITY / N
                        + others * others * expected
                        - others * expected / N;
            }
            checks.add(check(row, "E H, n = 200", t, expected, learnt.of(t, Discrete::heterozygosity)));
        }
        double limit = DIVERSITY * (1 - 1 / (N * share * (2 - share) + 1 - share));
        checks.add(check(row, "E H, limit", 60, limit, learnt.of(60, Discrete::heterozygosity)));
        return checks;
    }

    /** The same real tokens in every set: the limit. */
    private static List<Check> fixedShare(GaussianLoops loops, Effort effort) {
        double share = .2;
        double k = (1 - share) / N / (1 - (1 - share) * (1 - share));
        double limit = DIVERSITY * (1 - 1 / (share * N)) / (1 + k);
        Learnt learnt = run(loops, LoopSpec.syntheticAugmentation(60, 40, 160, 40), effort.of(500, 4_000), 60);
        return List.of(
                check("tokens, fixed share .2", "E H, limit", 60, limit, learnt.of(60, Discrete::heterozygosity)));
    }

    /** Towards the uniform law, and beyond: the cross-entropy comes to be larger than that law's, .715. */
    private static List<Check> smoothing(GaussianLoops loops, Effort effort) {
        String row = "tokens, smoothing .5";
        double a = .5;
        double total = N + a * SIZE;
        int[] asked = {1, 2, 5, 10, 20, 40};
        Learnt learnt = loops.ofTokens()
                .run(
                        CategoricalTokensSpec.zipf(SIZE, effort.of(500, 4_000)),
                        new CategoricalSpec(a),
                        LoopSpec.fullySynthetic(40, N, N),
                        1,
                        asked);
        TokenChain chain = new TokenChain(N, count -> (count + a) / total);
        List<Check> checks = new ArrayList<>();
        for (int t : asked) {
            double[] logs = chain.expectation(ZIPF, t, count -> Math.log((count + a) / total));
            double gap = 0;
            for (int token = 0; token < SIZE; token++) {
                gap += ZIPF[token] * (Math.log(ZIPF[token]) - logs[token]);
            }
            checks.add(check(row, "gap of the cross-entropy, nats", t, gap, learnt.of(t, TokenRows::divergence)));
            double kept = Math.pow(N / total, t);
            checks.add(check(
                    row,
                    "E q of the most frequent",
                    t,
                    1.0 / SIZE + kept * (ZIPF[0] - 1.0 / SIZE),
                    learnt.of(t, law -> law[0])));
        }
        return checks;
    }

    private static double divergence(double[] law) {
        return IntStream.range(0, SIZE)
                .mapToDouble(token -> ZIPF[token] * Math.log(ZIPF[token] / law[token]))
                .sum();
    }

    /** A temperature divides logits once a generation: after five, .6 has become .66522. */
    private static List<Check> temperature(GaussianLoops loops, Effort effort) {
        int n = effort.of(50_000, 200_000);
        int generation = 6;
        double logit = Math.log(.6 / .4) * Math.pow(.9, 1 - generation);
        Learnt learnt = loops.ofTokens()
                .run(
                        CategoricalTokensSpec.of(List.of(.6, .4), 50),
                        CategoricalSpec.DEFAULTS,
                        LoopSpec.fullySynthetic(generation, n, n),
                        .9,
                        generation);
        return List.of(check(
                "tokens, temperature .9",
                "q of .6",
                generation,
                1 / (1 + Math.exp(-logit)),
                learnt.of(generation, law -> law[0])));
    }

    /**
     * Two tokens that are equally frequent: a temperature drives a loop away from that unless the share of fresh data is 1 − T or more.
     * Below, it comes to rest where q = α/2 + (1 − α) · tempered q.
     */
    private static List<Check> criticalShare(GaussianLoops loops, Effort effort) {
        int n = effort.of(5_000, 20_000);
        int last = 250;
        List<Check> checks = new ArrayList<>();
        for (double share : new double[] {.08, .12}) {
            int real = (int) Math.round(share * n);
            Learnt learnt = loops.ofTokens()
                    .run(
                            CategoricalTokensSpec.of(List.of(.5, .5), effort.of(10, 20)),
                            CategoricalSpec.DEFAULTS,
                            LoopSpec.freshData(last, 50, n - real, real),
                            .9,
                            last);
            double expected = atRest(share, .9);
            Outcome.Estimate larger = learnt.of(last, law -> Math.max(law[0], law[1]));
            // At rest in the middle the larger of the two is a little above ½, by the noise around it: to first order.
            double noise = share < .1 ? 0 : Math.sqrt(.25 / n / (1 - Math.pow((1 - share) / .9, 2)));
            checks.add(new Check(
                    "tokens, temperature .9",
                    String.format(Locale.ROOT, "larger q, fresh share %.2f (critical: .10), t = %d", share, last),
                    expected + noise * Math.sqrt(2 / Math.PI),
                    noise / 4,
                    larger.mean(),
                    larger.error()));
        }
        return checks;
    }

    /** The larger solution of q = α/2 + (1 − α) q^(1/T)/(q^(1/T) + (1 − q)^(1/T)), by bisection; ½ where there is no other. */
    private static double atRest(double share, double bias) {
        double low = .5 + 1e-9;
        double high = 1;
        for (int step = 0; step < 60; step++) {
            double q = (low + high) / 2;
            double a = Math.pow(q, 1 / bias);
            double b = Math.pow(1 - q, 1 / bias);
            if (share / 2 + (1 - share) * a / (a + b) > q) {
                low = q;
            } else {
                high = q;
            }
        }
        return low;
    }
}
