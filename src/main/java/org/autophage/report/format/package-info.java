/** Numbers, sentences and tables as text. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.format;
