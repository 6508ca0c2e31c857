/** The page of a sweep. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.sweep;
