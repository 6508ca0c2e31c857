/** Sequences of tokens: laws of which everything is known, and text. */
@org.jspecify.annotations.NullMarked
package org.autophage.data.sequence;
