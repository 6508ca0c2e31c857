package org.autophage.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is refused, and in which words. */
class ChecksTest {
    private static void refused(String key, String problem, ThrowingCallable check) {
        assertThatExceptionOfType(WrongValue.class)
                .isThrownBy(check)
                .withMessage(key + " " + problem)
                .satisfies(e -> {
                    assertThat(e.exitCode()).isEqualTo(ExitCode.USAGE);
                    assertThat(e.key()).isEqualTo(key);
                    assertThat(e.problem()).isEqualTo(problem);
                });
    }

    private static void refused(String problem, Range range, Number value) {
        refused("a.key", problem, () -> Checks.within("a.key", value, range));
    }

    private static void taken(Range range, @Nullable Number... values) {
        for (Number value : values) {
            assertThatCode(() -> Checks.within("a.key", value, range))
                    .as("%s %s", value, range)
                    .doesNotThrowAnyException();
        }
    }

    @Test
    void anEndBelongsToARangeOrDoesNot() {
        taken(Range.closed(-1, 0.5), -1, 0.5, 0);
        refused("is 0.6: must be in [-1, 0.5]", Range.closed(-1, 0.5), 0.6);
        taken(Range.open(-1, 1), Math.nextUp(-1.0), 0, Math.nextDown(1.0));
        refused("is -1.0: must be in (-1, 1)", Range.open(-1, 1), -1.0);
        refused("is 1: must be in (-1, 1)", Range.open(-1, 1), 1);
        taken(Range.closedOpen(0, 1e6), 0, Math.nextDown(1e6));
        refused("is 1000000: must be in [0, 1000000)", Range.closedOpen(0, 1e6), 1_000_000);
        refused("is -1.0: must be in [0, 1000000)", Range.closedOpen(0, 1e6), -1.0);
        taken(Range.openClosed(0, 1), Double.MIN_VALUE, 1);
        refused("is 0.0: must be in (0, 1]", Range.openClosed(0, 1), 0.0);
        refused("is 1.5: must be in (0, 1]", Range.openClosed(0, 1), 1.5);
        taken(Range.wholeFrom(2, 64), 2, 64);
        refused("is 65: must be from 2 to 64", Range.wholeFrom(2, 64), 65);
        refused("is 1: must be from 2 to 64", Range.wholeFrom(2, 64), 1);
    }

    @Test
    void aRangeWithoutAnUpperEndHasNoInfinity() {
        taken(Range.atLeast(1), 1, Integer.MAX_VALUE, Long.MAX_VALUE, Double.MAX_VALUE);
        refused("is 0: must be at least 1", Range.atLeast(1), 0);
        refused("is Infinity: must be at least 1 and finite", Range.atLeast(1), Double.POSITIVE_INFINITY);
        taken(Range.above(0.5), Math.nextUp(0.5));
        refused("is 0.5: must be above 0.5", Range.above(0.5), 0.5);
        refused("is -Infinity: must be above 0", Range.above(0), Double.NEGATIVE_INFINITY);
    }

    @Test
    void whatIsNoNumberIsInNoRange() {
        refused("is NaN: must be above 0", Range.above(0), Double.NaN);
        refused("is NaN: must be in [0, 1]", Range.closed(0, 1), Double.NaN);
    }

    @Test
    void whatWasLeftOutIsRight() {
        taken(Range.atLeast(1), (Number) null);
        assertThatCode(() -> Checks.leftOut("a.key", null, "why")).doesNotThrowAnyException();
        refused("a.key", "is 3: nobody has it; leave the key out", () -> Checks.leftOut("a.key", 3, "nobody has it"));
    }

    @Test
    void aMeaningFollowsTheRange() {
        refused(
                "--bootstrap",
                "is 0: must be at least 1, 1000 is usual",
                () -> Checks.within("--bootstrap", 0, Range.atLeast(1), "1000 is usual"));
        refused(
                "a.key",
                "is 6: must be a multiple of 4, for groups",
                () -> Checks.multipleOf(4, "a.key", 6, "for groups"));
        assertThatCode(() -> Checks.multipleOf(4, "a.key", 8, "")).doesNotThrowAnyException();
        refused("a.key", "is empty: must be a folder", () -> Checks.notBlank("a.key", " ", "a folder"));
    }

    @Test
    void aValueThatDoesNotKnowItsKeyIsCalledSo() {
        assertThat(WrongValue.of(WrongValue.ITSELF, "x", "must be 1")).hasMessage("the value is x: must be 1");
    }
}
