package org.autophage.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.autophage.data.ClassNames;
import org.junit.jupiter.api.Test;

class SetClassesTest {
    /** Of one set a million numbers are possible classes, of the other three ids are the names: the same three classes. */
    @Test
    void idsOfAMillionAreComparedByName() {
        SetClasses numbered =
                new SetClasses(ClassNames.numbered(1_000_010), new int[] {1_000_009, 1_000_000, 1_000_009});
        SetClasses named =
                new SetClasses(ClassNames.of(List.of("1000000", "1000005", "1000009")), new int[] {0, 1, 1, 2});
        assertThat(numbered.areCalledLike(named)).isTrue();
        assertThat(numbered.hasNoneOf(named)).isFalse();
        List<String> together = numbered.together(named);
        assertThat(together).containsExactly("1000000", "1000009", "1000005");
        assertThat(numbered.labelsIn(together)).containsExactly(1, 0, 1);
        assertThat(named.labelsIn(together)).containsExactly(0, 2, 2, 1);
        PairedClasses pair = new PairedClasses(together, numbered.labelsIn(together), named.labelsIn(together));
        assertThat(pair.ofReal().counts()).containsExactly(1, 2, 0);
        assertThat(pair.ofFake().counts()).containsExactly(1, 1, 2);
        assertThat(pair.ofFake().divergenceFrom(pair.ofReal())).isInfinite();
        assertThat(pair.ofReal().lostFrom(pair.ofFake())).isEqualTo(1);
    }

    @Test
    void wordsAreNotNumbers() {
        SetClasses words = new SetClasses(ClassNames.of(List.of("cat", "dog")), new int[] {0, 1});
        SetClasses numbers = new SetClasses(ClassNames.numbered(2), new int[] {0, 1});
        assertThat(words.areCalledLike(numbers)).isFalse();
        assertThat(words.hasNoneOf(numbers)).isTrue();
    }
}
