package org.autophage.report.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import org.autophage.report.plot.Contour.Point;
import org.junit.jupiter.api.Test;

/** Against functions whose level lines are known. */
class ContourTest {
    private static double[][] values(double[] x, double[] y, DoubleBinaryOperator function) {
        return Arrays.stream(y)
                .mapToObj(row -> Arrays.stream(x)
                        .map(column -> function.applyAsDouble(column, row))
                        .toArray())
                .toArray(double[][]::new);
    }

    private static double[] steps(double from, double to, int count) {
        double[] steps = new double[count];
        Arrays.setAll(steps, i -> from + (to - from) * i / (count - 1));
        return steps;
    }

    @Test
    void ofAPlaneIsTheStraightLine() {
        double[] x = {0, 1, 3, 4};
        double[] y = {0, 2, 3};
        List<List<Point>> lines = Contour.of(x, y, values(x, y, (a, b) -> 2 * a + b), 5.5);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .allSatisfy(point -> assertThat(2 * point.x() + point.y()).isCloseTo(5.5, within(1e-12)));
        // from one side of the grid to another: x = 2.75 at the bottom, x = 1.25 at the top
        Point one = lines.get(0).get(0);
        Point other = lines.get(0).get(lines.get(0).size() - 1);
        assertThat(List.of(Math.max(one.x(), other.x()), Math.min(one.x(), other.x())))
                .containsExactly(2.75, 1.25);
    }

    @Test
    void ofABowlIsAClosedCircle() {
        double[] x = steps(-2, 2, 81);
        List<List<Point>> lines = Contour.of(x, x, values(x, x, (a, b) -> a * a + b * b), 1);
        assertThat(lines).hasSize(1);
        List<Point> circle = lines.get(0);
        assertThat(circle.get(0)).isEqualTo(circle.get(circle.size() - 1));
        // linear interpolation of a quadratic errs by at most h² / 8 · 2 in value, half of that in radius
        assertThat(circle).allSatisfy(point -> assertThat(Math.hypot(point.x(), point.y()))
                .isCloseTo(1, within(0.05 * 0.05 / 8 + 1e-9)));
        double length = 0;
        for (int i = 1; i < circle.size(); i++) {
            length += Math.hypot(
                    circle.get(i).x() - circle.get(i - 1).x(),
                    circle.get(i).y() - circle.get(i - 1).y());
        }
        assertThat(length).isCloseTo(2 * Math.PI, within(0.01));
    }

    @Test
    void ofTwoBowlsIsTwoCircles() {
        double[] x = steps(-4, 4, 81);
        double[] y = steps(-2, 2, 41);
        DoubleBinaryOperator nearest = (a, b) -> Math.min(Math.hypot(a - 2, b), Math.hypot(a + 2, b));
        assertThat(Contour.of(x, y, values(x, y, nearest), 1)).hasSize(2);
    }

    @Test
    void ofASaddleIsTwoLinesThatDoNotMeet() {
        double[] x = {-1, 1};
        // above the level at two opposite corners; the centre's mean is .1, above, and so joins them
        double[][] z = {{1.2, -1}, {-1, 1.2}};
        List<List<Point>> lines = Contour.of(x, x, z, 0);
        assertThat(lines).hasSize(2);
        // each cuts off one of the corners below: both of its ends are nearer to that corner
        assertThat(lines).allSatisfy(line -> {
            assertThat(line).hasSize(2);
            assertThat(line.get(0).x() * line.get(0).y()).isNegative();
            double middleX = (line.get(0).x() + line.get(1).x()) / 2;
            double middleY = (line.get(0).y() + line.get(1).y()) / 2;
            assertThat(middleX * middleY).isNegative();
        });
    }

    @Test
    void interpolatedItFollowsTheHyperbolaOfBilinearValues() {
        double[] x = {0, 4};
        List<List<Point>> lines = Contour.ofInterpolated(x, x, values(x, x, (a, b) -> a * b), 4, 50);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0))
                .allSatisfy(point -> assertThat(point.x() * point.y()).isCloseTo(4, within(0.01)));
        assertThat(lines.get(0)).hasSizeGreaterThan(50);
    }

    @Test
    void squaresWithoutAValueAreLeftOut() {
        double[] x = {0, 1, 2, 3};
        double[] y = {0, 1};
        double[][] z = values(x, y, (a, b) -> b - 0.5);
        z[1][3] = Double.NaN;
        List<List<Point>> lines = Contour.of(x, y, z, 0);
        assertThat(lines).hasSize(1);
        assertThat(lines.get(0)).allSatisfy(point -> assertThat(point.x()).isLessThanOrEqualTo(2));
    }

    @Test
    void aLevelThatNothingReachesHasNoLine() {
        double[] x = {0, 1};
        assertThat(Contour.of(x, x, values(x, x, Double::sum), 7)).isEmpty();
        assertThat(Contour.ofInterpolated(new double[] {1}, new double[] {1}, new double[][] {{0}}, 1, 4))
                .isEmpty();
    }
}
