package org.autophage.data.sequence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;
import org.autophage.base.AutophageException;
import org.autophage.data.Dataset;
import org.autophage.data.SampleLabels;
import org.autophage.data.TokenLaw;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.sequence.MarkovTokensSpec.RowDesign;
import org.autophage.experiment.ExperimentSpec;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TokenLawsTest {
    private static final int MANY = 40_000;

    @TempDir
    private Path folder;

    private static Tokens real(Dataset dataset, int count) {
        return (Tokens) dataset.real(LongStream.range(0, count).toArray());
    }

    private static MarkovTokensSpec chain(RowDesign design, @Nullable Integer length, double[]... rows) {
        return new MarkovTokensSpec(
                TransitionWeights.parse(Arrays.stream(rows)
                        .map(row -> Arrays.stream(row).boxed().toList())
                        .toList()),
                null,
                null,
                design,
                length,
                1,
                1000,
                0);
    }

    /** Σ 1/i of 50 tokens is 4.499205; of the exponent 0 every token is as probable. */
    @Test
    void zipfIsTheInverseOfTheRank() {
        double[] law = TokenWeights.ZIPF.probabilities(50, 1);
        assertThat(law[0]).isCloseTo(1 / 4.499205338329423, within(1e-12));
        assertThat(law[49]).isCloseTo(1 / 4.499205338329423 / 50, within(1e-12));
        assertThat(TokenWeights.ZIPF.probabilities(4, 0)).containsExactly(0.25, 0.25, 0.25, 0.25);
        assertThat(TokenWeights.parse(List.of(3, 0, 1)).probabilities(3, 9)).containsExactly(0.75, 0, 0.25);
    }

    /** Four standard errors of every share: one in 300 such tests would fail by chance for other seeds. */
    @Test
    void tokensComeInTheirShares() {
        Dataset dataset = CategoricalTokensSpec.DEFAULTS.open();
        int[] counts = new int[50];
        for (int token : real(dataset, MANY).values()) {
            counts[token]++;
        }
        double[] law = dataset.knownTokenLaw().orElseThrow().frequencies();
        for (int token = 0; token < 50; token++) {
            double error = Math.sqrt(law[token] * (1 - law[token]) / MANY);
            assertThat(counts[token] / (double) MANY).isCloseTo(law[token], within(4 * error));
        }
    }

    /** Its stationary law solves π = πP: (5, 6, 7)/18 of this table by elimination; entropies by hand. */
    @Test
    void aChainBeginsWithItsStationaryLaw() {
        Dataset dataset = chain(
                        RowDesign.SEQUENCE, 3, new double[] {2, 1, 1}, new double[] {1, 2, 1}, new double[] {0, 1, 3})
                .open();
        TokenLaw law = dataset.knownTokenLaw().orElseThrow();
        // π₀ = (2π₀ + π₁)/4, π₁ = (π₀ + 2π₁ + π₂)/4: π₁ = 2π₀, π₂ = 3π₀
        assertThat(law.frequencies()).containsExactly(new double[] {1 / 6.0, 2 / 6.0, 3 / 6.0}, within(1e-10));
        assertThat(law.logProbability(new int[] {1, 0, 2})).isCloseTo(Math.log(1 / 3.0 / 4 / 4), within(1e-10));
        assertThat(law.logProbability(new int[] {1, 2, 0})).isEqualTo(Double.NEGATIVE_INFINITY);
        assertThat(law.logProbability(new int[] {1, 2})).isEqualTo(Double.NEGATIVE_INFINITY);
        Tokens many = real(dataset, MANY);
        double[] logs = many.sequences(0).mapToDouble(law::logProbability).toArray();
        double mean = Arrays.stream(logs).average().orElseThrow();
        double variance = Arrays.stream(logs)
                .map(log -> (log - mean) * (log - mean))
                .average()
                .orElseThrow();
        assertThat(-mean).isCloseTo(law.entropy(), within(4 * Math.sqrt(variance / MANY)));
        assertThat(law.meanLength()).isEqualTo(3);
    }

    @Test
    void pairsHaveEveryRowInTurn() {
        Dataset dataset = chain(RowDesign.FIXED, null, new double[] {1, 3}, new double[] {1, 0})
                .open();
        Tokens many = real(dataset, 8);
        assertThat(many.sequences(0).mapToInt(pair -> pair[0])).containsExactly(0, 1, 0, 1, 0, 1, 0, 1);
        assertThat(many.sequences(0).filter(pair -> pair[0] == 1)).allMatch(pair -> pair[1] == 0);
        TokenLaw law = dataset.knownTokenLaw().orElseThrow();
        assertThat(law.given()).isEqualTo(1);
        assertThat(law.entropy()).isCloseTo((0.25 * Math.log(4) + 0.75 * Math.log(4 / 3.0)) / 2, within(1e-12));
        assertThat(law.logProbability(new int[] {0, 1})).isCloseTo(Math.log(0.75), within(1e-12));
        TokenShape shape = dataset.shape(SampleLabels.BALANCED).ofTokens().orElseThrow();
        assertThat(shape.given()).isEqualTo(1);
        assertThat(shape.length()).isEqualTo(2);
    }

    @Test
    void aSequenceIsTheSameWheneverItIsAskedFor() {
        Dataset dataset = new MarkovTokensSpec(TransitionWeights.ZIPF, 7, null, RowDesign.SEQUENCE, 12, 3, 5, 9).open();
        Tokens many = real(dataset, 20);
        Tokens one = (Tokens) dataset.real(new long[] {13});
        for (int replica = 0; replica < 3; replica++) {
            assertThat(one.sequence(replica, 0)).isEqualTo(many.sequence(replica, 13));
        }
        assertThat(many.sequence(0, 4)).isNotEqualTo(many.sequence(1, 4));
        Tokens holdout = (Tokens) dataset.holdout();
        assertThat(holdout.replicas()).isEqualTo(1);
        assertThat(many.sequences(0))
                .doesNotContainAnyElementsOf(holdout.sequences(0).toList());
        Dataset other = new MarkovTokensSpec(TransitionWeights.ZIPF, 7, null, RowDesign.SEQUENCE, 12, 3, 5, 8).open();
        assertThat(other.hash()).isNotEqualTo(dataset.hash());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{kind: categorical, law: [1]}|dataset.law is [1.0]: must have at least 2 weights",
                "{kind: categorical, law: [0, 0]}|one weight must be above 0",
                "{kind: categorical, law: [1, -1]}|a list of weights, one a token, at least 0",
                "{kind: categorical, law: [1, x]}|a list of weights, one a token, at least 0",
                "{kind: categorical, law: zipff}|must be zipf, uniform, or a list",
                "{kind: categorical, law: [1, 1], vocabulary: 2}|dataset.vocabulary is 2: law is a list",
                "{kind: categorical, law: uniform, exponent: 2}|dataset.exponent is 2.0: law is not zipf",
                "{kind: categorical, vocabulary: 1}|dataset.vocabulary is 1",
                "{kind: categorical, exponent: -1}|dataset.exponent is -1",
                "{kind: categorical, holdout: 0}|dataset.holdout is 0",
                "{kind: markov, law: [[1, 1], [1]]}|as many lists of weights as there are tokens",
                "{kind: markov, law: [[1]]}|at least 2 tokens",
                "{kind: markov, law: [1, 1]}|as many lists of weights as there are tokens",
                "{kind: markov, design: fixed, length: 4}|dataset.length is 4: design is fixed",
                "{kind: markov, vocabulary: 3000}|dataset.vocabulary is 3000",
                "{kind: markov, length: 1}|dataset.length is 1",
            })
    void whatIsNoLawIsRefused(String section, String message) throws IOException {
        Path file = Files.writeString(
                folder.resolve("spec.yaml"), "dataset: %s\nmodel: {kind: markov}\n".formatted(section));
        assertThatThrownBy(() -> ExperimentSpec.read(file, List.of()))
                .isInstanceOf(AutophageException.class)
                .hasMessageContaining(message);
    }
}
