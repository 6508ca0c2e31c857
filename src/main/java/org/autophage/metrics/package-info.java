/** Feature extractors, distances, neighbours: what is measured of samples. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics;
