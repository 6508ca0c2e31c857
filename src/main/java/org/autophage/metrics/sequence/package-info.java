/** What is measured of sequences of tokens. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.sequence;
