package org.autophage.metrics.suite;

import org.autophage.metrics.MetricSuite;

/** Metrics that hold what they need on a device until they are closed. */
public interface OpenMetrics extends MetricSuite, AutoCloseable {
    /** The name of the features, which stands beside every number that depends on them. */
    String features();

    @Override
    void close();
}
