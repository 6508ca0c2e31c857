/** What collapse means: definitions and thresholds, the early warning while a loop runs, and the rule that stops it. */
@org.jspecify.annotations.NullMarked
package org.autophage.collapse;
