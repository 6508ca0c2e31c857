package org.autophage.model.transformer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.stream.Stream;
import org.autophage.model.Truncation;
import org.autophage.program.Graph;
import org.autophage.program.OnCpu;
import org.autophage.program.Program;
import org.autophage.program.Scope;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The draw of a token against {@link Truncation#cut}, which works in Java. */
class NextTokenTest extends OnCpu {
    private static final float[] LOGITS = {.3f, 1.2f, -2f, 1.2f, 0f, -.4f, 2.1f, -9f};
    private static final int GRID = 20_000;

    static Stream<Truncation> truncations() {
        return Stream.of(
                Truncation.NONE,
                new Truncation(null, 3),
                new Truncation(null, 1),
                new Truncation(null, 20),
                new Truncation(.8, null),
                new Truncation(.01, null),
                new Truncation(1.0, null),
                new Truncation(.7, 4));
    }

    /** Uniform numbers on a grid give every token its probability, to one step of the grid. */
    @ParameterizedTest
    @MethodSource("truncations")
    void sharesAreThoseOfTheLawThatIsCut(Truncation truncation) {
        for (double temperature : new double[] {1, .5}) {
            double[] law = law(temperature);
            truncation.cut(law, 0, law.length);
            double[] found = shares(truncation, temperature);
            for (int token = 0; token < law.length; token++) {
                assertThat(Math.abs(found[token] - law[token]))
                        .describedAs("token %d, %s, temperature %s", token, truncation, temperature)
                        .isLessThanOrEqualTo(1.01 / GRID);
                assertThat(found[token] > 0).isEqualTo(law[token] > 1.0 / GRID);
            }
        }
    }

    private static double[] law(double temperature) {
        double[] law = new double[LOGITS.length];
        Arrays.setAll(law, i -> Math.exp(LOGITS[i] / temperature));
        double total = Arrays.stream(law).sum();
        Arrays.setAll(law, i -> law[i] / total);
        return law;
    }

    private static double[] shares(Truncation truncation, double temperature) {
        Graph graph = new Graph("draw");
        Graph.Scalar inverse;
        var logits = graph.input("logits", Graph.ANY, LOGITS.length);
        var uniform = graph.input("uniform", Graph.ANY, 1);
        inverse = graph.inputScalar("inverse");
        graph.returns(new NextToken(LOGITS.length, truncation).drawn(logits, uniform, inverse));
        float[] rows = new float[GRID * LOGITS.length];
        double[] grid = new double[GRID];
        for (int i = 0; i < GRID; i++) {
            System.arraycopy(LOGITS, 0, rows, i * LOGITS.length, LOGITS.length);
            grid[i] = (i + .5) / GRID;
        }
        double[] shares = new double[LOGITS.length];
        try (Program program = new Program(device, graph);
                Scope scope = device.newScope()) {
            long[] drawn = program.run(
                            scope,
                            "draw",
                            scope.floats(rows, GRID, LOGITS.length),
                            scope.doubles(grid, GRID, 1),
                            1 / temperature)
                    .get(0)
                    .toLongs();
            for (long token : drawn) {
                shares[(int) token] += 1.0 / GRID;
            }
        }
        return shares;
    }
}
