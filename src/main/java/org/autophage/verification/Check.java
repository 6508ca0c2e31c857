package org.autophage.verification;

/**
 * One figure of the table: what is known, and what the loop gave.
 *
 * @param row of the table that it belongs to
 * @param quantity what was measured, with its parameters
 * @param expected the known value
 * @param expectedError standard error of the known value: of its own simulation, or of its rounding; 0 where exact
 * @param measured mean over replicas
 * @param measuredError its standard error
 */
public record Check(
        String row, String quantity, double expected, double expectedError, double measured, double measuredError) {
    /** Combined standard errors between the two beyond which a figure fails; chance alone does it once in 16,000. */
    public static final double LIMIT = 4;

    /** How far the two are apart, in standard errors of both combined. */
    public double deviation() {
        double gap = Math.abs(measured - expected);
        double error = Math.hypot(expectedError, measuredError);
        return gap == 0 ? 0 : gap / error;
    }

    /** Whether they agree; a figure that is not a number never does. */
    public boolean passes() {
        return deviation() <= LIMIT;
    }
}
