/** Feature extractors other than Autophage's own classifiers, and files of features and of their statistics. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.features;
