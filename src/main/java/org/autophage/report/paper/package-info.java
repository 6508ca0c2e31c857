/** What goes from records into a paper: tables, figures, words and references. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.paper;
