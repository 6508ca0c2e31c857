/** The table of exactly known loops, run through the same loop controller that drives image models. */
@org.jspecify.annotations.NullMarked
package org.autophage.verification;
