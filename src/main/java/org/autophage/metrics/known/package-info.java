/** The metrics that a spec can name and {@code evaluate} reports, one a file, and the list of them. */
@org.jspecify.annotations.NullMarked
package org.autophage.metrics.known;
