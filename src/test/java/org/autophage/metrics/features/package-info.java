/** Tests of feature extractors and files. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.features;
