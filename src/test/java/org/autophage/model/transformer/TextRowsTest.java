package org.autophage.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.autophage.data.Origins;
import org.autophage.data.TokenShape;
import org.autophage.data.Tokens;
import org.autophage.data.TrainingSet;
import org.autophage.data.Weights;
import org.autophage.measure.Composition;
import org.junit.jupiter.api.Test;

class TextRowsTest {
    private static final TokenShape ENDING = TokenSets.ENDING;
    private static final Tokens SEQUENCES =
            Tokens.of(ENDING.vocabulary(), List.of(new int[] {1, 0}, new int[] {2, 2, 1, 0}, new int[] {1, 2, 0}));

    @Test
    void endingSequencesAreOneTextInRowsThatOverlapByAToken() {
        TextRows rows = TextRows.of(TokenSets.trainingSet(SEQUENCES), ENDING, 4, null);
        assertThat(rows.count()).isEqualTo(3).isEqualTo(TextRows.count(SEQUENCES, ENDING, 4));
        assertThat(rows.tokens()).containsExactly(0, 1, 0, 2, 2, 2, 1, 0, 1, 2, 2, 0, 0, 0, 0);
        assertThat(rows.weights()).containsExactly(1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0);
        assertThat(rows.totalWeight()).isEqualTo(9);
    }

    @Test
    void tokensWeighWhatTheirSequencesDo() {
        TrainingSet set = new TrainingSet(
                SEQUENCES,
                new Origins(new int[3], new long[] {0, 1, 2}),
                new Composition(1, 0, 2),
                new Weights(1, 0.5));
        assertThat(TextRows.of(set, ENDING, 9, null).weights())
                .containsExactly(1.5f, 1.5f, .75f, .75f, .75f, .75f, .75f, .75f, .75f);
    }

    @Test
    void sequencesOfOneLengthAreARowEach() {
        TokenShape shape = TokenSets.ofLength(3, 2);
        Tokens tokens = Tokens.ofLength(1, shape.vocabulary(), 2, new int[] {0, 1, 2, 2});
        TextRows rows = TextRows.of(TokenSets.trainingSet(tokens), shape, 64, null);
        assertThat(rows.width()).isEqualTo(2);
        assertThat(rows.tokens()).containsExactly(3, 0, 1, 3, 2, 2);
        assertThat(rows.weights()).containsOnly(1);
    }

    @Test
    void shufflingMovesSequencesAsTheyAre() {
        TrainingSet set = TokenSets.trainingSet(SEQUENCES);
        boolean moved = false;
        for (int seed = 0; seed < 5; seed++) {
            long[] text =
                    TextRows.of(set, ENDING, 9, new SplittableRandom(seed)).tokens();
            assertThat(text)
                    .isEqualTo(TextRows.of(set, ENDING, 9, new SplittableRandom(seed))
                            .tokens());
            assertThat(LongStream.of(text).mapToObj(String::valueOf).reduce("", String::concat))
                    .contains("010", "02210", "0120")
                    .hasSize(10);
            moved |= text[1] != 1 || text[2] != 0;
        }
        assertThat(moved).isTrue();
    }

    @Test
    void anEmptySetIsARowThatWeighsNothing() {
        TextRows rows = TextRows.of(TokenSets.trainingSet(SEQUENCES.first(0)), ENDING, 2, null);
        assertThat(rows.count()).isEqualTo(1);
        assertThat(rows.totalWeight()).isZero();
    }
}
