package org.autophage.metrics.known;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import org.autophage.data.Dataset;
import org.autophage.data.SampleShape;
import org.autophage.measure.Metric;
import org.autophage.measure.Metrics;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.Instruments;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.MeasuredSet;
import org.autophage.metrics.PairedClasses;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.features.Features;
import org.autophage.metrics.neighbours.BallMembers;
import org.autophage.metrics.neighbours.PrecisionRecall;

/**
 * Class by class: the share of samples that are of it, and precision and recall among its real and generated samples alone. In a run
 * the judge says of which class a sample is.
 */
final class ClassQuality implements SampleMetric {
    @Override
    public String name() {
        return "classQuality";
    }

    /** Of all but the last also those by class. */
    @Override
    public List<Metric> gives() {
        return List.of(Metrics.PRECISION, Metrics.RECALL, Metrics.CLASS_SHARE, Metrics.SMALLEST_CLASS_RECALL);
    }

    @Override
    public Optional<String> objection(SampleShape shape, Dataset source) {
        return shape.hasClasses() ? Optional.empty() : Optional.of("these samples have no classes");
    }

    @Override
    public Findings of(MeasuredPair pair) {
        if (!pair.haveSamples()) {
            return Findings.NONE;
        }
        if (pair.real().classes().isEmpty() || pair.fake().classes().isEmpty()) {
            MeasuredSet without = pair.real().classes().isEmpty() ? pair.real() : pair.fake();
            return Findings.builder()
                    .note("no quality of classes: those of %s are not known".formatted(without.name()))
                    .build();
        }
        return PairedClasses.of(pair, note -> {}) // which ClassShares tells
                .map(classes -> new ByClass(pair, classes).findings())
                .orElse(Findings.NONE);
    }

    /** One pair on its way. */
    private static final class ByClass {
        private final MeasuredPair pair;
        private final PairedClasses classes;
        private final Instruments instruments;
        private final double[] recalls;
        private final Findings.Builder findings = Findings.builder();

        ByClass(MeasuredPair pair, PairedClasses classes) {
            this.pair = pair;
            this.classes = classes;
            this.instruments = pair.instruments();
            this.recalls = new double[classes.names().size()];
        }

        Findings findings() {
            long[] reals = classes.ofReal().counts();
            long[] fakes = classes.ofFake().counts();
            double[] shares = classes.ofFake().shares();
            int neighbours = instruments.neighbours();
            for (int c = 0; c < shares.length; c++) {
                String name = classes.names().get(c);
                findings.add(Finding.of(
                        Metrics.ofClass(Metrics.CLASS_SHARE, name),
                        shares[c],
                        "%d of %d fake, %d of %d real"
                                .formatted(fakes[c], classes.fake().length, reals[c], classes.real().length)));
                if (reals[c] <= neighbours) {
                    findings.note("no precision and recall of class %s: it has %d real samples, k is %d"
                            .formatted(name, reals[c], neighbours));
                } else if (fakes[c] <= neighbours) {
                    findings.add(Finding.of(
                            Metrics.ofClass(Metrics.RECALL, name),
                            recalls[c],
                            "0 where there are no more fake samples than k = %d".formatted(neighbours)));
                } else {
                    compare(c, name);
                }
            }
            smallest(reals)
                    .ifPresent(c -> findings.add(Finding.of(
                            Metrics.SMALLEST_CLASS_RECALL,
                            recalls[c],
                            "class " + classes.names().get(c))));
            return findings.build();
        }

        private void compare(int c, String name) {
            PrecisionRecall balls = instruments.precisionRecall();
            BallMembers members = balls.members(
                    balls.neighbourhoods(rows(pair.real().features(), classes.real(), c)),
                    balls.neighbourhoods(rows(pair.fake().features(), classes.fake(), c)));
            PrecisionRecall.Result result = members.result();
            recalls[c] = result.recall();
            String alone = "among samples of the class, k = %d".formatted(instruments.neighbours());
            findings.add(Finding.mean(
                            Metrics.ofClass(Metrics.PRECISION, name), result.precision(), members.precise(), alone))
                    .add(Finding.mean(
                            Metrics.ofClass(Metrics.RECALL, name), result.recall(), members.recalled(), alone));
        }

        private static Features rows(Features set, int[] labels, int c) {
            return set.select(IntStream.range(0, labels.length)
                    .filter(row -> labels[row] == c)
                    .toArray());
        }

        /** The class with the fewest real samples of those that have balls; of several the one with the lowest recall. */
        private OptionalInt smallest(long[] reals) {
            return IntStream.range(0, reals.length)
                    .filter(c -> reals[c] > instruments.neighbours())
                    .reduce((one, other) ->
                            reals[other] < reals[one] || reals[other] == reals[one] && recalls[other] < recalls[one]
                                    ? other
                                    : one);
        }
    }
}
