/** The page of one run. */
@org.jspecify.annotations.NullMarked
package org.autophage.report.page;
