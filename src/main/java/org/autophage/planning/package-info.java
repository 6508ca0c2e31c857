/** What an experiment will cost, timed on a few steps beforehand. */
@org.jspecify.annotations.NullMarked
package org.autophage.planning;
