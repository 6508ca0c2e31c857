/** Intervals, tests and change points of a few numbers: nothing here knows what the numbers are of. */
@org.jspecify.annotations.NullMarked
package org.autophage.statistics;
