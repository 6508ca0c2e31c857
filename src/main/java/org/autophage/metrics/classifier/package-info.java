/** Small classifiers trained on a dataset's real images: feature extractor and judge of its samples. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.classifier;
