/** Small networks trained for measuring: a feature extractor and a judge of samples on real images, learners on the samples themselves. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.classifier;
