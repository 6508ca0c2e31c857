/** Models of sequences that are fitted by counting. */
@org.jspecify.annotations.NullMarked
package org.autophage.model.sequence;
