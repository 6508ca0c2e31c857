/**
 * Models of points whose density or fit is known exactly, so that loops of them can be checked against closed forms. All
 * replicas of a batch are fitted and sampled at once, in float64.
 */
@org.jspecify.annotations.NullMarked
package org.autophage.model.density;
