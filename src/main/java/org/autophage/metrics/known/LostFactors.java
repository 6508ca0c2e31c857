package org.autophage.metrics.known;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.autophage.data.Dataset;
import org.autophage.data.Images;
import org.autophage.data.KnownFactors;
import org.autophage.data.SampleShape;
import org.autophage.measure.FactorTails;
import org.autophage.measure.Metric;
import org.autophage.metrics.Finding;
import org.autophage.metrics.Findings;
import org.autophage.metrics.MeasuredPair;
import org.autophage.metrics.SampleMetric;
import org.autophage.metrics.classifier.FactorEstimator;

/**
 * Which tails are lost, by name: of every factor that real images are drawn from, the share of samples that are of the lowest and of the
 * highest tenth of the real ones. Of generated images factors are estimated, see {@link FactorEstimator}; their classes are those that
 * the judge gives them.
 */
final class LostFactors implements SampleMetric {
    @Override
    public String name() {
        return "factors";
    }

    /** By the names of the dataset's factors, which are not known here. */
    @Override
    public List<Metric> gives() {
        return List.of();
    }

    @Override
    public boolean looksAtFeatures() {
        return false;
    }

    @Override
    public Optional<String> objection(SampleShape shape, Dataset source) {
        return source.whole().knownFactors().isPresent()
                ? Optional.empty()
                : Optional.of("of the samples of dataset %s nobody knows which factors they were drawn from"
                        .formatted(source.name()));
    }

    @Override
    public Findings of(MeasuredPair pair) {
        Optional<Dataset> source = pair.instruments()
                .source()
                .map(Dataset::whole)
                .filter(dataset -> dataset.knownFactors().isPresent());
        Optional<Images> images = pair.fake().images();
        if (source.isEmpty() || images.isEmpty() || pair.judged().isEmpty()) {
            return Findings.builder()
                    .note("no factors: they are measured in runs of strokes")
                    .build();
        }
        FactorEstimator estimator =
                pair.instruments().of(FactorEstimator.class, device -> new FactorEstimator(source.get()));
        double[][] estimates =
                estimator.estimate(images.get(), pair.judged().get().classes().get());
        List<KnownFactors.Factor> factors =
                source.get().knownFactors().orElseThrow().factors();
        Findings.Builder findings = Findings.builder();
        for (int f = 0; f < factors.size(); f++) {
            int factor = f;
            double[] ofFactor =
                    Arrays.stream(estimates).mapToDouble(each -> each[factor]).toArray();
            String name = factors.get(f).name();
            add(findings, name, factors.get(f).lowest(), estimator.share(f, false, ofFactor));
            add(findings, name, factors.get(f).highest(), estimator.share(f, true, ofFactor));
            findings.add(Finding.of(FactorTails.known(name), estimator.correlation(f), "over real images"));
        }
        return findings.build();
    }

    private static void add(Findings.Builder findings, String factor, String tail, FactorEstimator.Share share) {
        findings.add(Finding.of(FactorTails.share(factor, tail), share.value(), "of a tenth of the real images")
                .withSamplingError(share.error()));
    }
}
