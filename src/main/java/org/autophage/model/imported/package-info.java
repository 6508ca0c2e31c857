/** Runs whose models another program trained, of which the samples are there. */
@org.jspecify.annotations.NullMarked
package org.autophage.model.imported;
