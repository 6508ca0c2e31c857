/** Distances of two sets of features, and the diversity of one. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.distance;
