/** Compares any two sets of images or features: what {@code ./autophage evaluate} does. */
@org.jspecify.annotations.NullMarked
package org.autophage.evaluation;
