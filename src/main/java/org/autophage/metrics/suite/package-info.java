/** What a run measures of each generation, of images and of points. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.suite;
