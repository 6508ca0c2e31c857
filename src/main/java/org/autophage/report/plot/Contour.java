package org.autophage.report.plot;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The lines along which a function known on a grid has one value, by marching squares (Lorensen and Cline 1987, in two
 * dimensions): where an edge of the grid has the level between its ends, the line crosses it at the linear
 * interpolation; a square whose four edges are crossed is resolved by the mean of its corners.
 */
public final class Contour {
    private Contour() {}

    /** A place on a line. */
    public record Point(double x, double y) {}

    /** An edge of the grid: from a point to its right neighbour, or to the one of the next row. */
    private record Edge(int row, int column, boolean toTheRight) {}

    /**
     * Traces a level.
     *
     * @param x of each column, increasing or decreasing
     * @param y of each row, increasing or decreasing
     * @param z values, row by row; squares with a corner that is NaN are left out
     * @return lines; a closed one ends where it begins
     */
    public static List<List<Point>> of(double[] x, double[] y, double[][] z, double level) {
        Map<Edge, List<Edge>> neighbours = new LinkedHashMap<>();
        for (int row = 0; row + 1 < y.length; row++) {
            for (int column = 0; column + 1 < x.length; column++) {
                addSegments(z, level, row, column, neighbours);
            }
        }
        List<List<Point>> lines = new ArrayList<>();
        Set<Edge> passed = new HashSet<>();
        // Open lines from their ends; what is left then is closed.
        for (boolean open : new boolean[] {true, false}) {
            neighbours.forEach((edge, others) -> {
                if (!passed.contains(edge) && (!open || others.size() == 1)) {
                    lines.add(trace(edge, neighbours, passed).stream()
                            .map(each -> crossing(each, x, y, z, level))
                            .toList());
                }
            });
        }
        return lines;
    }

    /** Traces a level of the bilinear interpolation, which bends where the grid is coarse. */
    public static List<List<Point>> ofInterpolated(double[] x, double[] y, double[][] z, double level, int times) {
        double[] fineX = refined(x, times);
        double[] fineY = refined(y, times);
        double[][] fine = new double[fineY.length][fineX.length];
        for (int row = 0; row < fineY.length; row++) {
            int below = Math.min(row / times, Math.max(0, y.length - 2));
            double v = (row - (double) below * times) / times;
            for (int column = 0; column < fineX.length; column++) {
                int left = Math.min(column / times, Math.max(0, x.length - 2));
                double u = (column - (double) left * times) / times;
                int right = Math.min(left + 1, x.length - 1);
                int above = Math.min(below + 1, y.length - 1);
                fine[row][column] =
                        mean(mean(z[below][left], z[below][right], u), mean(z[above][left], z[above][right], u), v);
            }
        }
        return of(fineX, fineY, fine, level);
    }

    private static double[] refined(double[] places, int times) {
        double[] fine = new double[(places.length - 1) * times + 1];
        for (int i = 0; i < fine.length; i++) {
            int before = Math.min(i / times, Math.max(0, places.length - 2));
            double share = (i - (double) before * times) / times;
            fine[i] = mean(places[before], places[Math.min(before + 1, places.length - 1)], share);
        }
        return fine;
    }

    private static double mean(double from, double to, double share) {
        return share == 0 ? from : share == 1 ? to : from + share * (to - from);
    }

    /** Connects the crossed edges of one square. */
    private static void addSegments(double[][] z, double level, int row, int column, Map<Edge, List<Edge>> neighbours) {
        double[] corners = {z[row][column], z[row][column + 1], z[row + 1][column + 1], z[row + 1][column]};
        double sum = 0;
        for (double corner : corners) {
            sum += corner;
        }
        if (Double.isNaN(sum)) {
            return;
        }
        // The edges around the square; edge i leads from corner i to corner i + 1.
        Edge[] around = {
            new Edge(row, column, true),
            new Edge(row, column + 1, false),
            new Edge(row + 1, column, true),
            new Edge(row, column, false)
        };
        List<Edge> crossed = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            if (corners[i] > level != corners[(i + 1) % 4] > level) {
                crossed.add(around[i]);
            }
        }
        if (crossed.size() == 2) {
            connect(crossed.get(0), crossed.get(1), neighbours);
        } else if (crossed.size() == 4) {
            // The centre goes with two opposite corners; the lines cut off the other two.
            boolean cutFirst = corners[0] > level != sum / 4 > level;
            connect(around[0], around[cutFirst ? 3 : 1], neighbours);
            connect(around[2], around[cutFirst ? 1 : 3], neighbours);
        }
    }

    private static void connect(Edge one, Edge other, Map<Edge, List<Edge>> neighbours) {
        neighbours.computeIfAbsent(one, edge -> new ArrayList<>()).add(other);
        neighbours.computeIfAbsent(other, edge -> new ArrayList<>()).add(one);
    }

    private static List<Edge> trace(Edge start, Map<Edge, List<Edge>> neighbours, Set<Edge> passed) {
        List<Edge> line = new ArrayList<>();
        Edge at = start;
        while (passed.add(at)) {
            line.add(at);
            for (Edge next : neighbours.getOrDefault(at, List.of())) {
                if (!passed.contains(next)) {
                    at = next;
                    break;
                }
            }
        }
        boolean closed = line.size() > 2
                && neighbours.getOrDefault(line.get(line.size() - 1), List.of()).contains(start);
        if (closed) {
            line.add(start);
        }
        return line;
    }

    private static Point crossing(Edge edge, double[] x, double[] y, double[][] z, double level) {
        int column = edge.toTheRight() ? edge.column() + 1 : edge.column();
        int row = edge.toTheRight() ? edge.row() : edge.row() + 1;
        double from = z[edge.row()][edge.column()];
        double share = (level - from) / (z[row][column] - from);
        return new Point(mean(x[edge.column()], x[column], share), mean(y[edge.row()], y[row], share));
    }
}
