/** Nearest neighbours of features, and what is counted by them. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.neighbours;
